/* directory.h - host service: users, roles and locations. */
#ifndef DMS_EXT_DIRECTORY_H
#define DMS_EXT_DIRECTORY_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_DIRECTORY_ID "dms.directory/1"

typedef struct dms_directory {
  void *context;
  /** [any] Another number whenever a user or a location changed, so that a plugin may keep a copy. Asked for several
   *  times a screen: cheap. */
  int64_t(DMS_CALL *generation)(void *context);
  /** [any] [{"id":"verkauf1","name":"Lukas Steiner","email":"...","phone":"+43 1 555 01 23","active":true,
   *  "roles":["sales"],"locations":["wien"]}], all users, also those no longer active, sorted by name.
   *  Roles: "admin", "manager", "sales", "office". */
  dms_status(DMS_CALL *users)(void *context, const dms_sink *json, dms_error *error);
  /** [any] [{"id":"wien","name":"Wien","city":"Wien","open":true,"time_zone":"Europe/Vienna",
   *  "region":"AT-9","opening_hours":[{"days":"1-5","from":"08:00","to":"18:00"}]}], "days" are digits from 1 (Monday)
   * to 7 (Sunday), single or as ranges, with commas between ("1-5", "1,3,6-7"); nothing goes over midnight; local time;
   * sorted as the host shows them. "open" is false for a location that was closed down. */
  dms_status(DMS_CALL *locations)(void *context, const dms_sink *json, dms_error *error);
} dms_directory;

DMS_ASSERT(sizeof(dms_directory) == 32, "dms_directory never changes");

#ifdef __cplusplus
}
#endif
#endif
