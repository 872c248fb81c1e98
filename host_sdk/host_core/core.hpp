// core.hpp - the heart of a host: what plugins contribute, their jobs, their switch, and the calls into them. A dealer
// management system derives from it and says what only it knows: the time, its log, its services, who decided what.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "host_core/jobs.hpp"
#include "host_core/owned_call.hpp"
#include "host_core/plugin_manager.hpp"
#include "host_core/registry.hpp"

namespace spdlog {
class logger;
}

namespace dms::host_core {

class contributor;

/// How a screen, an action or an import ended: the status for programs, the document for people, the sentence where
/// there is no document.
struct reply {
  dms_status status = dms_ok;
  std::string document;
  std::string message;
};

/// What an admin decided on a plugin, for the audit log.
struct plugin_decision {
  std::string actor, channel, action, plugin, detail;
};

/// Thread-safe, as far as what derives from it is.
class core {
 public:
  core() = default;
  core(const core &) = delete;
  core &operator=(const core &) = delete;
  virtual ~core();

  // --- parts ---
  host_core::registry &registry() noexcept { return registry_; }
  const host_core::registry &registry() const noexcept { return registry_; }
  host_core::jobs &jobs() noexcept { return *jobs_; }
  plugin_manager &plugins() noexcept { return *plugins_; }
  const plugin_manager &plugins() const noexcept { return *plugins_; }

  // --- calls into what is contributed ---
  /// Reads up to `capacity` bytes; 0 at the end, -1 when it broke off.
  using reader = std::function<std::int64_t(char *buffer, std::uint64_t capacity)>;
  using progress = std::function<void(std::uint64_t bytes, std::uint64_t items)>;
  /// The document is a dms.import_report/1. dms_not_found: no such source now.
  reply run_import(owned_call &call, std::string_view source, const reader &payload, std::string_view name,
                   const progress &tell = {});
  reply run_import(owned_call &call, std::string_view source, std::string_view bytes, std::string_view name);

  /// What the call's user may do with what references of contacts stand for.
  enum class sight {
    unguarded,  ///< nobody can answer for it now, or it is no reference of a plugin
    hidden,
    read,
    work
  };
  using sights = std::map<std::string, sight, std::less<>>;
  /// By reference. A guard that fails hides what it was asked for.
  sights judge(const owned_call &call, const std::set<std::string> &references);

  /// Throws failure(dms_refused) with the sentence of whoever objects. `data` is a JSON object.
  void ask(const owned_call &call, std::string_view event, const std::string &data);
  void tell(const owned_call &call, std::string_view event, const std::string &data);
  /// The same, but not to the plugin `but_not`, which did it.
  void tell(const dms_call &call, std::string_view event, const std::string &data, std::string_view but_not);

  // --- what the system around it says ---
  virtual std::int64_t now_us() const = 0;
  virtual spdlog::logger &log() noexcept = 0;
  /// A call of the host itself, by no user. `locale` empty: the host's.
  virtual std::unique_ptr<owned_call> own_call(const std::string &channel, const std::string &locale = {}) = 0;
  /// What a plugin is given: the services of the system, for that owner.
  virtual std::unique_ptr<contributor> services_for(const std::string &owner) = 0;
  virtual bool offers(std::string_view service) const = 0;
  /// Below it: plugins/ID, a folder for each plugin.
  virtual const std::filesystem::path &data_directory() const noexcept = 0;
  /// Public keys of the makers whose plugins may run (plugin_signature.hpp); nothing: every plugin may.
  virtual std::optional<std::string> trusted_makers() const = 0;
  /// How long a call into a plugin may take to end when it is to be disabled (dms/abi.h "Time").
  virtual std::chrono::milliseconds longest_end() const noexcept = 0;
  /// True when the process is about to end: what starts is asked to stop.
  virtual const std::atomic<bool> &stopping() const noexcept = 0;
  /// Whether another process serves the same data: its plugins are what admins see.
  virtual bool served_elsewhere() const = 0;
  virtual void note(const plugin_decision &made) noexcept = 0;
  virtual void job_ran(std::string_view /*id*/, double /*seconds*/, bool /*failed*/) {}
  virtual void taken_in(std::string_view /*source*/, const reply & /*came*/) {}

 protected:
  /// Once, when the system can answer the questions above; what is wanted of plugins is not started yet.
  void set_up(std::vector<std::filesystem::path> plugin_folders, std::unique_ptr<plugin_wishes> wishes);
  /// Ends plugins and jobs; before what answers the questions above goes.
  void tear_down() noexcept;

 private:
  host_core::registry registry_;
  std::unique_ptr<plugin_manager> plugins_;
  std::unique_ptr<host_core::jobs> jobs_;
};

}  // namespace dms::host_core
