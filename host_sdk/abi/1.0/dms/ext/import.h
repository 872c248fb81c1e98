/* import.h - contribution: an import hook, a way in for payloads of one source. */
#ifndef DMS_EXT_IMPORT_H
#define DMS_EXT_IMPORT_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_IMPORTS_ID "dms.imports/1"

typedef struct dms_import_hook {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  dms_str source; /**< "siebel_nissan"; also the name of the watched folder and of the HTTP path: a-z, 0-9 and _,
                     up to 64 bytes; a host refuses others */
  dms_str label;  /**< label key */
  /** [worker] "Is this mine?": 0 (no) to 100 (certainly), from the first bytes of a payload. */
  int32_t(DMS_CALL *probe)(void *context, dms_str first_bytes);
  /** [worker] Reads one payload to its end, stores everything in it, and writes a dms.import_report/1
   *  document (schema/import_report.schema.json). Returns dms_ok only after the commit: what the report
   *  says is durable then. Whatever the payload holds, the status is dms_ok and the report says what became
   *  of each lead; dms_too_large when it is over a limit (refused whole), dms_unavailable when the store
   *  cannot be reached (nothing was stored, try again), dms_cancelled likewise. Repeating a payload changes
   *  nothing. `name` is the file name or empty. */
  dms_status(DMS_CALL *run)(void *context, const dms_call *call, const dms_stream *payload, dms_str name,
                            const dms_progress *progress, const dms_sink *report, dms_error *error);
} dms_import_hook;
#define DMS_IMPORT_HOOK_SIZE_1_0 64u

typedef struct dms_imports {
  void *context;
  /** [main] Keeps a pointer to the hook; 0 when the source is taken. */
  dms_handle(DMS_CALL *add)(void *context, const dms_import_hook *hook, dms_error *error);
  /** [main] */
  void(DMS_CALL *remove)(void *context, dms_handle handle);
} dms_imports;

DMS_ASSERT(offsetof(dms_import_hook, run) == 56 && sizeof(dms_import_hook) >= DMS_IMPORT_HOOK_SIZE_1_0,
           "dms_import_hook only grows at its end");
DMS_ASSERT(sizeof(dms_imports) == 24, "dms_imports never changes");

#ifdef __cplusplus
}
#endif
#endif
