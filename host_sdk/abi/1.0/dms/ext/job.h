/* job.h - contribution: work that the host starts at intervals. */
#ifndef DMS_EXT_JOB_H
#define DMS_EXT_JOB_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_JOBS_ID "dms.jobs/1"

typedef struct dms_job {
  uint32_t struct_size;
  uint32_t interval_s; /**< pause between the end of a run and the next start, in seconds; a host may make it longer,
                          up to a minute, and starts the first run within that time after activate */
  void *context;
  dms_str id;    /**< "leads.feedback"; 0 from `add` when it is taken */
  dms_str label; /**< label key */
  /** [worker] One run; never two of the same job at once in one process. Writes one line on what it did, or
   *  nothing. */
  dms_status(DMS_CALL *run)(void *context, const dms_call *call, const dms_sink *line, dms_error *error);
} dms_job;
#define DMS_JOB_SIZE_1_0 56u

typedef struct dms_jobs {
  void *context;
  /** [main] Keeps a pointer to the job. */
  dms_handle(DMS_CALL *add)(void *context, const dms_job *job, dms_error *error);
  /** [main] */
  void(DMS_CALL *remove)(void *context, dms_handle handle);
  /** [any] Asks for a run as soon as possible and returns at once, without running it; nothing happens for an unknown
   *  id. */
  void(DMS_CALL *wake)(void *context, dms_str id);
} dms_jobs;

DMS_ASSERT(offsetof(dms_job, run) == 48 && sizeof(dms_job) >= DMS_JOB_SIZE_1_0, "dms_job only grows at its end");
DMS_ASSERT(sizeof(dms_jobs) == 32, "dms_jobs never changes");

#ifdef __cplusplus
}
#endif
#endif
