/* log.h - host service: the host's log. */
#ifndef DMS_EXT_LOG_H
#define DMS_EXT_LOG_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_LOG_ID "dms.log/1"

enum { dms_log_debug = 0, dms_log_info = 1, dms_log_warning = 2, dms_log_error = 3 };

typedef struct dms_log {
  void *context;
  /** [any] One line, no personal data. */
  void(DMS_CALL *write)(void *context, int32_t level, dms_str message);
} dms_log;

DMS_ASSERT(sizeof(dms_log) == 16, "dms_log never changes");

#ifdef __cplusplus
}
#endif
#endif
