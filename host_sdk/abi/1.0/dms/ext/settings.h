/* settings.h - host service: values that the host's admin sets for this plugin. */
#ifndef DMS_EXT_SETTINGS_H
#define DMS_EXT_SETTINGS_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_SETTINGS_ID "dms.settings/1"

typedef struct dms_settings {
  void *context;
  /** [any] The value of `key`; dms_not_found where none is set. Secrets (tokens, passwords) come this way
   *  and are never written to a log. */
  dms_status(DMS_CALL *get)(void *context, dms_str key, const dms_sink *value, dms_error *error);
} dms_settings;

DMS_ASSERT(sizeof(dms_settings) == 16, "dms_settings never changes");

#ifdef __cplusplus
}
#endif
#endif
