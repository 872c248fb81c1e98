/* erasure.h - host service: forgets what a plugin has put into the host about a person. */
#ifndef DMS_EXT_ERASURE_H
#define DMS_EXT_ERASURE_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_ERASURE_ID "dms.erasure/1"

typedef struct dms_erasure {
  void *context;
  /** [worker] The person behind `reference` ("lead:4711") was anonymised. Takes names and notes out of the
   *  contacts with that reference and removes the notifications of this plugin whose key is the reference or
   *  begins with it and a colon. Customers are the host's own and stay. Repeating it changes nothing. */
  dms_status(DMS_CALL *forget)(void *context, const dms_call *call, dms_str reference, dms_error *error);
} dms_erasure;

DMS_ASSERT(sizeof(dms_erasure) == 16, "dms_erasure never changes");

#ifdef __cplusplus
}
#endif
#endif
