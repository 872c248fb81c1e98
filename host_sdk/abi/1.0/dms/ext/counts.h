/* counts.h - plugin extension: what waits for somebody, for the host's menu. */
#ifndef DMS_EXT_COUNTS_H
#define DMS_EXT_COUNTS_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_COUNTS_ID "dms.counts/1"

typedef struct dms_counts {
  void *context;
  /** [worker] How much waits on which of the plugin's screens for the user of the call, as a JSON object:
   *  {"leads.intake_log":3}. What is absent or 0 needs no number in the menu. Asked for with every page: the answer is
   *  at hand, and may be some seconds old. */
  dms_status(DMS_CALL *count)(void *context, const dms_call *call, const dms_sink *json, dms_error *error);
} dms_counts;

DMS_ASSERT(sizeof(dms_counts) == 16, "dms_counts never changes");

#ifdef __cplusplus
}
#endif
#endif
