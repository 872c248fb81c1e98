/* event.h - contribution: being told of, or asked before, a change in the host's data. */
#ifndef DMS_EXT_EVENT_H
#define DMS_EXT_EVENT_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_EVENTS_ID "dms.events/1"

/** Events that a host asks about before they happen (a handler may answer dms_refused):
 *    "user.deactivating" {"user"}, "location.closing" {"location"}
 *  and tells about after they happened (the answer is ignored):
 *    "user.deactivated" {"user"}, "user.activated" {"user"}, "location.closed" {"location"},
 *    "location.opened" {"location"}, "contact.completed" {"contact","reference","result","note"},
 *    "customer.merged" {"customer","into"} (dms/ext/customers.h: "customer" answers as "into" from then on),
 *    "deal.changed" {"deal"} (dms/ext/sales.h), "mail.changed" {"mail","reference"},
 *    "mail.received" {"mail","reference"} (dms/ext/mail.h)
 *  Asked before, dms_ok lets it happen and dms_refused does not, with the reason in `error`. After any other status
 *  nobody knows whether it may happen: the host does not do it and says so. Data may have more members. */
typedef struct dms_event_handler {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  dms_str event;
  /** [worker] */
  dms_status(DMS_CALL *handle)(void *context, const dms_call *call, dms_str data, dms_error *error);
} dms_event_handler;
#define DMS_EVENT_HANDLER_SIZE_1_0 40u

typedef struct dms_events {
  void *context;
  /** [main] Keeps a pointer to the handler. 0 with dms_unsupported in `error` for an event that this host neither
   *  asks nor tells about: a plugin says on its screen what is not watched over then. */
  dms_handle(DMS_CALL *add)(void *context, const dms_event_handler *handler, dms_error *error);
  /** [main] */
  void(DMS_CALL *remove)(void *context, dms_handle handle);
} dms_events;

DMS_ASSERT(offsetof(dms_event_handler, handle) == 32 && sizeof(dms_event_handler) >= DMS_EVENT_HANDLER_SIZE_1_0,
           "dms_event_handler only grows at its end");
DMS_ASSERT(sizeof(dms_events) == 24, "dms_events never changes");

#ifdef __cplusplus
}
#endif
#endif
