#include "reference_host/core/plugins/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace dms::reference {
namespace {

std::string variable(const char *name) {
  const char *value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// What WATCHDOG_USEC says, where it is for this process.
std::chrono::microseconds watchdog_of_environment() {
  if (const auto whose = variable("WATCHDOG_PID"); !whose.empty() && whose != std::to_string(::getpid())) return {};
  const auto text = variable("WATCHDOG_USEC");
  std::int64_t count = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || count < 0) return {};
  return std::chrono::microseconds(count);
}

}  // namespace

service_manager::service_manager() : service_manager(variable("NOTIFY_SOCKET"), watchdog_of_environment()) {}

service_manager::service_manager(std::string socket, std::chrono::microseconds watchdog)
    : socket_(std::move(socket)), watchdog_(socket_.empty() ? std::chrono::microseconds{0} : watchdog) {}

void service_manager::say(const std::string &lines) const noexcept {
  sockaddr_un to{};
  if (socket_.empty() || socket_.size() >= sizeof to.sun_path) return;
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, socket_.data(), socket_.size());
  if (to.sun_path[0] == '@') to.sun_path[0] = '\0';
  const int line = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (line < 0) return;
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  [[maybe_unused]] const auto sent =
      ::sendto(line, lines.data(), lines.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr *>(&to), length);
  ::close(line);
}

void service_manager::ready(std::string_view status) const noexcept {
  say("READY=1\nSTATUS=" + std::string(status));
}

void service_manager::reloading() const noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  const auto passed = std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
  say("RELOADING=1\nMONOTONIC_USEC=" +
      std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(passed).count()));
}

void service_manager::stopping() const noexcept {
  say("STOPPING=1");
}

void service_manager::alive() const noexcept {
  if (watched()) say("WATCHDOG=1");
}

std::chrono::milliseconds service_manager::pause() const noexcept {
  if (!watched()) return std::chrono::hours(1);
  return std::max(std::chrono::duration_cast<std::chrono::milliseconds>(watchdog_) / 2, std::chrono::milliseconds(1));
}

}  // namespace dms::reference
