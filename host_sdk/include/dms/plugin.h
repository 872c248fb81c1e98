/* plugin.h - one instance of a plugin and its life.
 *
 * load -> entry.init -> entry.describe -> entry.create (no host calls yet) -> init(host) -> activate
 *      -> deactivate -> destroy -> entry.deinit -> the library stays mapped until the process ends
 */
#ifndef DMS_PLUGIN_H
#define DMS_PLUGIN_H

#include "host.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Owned by the plugin; valid from create until destroy returns. Grows only at its end. */
typedef struct dms_plugin {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  /** [main] Once, before anything else. The plugin may look at services, but opens nothing. */
  dms_status (*init)(struct dms_plugin *plugin, const dms_host *host, dms_error *error);
  /** [main] Opens storage, migrates, registers contributions. On failure the plugin has undone what it
   *  began: the host goes on, the database is as it was. May be called again after deactivate. */
  dms_status (*activate)(struct dms_plugin *plugin, dms_error *error);
  /** [main] After it returns there are no plugin threads, no open sessions and no callbacks. The host has
   *  ended its own [worker] calls before. All data stays. Never fails. */
  void (*deactivate)(struct dms_plugin *plugin);
  /** [main] Ends the instance; only after deactivate. */
  void (*destroy)(struct dms_plugin *plugin);
  /** [any] An extension of that id ("dms.texts/1"), valid until destroy, or null where there is none. */
  const void *(*get_extension)(struct dms_plugin *plugin, dms_str id);
} dms_plugin;

#ifdef __cplusplus
}
static_assert(offsetof(dms_plugin, get_extension) == 48, "dms_plugin only grows at its end");
#else
_Static_assert(offsetof(dms_plugin, get_extension) == 48, "dms_plugin only grows at its end");
#endif
#endif
