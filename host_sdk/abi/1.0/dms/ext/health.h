/* health.h - plugin extension: how the plugin is. */
#ifndef DMS_EXT_HEALTH_H
#define DMS_EXT_HEALTH_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_HEALTH_ID "dms.health/1"

typedef struct dms_health {
  void *context;
  /** [worker] A JSON array [{"id":"store","label":"...","tone":"good"|"warn"|"bad","text":"..."}], in the
   *  locale of the call. dms_unavailable when the plugin cannot work at all now. */
  dms_status(DMS_CALL *check)(void *context, const dms_call *call, const dms_sink *json, dms_error *error);
} dms_health;

DMS_ASSERT(sizeof(dms_health) == 16, "dms_health never changes");

#ifdef __cplusplus
}
#endif
#endif
