/* notifications.h - host service: the bell in the host's frame. */
#ifndef DMS_EXT_NOTIFICATIONS_H
#define DMS_EXT_NOTIFICATIONS_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_NOTIFICATIONS_ID "dms.notifications/1"

typedef struct dms_notifications {
  void *context;
  /** [worker] {"users":["leitung"],"roles":["admin"],"tone":"info"|"warn"|"bad","text":"...",
   *  "texts":{"en":"..."},"link":{"screen","params"},"standing":true}. A key that a user already has changes nothing
   * for him. "standing": stands on every page of those users until it is withdrawn; reading it does not end it. The
   * text is written in the language of the dealership; "texts" may hold it in others, by language (BCP 47 without
   * region), for hosts that keep one with each user. */
  dms_status(DMS_CALL *notify)(void *context, dms_str key, dms_str notification, dms_error *error);
  /** [worker] Takes a notification back from everybody: the reason for it is gone. */
  dms_status(DMS_CALL *withdraw)(void *context, dms_str key, dms_error *error);
} dms_notifications;

DMS_ASSERT(sizeof(dms_notifications) == 24, "dms_notifications never changes");

#ifdef __cplusplus
}
#endif
#endif
