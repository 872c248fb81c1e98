/* hanging.c - its job does not end when it is asked to, as long as the file is there that BROKEN_HANGS names. */
#define BROKEN_ACTIVATE
#include <stdlib.h>
#include <unistd.h>

#include "broken.h"

static dms_status run(void *context, const dms_call *call, const dms_sink *line, dms_error *error) {
  const char *file = getenv("BROKEN_HANGS");
  (void)context, (void)call, (void)line, (void)error;
  while (file != NULL && access(file, F_OK) == 0) usleep(10000);
  return dms_ok;
}

static dms_status plugin_activate(dms_plugin *self, const dms_call *call, const dms_progress *progress,
                                  dms_error *error) {
  static dms_job job = {sizeof job, 3600, NULL, {"broken.hanging", 14}, {"Hanging", 7}, run};
  const dms_jobs *jobs = BROKEN_SERVICE(dms_jobs, DMS_JOBS_ID);
  (void)self, (void)call, (void)progress;
  if (jobs != NULL && jobs->add(jobs->context, &job, error) != 0) return dms_ok;
  return broken_fail(error, "The host refused the job.");
}
