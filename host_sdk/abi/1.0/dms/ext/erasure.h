/* erasure.h - host service: forgets what a plugin has put into the host about persons, and the files that messages
 * about them came as. */
#ifndef DMS_EXT_ERASURE_H
#define DMS_EXT_ERASURE_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_ERASURE_ID "dms.erasure/1"

typedef struct dms_erasure {
  void *context;
  /** [worker] `what` is a JSON object, each member may be absent:
   *  {"references":["lead:4711"],
   *   "payloads":[{"source":"siebel_nissan","sha256":"<64 hexadecimal digits>","bytes":1234}]}
   *  Of each reference, names and notes are taken out of the contacts with it, and the notifications of this plugin go
   *  whose key is the reference or begins with it and a colon; with it goes what the host kept of former customer data
   *  for changes under its idempotency keys ("lead:4711:..."). Customers are the host's own and stay. Of each payload,
   *  every file that the host has kept of it goes, and what was written beside it. Then what was erased is taken out of
   *  the host's own journals as well. dms_ok: all of it is gone. dms_unavailable: something could not be removed yet,
   *  the sentence says what; ask again.
   *  Repeating it changes nothing. */
  dms_status(DMS_CALL *forget)(void *context, const dms_call *call, dms_str what, dms_error *error);
} dms_erasure;

DMS_ASSERT(sizeof(dms_erasure) == 16, "dms_erasure never changes");

#ifdef __cplusplus
}
#endif
#endif
