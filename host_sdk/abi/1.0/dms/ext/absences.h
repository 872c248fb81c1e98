/* absences.h - host service, optional: who is away, as the host's calendar or its staff records know it. */
#ifndef DMS_EXT_ABSENCES_H
#define DMS_EXT_ABSENCES_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_ABSENCES_ID "dms.absences/1"

typedef struct dms_absences {
  void *context;
  /** [any] Another number whenever an absence was entered, changed or taken back. Asked for every minute: cheap. */
  int64_t(DMS_CALL *generation)(void *context);
  /** [any] [{"user":"verkauf1","from":"2026-12-01","to":"2026-12-05","deputy":"verkauf2"}]: absences that end on the
   * day `since` ("2026-12-01") or later, sorted by their beginning; schema dms.absences/1. Days are the dealership's,
   * both are included. "deputy" is absent where nobody is named. dms_invalid where `since` is no day. */
  dms_status(DMS_CALL *list)(void *context, dms_str since, const dms_sink *json, dms_error *error);
} dms_absences;

DMS_ASSERT(sizeof(dms_absences) == 24, "dms_absences never changes");

#ifdef __cplusplus
}
#endif
#endif
