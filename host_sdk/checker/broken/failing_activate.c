/* failing_activate.c - cannot be enabled, and says why. */
#define BROKEN_ACTIVATE
#include "broken.h"
static dms_status plugin_activate(dms_plugin *self, const dms_call *call, const dms_progress *progress,
                                  dms_error *error) {
  (void)self, (void)call, (void)progress;
  return broken_fail(error, "The database of this plugin is on a disk that is not there.");
}
