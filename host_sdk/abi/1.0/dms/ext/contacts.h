/* contacts.h - host service: myKontakte, the contacts that a user has to make. */
#ifndef DMS_EXT_CONTACTS_H
#define DMS_EXT_CONTACTS_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_CONTACTS_ID "dms.contacts/1"

/** A contact document: {"id":"77","user":"verkauf1","customer":"10482","name":"Anna Huber","due_us":0,
 *  "kind":"phone"|"email"|"visit"|"test_drive","note":"...","reference":"lead:4711",
 *  "link":{"screen":"leads.lead","params":{"id":"4711"}},"done_us":0,"result":"reached"|"tried"|"","done_by":"wien1",
 *  "refused":["phone"|"email"|"sms"|"post"],"calendar":{"screen","params","export":"ics"}}.
 *  "done_by" is who got it done where that was not the user himself, else empty or absent.
 *  "refused": channels by which the person does not want to be reached; the host offers none of them with this contact.
 *  It may be absent; a host that does not keep it leaves it out. "calendar", which only the host writes, leads to the
 *  contact as a file for other calendars, and is absent where the host has none. */
typedef struct dms_contacts {
  void *context;
  /** [worker] Puts a contact on a user's list. Idempotent under `key`. */
  dms_status(DMS_CALL *create)(void *context, const dms_call *call, dms_str key, dms_str contact, const dms_sink *json,
                               dms_error *error);
  /** [any] All contacts with that reference, oldest first. */
  dms_status(DMS_CALL *list)(void *context, dms_str reference, const dms_sink *json, dms_error *error);
  /** [worker] Gives every open contact with that reference to another user. Repeating it changes nothing. */
  dms_status(DMS_CALL *reassign)(void *context, const dms_call *call, dms_str reference, dms_str user,
                                 dms_error *error);
  /** [worker] Ends every open contact with that reference: there is nothing to be done any more. Repeating it changes
   *  nothing. */
  dms_status(DMS_CALL *end)(void *context, const dms_call *call, dms_str reference, dms_error *error);
} dms_contacts;

DMS_ASSERT(sizeof(dms_contacts) == 40, "dms_contacts never changes");

#ifdef __cplusplus
}
#endif
#endif
