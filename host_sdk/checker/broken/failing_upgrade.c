/* failing_upgrade.c - a newer version of the intact plugin that cannot be enabled. */
#define BROKEN_ID "broken_intact"
#define BROKEN_ACTIVATE
#include "broken.h"
static dms_status plugin_activate(dms_plugin *self, const dms_call *call, const dms_progress *progress,
                                  dms_error *error) {
  (void)self, (void)call, (void)progress;
  return broken_fail(error, "The new version does not find its way.");
}
