// owned_call.hpp - a dms_call with everything that it borrows.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dms/cpp/call.hpp"

namespace dms::host_core {

/// Made by host::make_call, one a request. Not movable: the C struct points into it.
class owned_call {
 public:
  struct parts {
    std::string user, user_name, locale, correlation, channel;
    std::string request{};  ///< dms_call.request
    std::string session{};  ///< the token of the session that the request came with; for the host's own screens
    std::string origin{};   ///< how the browser knows us, "https://dms.example.at"; the same
    std::int64_t now_us = 0;
    std::function<bool(std::string_view right)> may;
  };
  explicit owned_call(parts from);
  owned_call(const owned_call &) = delete;
  owned_call &operator=(const owned_call &) = delete;

  const dms_call *raw() const noexcept { return &raw_; }
  dms::call view() const { return dms::call(&raw_); }
  /// The host's own call behind a view of it. Only of a call that this host made.
  static const owned_call &behind(const dms::call &view) {
    return *static_cast<const owned_call *>(view.raw()->context);
  }
  const std::string &user() const noexcept { return parts_.user; }
  const std::string &locale() const noexcept { return parts_.locale; }
  const std::string &channel() const noexcept { return parts_.channel; }
  const std::string &session() const noexcept { return parts_.session; }
  const std::string &origin() const noexcept { return parts_.origin; }
  const std::string &correlation() const noexcept { return parts_.correlation; }
  std::int64_t now_us() const noexcept { return parts_.now_us; }
  bool may(std::string_view right) const { return parts_.may(right); }
  /// Asks whoever works for this call to stop. [any]
  void cancel() noexcept { cancelled_ = true; }
  /// Stops as well when `flag` becomes true. Before the call is handed out; the flag outlives the call.
  void also_stop_on(const std::atomic<bool> *flag) { flags_.push_back(flag); }
  bool cancelled() const noexcept;

 private:
  parts parts_;
  std::atomic<bool> cancelled_{false};
  std::vector<const std::atomic<bool> *> flags_;
  dms_call raw_{};
};

}  // namespace dms::host_core
