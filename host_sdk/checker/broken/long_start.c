/* long_start.c - breaks nothing: its start takes as many steps as BROKEN_STEPS says, and stops between two of them. */
#define BROKEN_ACTIVATE
#include <stdlib.h>

#include "broken.h"

static dms_status plugin_activate(dms_plugin *self, const dms_call *call, const dms_progress *progress,
                                  dms_error *error) {
  const char *steps = getenv("BROKEN_STEPS");
  const int most = steps != NULL ? atoi(steps) : 0;
  (void)self;
  for (int made = 1; made <= most; ++made) {
    if (progress != NULL) progress->report(progress->context, 0, (uint64_t)made);
    if (call->cancelled(call->context) != 0) {
      broken_fail(error, "The start was stopped.");
      if (error != NULL) error->code = dms_cancelled;
      return dms_cancelled;
    }
  }
  return dms_ok;
}
