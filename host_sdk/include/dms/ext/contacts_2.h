/* contacts_2.h - host service beside dms.contacts/1: a single contact is completed, as its user would do it.
 *
 * A host may offer it or not; a plugin that does not find it can only end all contacts of a reference. */
#ifndef DMS_EXT_CONTACTS_2_H
#define DMS_EXT_CONTACTS_2_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_CONTACTS_2_ID "dms.contacts/2"

typedef struct dms_contacts_2 {
  void *context;
  /** [worker] Completes the contact with that id: `result` is "reached", "tried", or empty where it needs not be made
   *  any more; `note` (may be empty) is added to its own. The plugin that calls is not told of it by
   *  "contact.completed", others are. A contact that is completed already stays as it is, and the answer is dms_ok;
   *  dms_not_found where there is none; dms_invalid for another result. */
  dms_status(DMS_CALL *complete)(void *context, const dms_call *call, dms_str id, dms_str result, dms_str note,
                                 dms_error *error);
} dms_contacts_2;

DMS_ASSERT(sizeof(dms_contacts_2) == 16, "dms_contacts_2 never changes");

#ifdef __cplusplus
}
#endif
#endif
