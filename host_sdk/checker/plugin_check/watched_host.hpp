// watched_host.hpp - a host in memory that watches what a plugin asks of it, and when.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "dms/cpp/fake_host.hpp"

namespace dms::checking {

class watched_host : public testing::fake_host {
 public:
  /// `folder` becomes the plugin's own. `without`: services that this host does not have.
  explicit watched_host(const std::filesystem::path &folder, std::set<std::string> lacking = {});

  /// As a later minor would have it: the struct is longer.
  const dms_host *newer();
  /// From now on every service answers dms_unavailable, or writes what is no document.
  void fail_all();
  void talk_nonsense();

  std::atomic<int> calls{0};        ///< of services, and for them
  std::atomic<bool> closed{false};  ///< registries are not to be called now
  std::atomic<int> out_of_time{0};  ///< calls of registries all the same
  std::set<std::string> services() const;
  std::set<std::string> settings_asked() const;
  bool has_said(std::string_view text) const;
  /// What settings.get answers where nothing is set; empty: dms_not_found.
  std::function<std::string(std::string_view key)> value_of;

 private:
  static watched_host &self(void *context) { return static_cast<watched_host &>(of(context)); }
  void watch_registries();

  struct {
    dms_host host{};
    void *added_later = nullptr;
  } later_;
  mutable std::mutex mutex_;
  std::set<std::string> services_, settings_;
  std::string said_;
};

}  // namespace dms::checking
