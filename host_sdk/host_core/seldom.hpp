// seldom.hpp - what happens a thousand times is said once a minute, with how often it was.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace dms::host_core {

/// [any]
class seldom {
 public:
  /// Whether it is to be said now: then how often it was not said since the last time.
  std::optional<std::uint64_t> ask(const std::string &what) {
    const std::lock_guard lock(mutex_);
    const auto now = clock::now();
    // What is said differently each time must not fill the memory.
    if (said_.size() >= most && !said_.contains(what)) said_.clear();
    auto &known = said_[what];
    if (known.at != clock::time_point{} && now - known.at < pause) {
      ++known.kept_quiet;
      return std::nullopt;
    }
    known.at = now;
    return std::exchange(known.kept_quiet, 0);
  }
  /// " (312 more like this were not written)", or nothing.
  static std::string said(std::uint64_t more) {
    return more == 0 ? std::string{} : " (" + std::to_string(more) + " more like this were not written)";
  }

 private:
  using clock = std::chrono::steady_clock;
  static constexpr std::size_t most = 1'000;
  static constexpr std::chrono::minutes pause{1};
  struct line {
    clock::time_point at{};
    std::uint64_t kept_quiet = 0;
  };
  std::mutex mutex_;
  std::map<std::string, line> said_;
};

}  // namespace dms::host_core
