/* customer_changes.h - host service beside dms.customers/1: changes of a customer that can be taken back.
 *
 * A host may offer it or not; a plugin that does not find it leaves customers as they are when it links them. */
#ifndef DMS_EXT_CUSTOMER_CHANGES_H
#define DMS_EXT_CUSTOMER_CHANGES_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_CUSTOMER_CHANGES_ID "dms.customer_changes/1"

/** Customer documents are those of customers.h with one member more: "revision", a number that another change of the
 *  customer, by whomever, makes another one. */
typedef struct dms_customer_changes {
  void *context;
  /** [any] One customer document; dms_not_found. A merged customer answers with the id that it became. */
  dms_status(DMS_CALL *get)(void *context, dms_str id, const dms_sink *json, dms_error *error);
  /** [worker] Overwrites the members that `changes` names (an empty text or list empties them) while the customer
   *  still has `revision`; else dms_conflict, and nothing is changed. Writes {"customer": the document afterwards,
   *  "was": the named members as they were before, empty where they were unknown}. Changes that change
   *  nothing leave the revision as it is. Idempotent under `key`: when a change was made under it before, nothing is
   *  changed and the answer is the earlier one. */
  dms_status(DMS_CALL *change)(void *context, const dms_call *call, dms_str key, dms_str id, int64_t revision,
                               dms_str changes, const dms_sink *json, dms_error *error);
  /** [worker] Takes back the creation of a customer who still has `revision` (else dms_conflict): he does not exist
   *  any more, the idempotency key that made him is free again, his number is never given to another. Contacts with
   *  `reference` stay, without a customer. dms_refused, with who or what stands in the way, where anything else refers
   *  to him; dms_not_found where he does not exist (any more). */
  dms_status(DMS_CALL *take_back)(void *context, const dms_call *call, dms_str id, int64_t revision, dms_str reference,
                                  dms_error *error);
} dms_customer_changes;

DMS_ASSERT(sizeof(dms_customer_changes) == 32, "dms_customer_changes never changes");

#ifdef __cplusplus
}
#endif
#endif
