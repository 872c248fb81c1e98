/* plugin.h - one instance of a plugin and its life.
 *
 * load -> entry.init -> entry.describe -> entry.create (no host calls yet) -> init(host) -> activate
 *      -> deactivate -> destroy -> entry.deinit -> the library stays mapped until the process ends
 *
 * What comes in another order is answered with dms_invalid and does nothing. After init failed comes
 * destroy. After activate failed it may be tried again, or destroy comes. activate and deactivate may follow
 * each other any number of times.
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
  /** [main, made] Once, before anything else. The plugin may look at services, but opens nothing. */
  dms_status(DMS_CALL *init)(struct dms_plugin *plugin, const dms_host *host, dms_error *error);
  /** [main, after init] Opens storage, migrates, registers contributions. `call` is who enables it: a user, or the
   *  host itself; its locale is that of the sentence in `error`. `progress` (may be null) hears of steps: a large
   *  upgrade may take minutes, and stops between two of them when the call is cancelled. On failure, and on
   *  dms_cancelled, the plugin has undone what it began: the host goes on, the database is as it was, or further on by
   *  whole steps that the version before works with. */
  dms_status(DMS_CALL *activate)(struct dms_plugin *plugin, const dms_call *call, const dms_progress *progress,
                                 dms_error *error);
  /** [main, after activate] After it returns there are no plugin threads, no open sessions and no callbacks.
   *  The host has ended its own [worker] calls before. All data stays. Never fails; does nothing where
   *  activate did not succeed. */
  void(DMS_CALL *deactivate)(struct dms_plugin *plugin);
  /** [main, not active] Ends the instance. */
  void(DMS_CALL *destroy)(struct dms_plugin *plugin);
  /** [any, after create] An extension of that id ("dms.texts/1"), valid until destroy, or null where there is
   *  none. Its functions may be called after init. */
  const void *(DMS_CALL *get_extension)(struct dms_plugin *plugin, dms_str id);
} dms_plugin;
#define DMS_PLUGIN_SIZE_1_0 56u

DMS_ASSERT(offsetof(dms_plugin, get_extension) == 48 && sizeof(dms_plugin) >= DMS_PLUGIN_SIZE_1_0,
           "dms_plugin only grows at its end");

#ifdef __cplusplus
}
#endif
#endif
