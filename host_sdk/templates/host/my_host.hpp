// my_host.hpp - where a host of your own begins: it starts plugins and shows their screens. What it lacks it does not
// offer; a plugin says on its screens what is missing then.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "dms/cpp/basics.hpp"
#include "dms/sdk.h"

class my_host {
 public:
  /// `folder` becomes the plugin's own; it is there.
  explicit my_host(std::string folder);
  my_host(const my_host &) = delete;
  my_host &operator=(const my_host &) = delete;
  ~my_host() { stop(); }

  /// From init to activate; throws dms::failure with one sentence.
  void start(const dms_plugin_entry *entry);
  /// From deactivate to deinit; nothing where none is started.
  void stop() noexcept;
  /// The document of a screen, for that user of yours.
  std::string load(const std::string &user, std::string_view screen, std::string_view parameters = "{}") const;

 private:
  static my_host &of(void *context) { return *static_cast<my_host *>(context); }
  const void *service(std::string_view id) const;

  std::string folder_;
  dms_host raw_{};
  dms_storage storage_{};
  dms_menu menu_{};
  dms_screens screens_{};
  std::map<dms_handle, std::string> entries_;  ///< screens that the menu leads to
  std::map<dms_handle, const dms_screen *> shown_;
  dms_handle last_ = 0;
  const dms_plugin_entry *entry_ = nullptr;
  dms_plugin *plugin_ = nullptr;
};
