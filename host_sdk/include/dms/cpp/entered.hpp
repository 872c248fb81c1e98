// entered.hpp - a plugin that is active in a host for as long as this object lives; for tests, without a library.
#pragma once

#include "fake_host.hpp"

namespace dms::testing {

class entered {
 public:
  /// Leads it from init to activate; throws dms::failure with what it said. `entry` and `to` outlive this.
  entered(const dms_plugin_entry *entry, fake_host &to) : entry_(*entry), host_(to) {
    auto error = no_error();
    check(entry_.init(&error), error);
    plugin_ = entry_.create(&error);
    if (plugin_ == nullptr) throw failure(dms_failed, error.message);
    fake_host::calling itself(host_, {.channel = "command_line"});
    auto status = plugin_->init(plugin_, &host_.raw, &error);
    if (status == dms_ok) status = plugin_->activate(plugin_, itself.raw(), nullptr, &error);
    if (status == dms_ok) return;
    end();
    check(status, error);
  }
  entered(const entered &) = delete;
  entered &operator=(const entered &) = delete;
  ~entered() {
    plugin_->deactivate(plugin_);
    end();
  }
  dms_plugin *raw() const noexcept { return plugin_; }

 private:
  void end() noexcept {
    plugin_->destroy(plugin_);
    entry_.deinit();
  }
  const dms_plugin_entry &entry_;
  fake_host &host_;
  dms_plugin *plugin_ = nullptr;
};

}  // namespace dms::testing
