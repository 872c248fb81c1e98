/* entry.h - the one function that a plugin library exports, and what it returns. */
#ifndef DMS_ENTRY_H
#define DMS_ENTRY_H

#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Constant for the life of the library. Grows only at its end. */
typedef struct dms_plugin_entry {
  uint32_t struct_size;
  uint32_t abi_major;      /**< must equal the host's */
  uint32_t abi_minor;      /**< what the plugin was built with */
  uint32_t min_host_minor; /**< the oldest host minor that it works with */
  /** [main] Counted: each successful init is answered by one deinit. No threads, no I/O. */
  dms_status(DMS_CALL *init)(dms_error *error);
  /** [main] */
  void(DMS_CALL *deinit)(void);
  /** [main] Writes {"id","version","name"}; needs neither a host nor an instance. */
  dms_status(DMS_CALL *describe)(const dms_sink *sink, dms_error *error);
  /** [main] A new instance, or null with the reason in `error`. Makes no host calls. */
  dms_plugin *(DMS_CALL *create)(dms_error *error);
} dms_plugin_entry;
#define DMS_PLUGIN_ENTRY_SIZE_1_0 48u

/** [any] The only exported symbol of a plugin library. */
DMS_EXPORT const dms_plugin_entry *DMS_CALL dms_plugin_get_entry(void);

/** Its name and type, for a host that looks it up. */
#define DMS_PLUGIN_ENTRY_SYMBOL "dms_plugin_get_entry"
typedef const dms_plugin_entry *(DMS_CALL *dms_plugin_get_entry_function)(void);

DMS_ASSERT(offsetof(dms_plugin_entry, create) == 40 && sizeof(dms_plugin_entry) >= DMS_PLUGIN_ENTRY_SIZE_1_0,
           "dms_plugin_entry only grows at its end");

#ifdef __cplusplus
}
#endif
#endif
