/* audit.h - host service: the host's audit log, for what only the plugin knows of. */
#ifndef DMS_EXT_AUDIT_H
#define DMS_EXT_AUDIT_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_AUDIT_ID "dms.audit/1"

typedef struct dms_audit {
  void *context;
  /** [worker] Writes one line for the user of the call. `action` is a word of the plugin ("leads.read"),
   *  `subject` what it was done to ("lead 4711"), `detail` what else matters: ids and counts, never names or
   *  other personal data. The host writes down by itself what is done on screens, and which single records
   *  are opened. */
  dms_status(DMS_CALL *write)(void *context, const dms_call *call, dms_str action, dms_str subject, dms_str detail,
                              dms_error *error);
} dms_audit;

DMS_ASSERT(sizeof(dms_audit) == 16, "dms_audit never changes");

#ifdef __cplusplus
}
#endif
#endif
