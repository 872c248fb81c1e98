// plugin_manager.hpp - the admin's switch: which plugins there are, which are wanted, and how they are.
//
// What is wanted is kept with the data of the system, so that a command in another process reaches the serving one:
// that looks every quarter of a second, does it, and writes back how it went.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host_core/plugin_wishes.hpp"
#include "host_core/registry.hpp"
#include "loader/loader.hpp"

namespace dms::host_core {

class core;

/// waiting: wanted, but what it needs cannot be reached just now, as its database; it is tried again by itself.
/// stuck: to be disabled, but a call into it does not end; it stays in memory, and nobody calls it any more.
enum class plugin_state { disabled, enabled, failed, waiting, stuck };
std::string_view to_string(plugin_state state);
/// disabled for what is no state.
plugin_state plugin_state_of(std::string_view text);

struct plugin_status {
  std::string id, name, version;
  plugin_state state = plugin_state::disabled;
  bool wanted = false;
  std::string reason;                ///< one sentence, with failed and mostly with waiting
  std::vector<std::string> missing;  ///< optional services that this host lacks
  std::int64_t changed_us = 0;
};

class plugin_manager {
 public:
  plugin_manager(core &of, std::vector<std::filesystem::path> folders, std::unique_ptr<plugin_wishes> wishes);
  plugin_manager(const plugin_manager &) = delete;
  plugin_manager &operator=(const plugin_manager &) = delete;
  ~plugin_manager();

  /// Every plugin that has a manifest in the plugin folders, as this process knows it.
  std::vector<plugin_status> list() const;
  std::optional<plugin_status> status(std::string_view id) const;

  /// Enables or disables in this process and remembers it as wanted. Returns the state after it: failed has its
  /// reason, and the host goes on. Throws failure(dms_not_found) for an unknown id.
  plugin_status enable(std::string_view id, std::string_view actor);
  plugin_status disable(std::string_view id, std::string_view actor);
  /// The version that lies in the plugin folder where it is another one than that which runs; empty: none.
  std::string waiting_version(std::string_view id) const;
  /// The settings that its manifest declares; none where that cannot be read.
  std::vector<declared_setting> declared_settings(std::string_view id) const;
  /// Puts what lies in the plugin folder in the place of what runs. The plugin's data is copied first; where the new
  /// one does not start, data and old version are as before and failure(dms_failed) says why.
  plugin_status upgrade(std::string_view id, std::string_view actor);
  /// The same from a process beside the serving one: writes the wish and waits for its confirmation.
  plugin_status ask_serving_process(std::string_view id, bool enabled, std::string_view actor);

  void expect_wanted();  ///< what is wanted is waiting from now on: it is about to be started
  void start_wanted();   ///< enables what is wanted; a failure is a state
  /// Tries what waits again where its time has come: after a second, then after growing pauses up to ten. What was
  /// stuck is disabled when its last call has ended.
  void tend();
  /// The name of a plugin that waits; empty: none does.
  std::string waiting() const;
  void follow_wishes();  ///< does what other processes asked for since the last time
  void stop_all();       ///< deactivates all, keeps what is wanted
  /// Stops what runs and starts the same again, never another version: it reads its settings and files anew. What does
  /// not start has its reason in status().
  void start_anew();

  /// Translates a label key of its owner, or returns the key.
  std::string text(std::string_view owner, std::string_view locale, std::string_view key) const;
  /// The dms.health/1 array of a plugin, "[]" where it has none.
  std::string health(std::string_view id, const dms_call *who) const;
  /// dms.handover/1 of a plugin: what is open, "{}" where it has none; what became of handing over, empty likewise.
  std::string open_work(std::string_view id, const dms_call *who, std::string_view kind) const;
  std::string hand_over(std::string_view id, const dms_call *who, std::string_view kind, std::string_view from,
                        std::string_view to) const;
  /// The dms.counts/1 object of a plugin, "{}" where it has none or cannot say.
  std::string counts(std::string_view id, const dms_call *who) const;

 private:
  struct entry;
  /// With mutex_ held.
  entry &find(std::string_view id);
  void scan();
  plugin_status carry_out(std::string_view id, bool wanted, std::int64_t wish);
  void start(entry &item);
  /// What ran before, without asking again who made it.
  void start_as_it_was(entry &item);
  /// What `body` throws becomes the plugin's state.
  void start_guarded(entry &item, const std::function<void()> &body);
  void start(entry &item, const manifest &what, bool as_it_was);
  /// False where it is stuck now.
  bool stop(entry &item, std::chrono::milliseconds limit);
  void show(entry &item, plugin_state state, std::string reason);
  void settle(const entry &item, std::int64_t wish);
  /// Null where the plugin is not enabled or offers none.
  const void *extension_of(std::string_view id, const char *extension) const;
  template <typename Extension, typename Call>
  std::string ask(std::string_view id, const char *extension, std::string nothing, Call &&call) const;

  core &core_;
  std::vector<std::filesystem::path> folders_;
  std::unique_ptr<plugin_wishes> wishes_;
  std::recursive_mutex mutex_;      ///< [main] calls never overlap
  mutable std::mutex shown_mutex_;  ///< guards the entries for those who only look
  std::map<std::string, std::unique_ptr<entry>, std::less<>> entries_;
};

}  // namespace dms::host_core
