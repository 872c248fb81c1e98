// service_manager.hpp - tells systemd how the service is: the datagrams of sd_notify(3), which are documented to be
// stable, so that nothing of systemd is linked. Where nobody listens nothing happens.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace dms::reference {

class service_manager {
 public:
  /// As the environment says: NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID.
  service_manager();
  /// `socket`: a path, or "@name" in the abstract namespace; empty: nobody listens. `watchdog`: 0 where there is none.
  service_manager(std::string socket, std::chrono::microseconds watchdog);

  /// It serves. `status`: one line for who looks at it.
  void ready(std::string_view status) const noexcept;
  void reloading() const noexcept;
  void stopping() const noexcept;
  /// To be said at least once in each pause(); else the service is ended and started anew.
  void alive() const noexcept;
  /// Half of the time after which a silent service is ended; where nobody watches, an hour.
  std::chrono::milliseconds pause() const noexcept;
  bool watched() const noexcept { return watchdog_.count() > 0; }

 private:
  void say(const std::string &lines) const noexcept;

  std::string socket_;
  std::chrono::microseconds watchdog_{0};
};

}  // namespace dms::reference
