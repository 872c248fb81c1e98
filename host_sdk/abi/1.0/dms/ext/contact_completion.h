/* contact_completion.h - host service beside dms.contacts/1: a single contact is completed, as its user would do it.
 *
 * A host may offer it or not; a plugin that does not find it can only end all contacts of a reference. */
#ifndef DMS_EXT_CONTACT_COMPLETION_H
#define DMS_EXT_CONTACT_COMPLETION_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_CONTACT_COMPLETION_ID "dms.contact_completion/1"

typedef struct dms_contact_completion {
  void *context;
  /** [worker] Completes the contact with that id: `result` is "reached", "tried", or empty where it needs not be made
   *  any more; `note` (may be empty) is added to its own. The plugin that calls is not told of it by
   *  "contact.completed", others are. A contact that is completed already stays as it is, and the answer is dms_ok;
   *  dms_not_found where there is none; dms_invalid for another result. */
  dms_status(DMS_CALL *complete)(void *context, const dms_call *call, dms_str id, dms_str result, dms_str note,
                                 dms_error *error);
} dms_contact_completion;

DMS_ASSERT(sizeof(dms_contact_completion) == 16, "dms_contact_completion never changes");

#ifdef __cplusplus
}
#endif
#endif
