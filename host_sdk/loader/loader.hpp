// loader.hpp - a plugin library from its manifest to a living instance, and back.
//
// A library that was loaded once stays mapped until the process ends: unloading C++ code under a running host is not
// safe. Every failure is a dms::failure with one sentence for the admin's screen; the host goes on.
#pragma once

#include <memory>
#include <string>

#include "dms/cpp/basics.hpp"
#include "dms/sdk.h"
#include "loader/manifest.hpp"

namespace dms {

/// One instance of a plugin: init'ed on construction, destroyed and deinit'ed at the end. [main]
class loaded_plugin {
 public:
  /// Checks manifest, hash, ABI, entry and description, in this order, then makes the instance. `from` outlives it.
  /// `as_it_was`: the library as this process has loaded it before, whatever the file is now (back from an upgrade).
  loaded_plugin(const manifest &what, const dms_host *from, bool as_it_was = false);
  loaded_plugin(const loaded_plugin &) = delete;
  loaded_plugin &operator=(const loaded_plugin &) = delete;
  ~loaded_plugin();

  /// As dms_plugin.activate; `progress` may be null. Throws dms::failure.
  void activate(const dms_call *who, const dms_progress *progress = nullptr);
  void deactivate() noexcept;  ///< nothing where it is not active
  bool active() const noexcept { return active_; }
  /// Null where the plugin lacks it.
  const void *extension(std::string_view id) const noexcept;

 private:
  std::string label_;  ///< "The plugin lead_system"
  const dms_plugin_entry *entry_ = nullptr;
  dms_plugin *plugin_ = nullptr;
  bool active_ = false;
};

}  // namespace dms
