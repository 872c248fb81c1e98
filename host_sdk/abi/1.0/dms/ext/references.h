/* references.h - contribution: who may know of what a plugin's references stand for. */
#ifndef DMS_EXT_REFERENCES_H
#define DMS_EXT_REFERENCES_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_REFERENCES_ID "dms.references/1"

/** Contacts carry references of a plugin ("lead:4711"). Before a host shows such an entry to anybody but the person
 *  whose entry it is, and before somebody gets it done, the host asks the guard of the reference's prefix. Where no
 * guard answers (the plugin is disabled), an entry is its owner's alone. Struct and prefix are owned by the plugin and
 * outlive the registration. */
typedef struct dms_reference_guard {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  dms_str prefix; /**< "lead:" */
  /** [worker] `references` is a JSON array of references with that prefix. Writes a JSON object of those that the
   * call's user may know of: {"lead:4711":"work","lead:4712":"read"}; "work": he may also get their contacts done. What
   * he may not know of is missing, like what does not exist. */
  dms_status(DMS_CALL *judge)(void *context, const dms_call *call, dms_str references, const dms_sink *json,
                              dms_error *error);
} dms_reference_guard;
#define DMS_REFERENCE_GUARD_SIZE_1_0 40u

typedef struct dms_references {
  void *context;
  /** [main] Keeps a pointer to the guard; 0 when the prefix is taken. */
  dms_handle(DMS_CALL *add)(void *context, const dms_reference_guard *guard, dms_error *error);
  /** [main] */
  void(DMS_CALL *remove)(void *context, dms_handle handle);
} dms_references;

DMS_ASSERT(offsetof(dms_reference_guard, judge) == 32 && sizeof(dms_reference_guard) >= DMS_REFERENCE_GUARD_SIZE_1_0,
           "dms_reference_guard only grows at its end");
DMS_ASSERT(sizeof(dms_references) == 24, "dms_references never changes");

#ifdef __cplusplus
}
#endif
#endif
