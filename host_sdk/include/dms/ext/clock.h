/* clock.h - host service: the time that the host lives in (tests move it). */
#ifndef DMS_EXT_CLOCK_H
#define DMS_EXT_CLOCK_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_CLOCK_ID "dms.clock/1"

typedef struct dms_clock {
  void *context;
  /** [any] Microseconds since 1970-01-01T00:00Z. */
  int64_t(DMS_CALL *now_us)(void *context);
} dms_clock;

DMS_ASSERT(sizeof(dms_clock) == 16, "dms_clock never changes");

#ifdef __cplusplus
}
#endif
#endif
