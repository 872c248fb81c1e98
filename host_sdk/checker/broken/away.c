/* away.c - what it needs is away as long as the file is there that BROKEN_AWAY names. */
#define BROKEN_ACTIVATE
#include <stdlib.h>
#include <unistd.h>

#include "broken.h"
static dms_status plugin_activate(dms_plugin *self, const dms_call *call, const dms_progress *progress,
                                  dms_error *error) {
  const char *file = getenv("BROKEN_AWAY");
  (void)self, (void)call, (void)progress;
  if (file == NULL || access(file, F_OK) != 0) return dms_ok;
  broken_fail(error, "Its database cannot be reached.");
  if (error != NULL) error->code = dms_unavailable;
  return dms_unavailable;
}
