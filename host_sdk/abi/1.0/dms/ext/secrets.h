/* secrets.h - host service: secrets that an admin types into one of the plugin's own screens. They are read back with
 * dms.settings/1 under the same key; a host without this service sets them in its own way. */
#ifndef DMS_EXT_SECRETS_H
#define DMS_EXT_SECRETS_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_SECRETS_ID "dms.secrets/1"

typedef struct dms_secrets {
  void *context;
  /** [worker] Keeps `value` under `key` ("feedback.siebel_nissan.password") for this plugin; an empty value removes
   *  it. The host notes in its audit log that the call's user set it, and never the value. */
  dms_status(DMS_CALL *set)(void *context, const dms_call *call, dms_str key, dms_str value, dms_error *error);
} dms_secrets;

DMS_ASSERT(sizeof(dms_secrets) == 16, "dms_secrets never changes");

#ifdef __cplusplus
}
#endif
#endif
