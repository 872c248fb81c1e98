// plugin_wishes.hpp - what is wanted of each plugin in all hosts, and how it is in this one, for all processes. Where
// it is kept is the system's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dms::host_core {

struct plugin_wish {
  std::string id;
  bool wanted = false;
  std::int64_t wish = 0;  ///< grows with each command
  std::int64_t done = 0;  ///< the last one that this host carried out
  std::string state, reason;
  std::int64_t changed_us = 0;
};

class plugin_wishes {
 public:
  plugin_wishes() = default;
  plugin_wishes(const plugin_wishes &) = delete;
  plugin_wishes &operator=(const plugin_wishes &) = delete;
  virtual ~plugin_wishes() = default;
  virtual std::vector<plugin_wish> all() const = 0;
  /// Returns the number of the wish.
  virtual std::int64_t wish(std::string_view id, bool wanted) = 0;
  /// Writes how wish `done` ended in this host.
  virtual void settle(const plugin_wish &item) = 0;

  std::optional<plugin_wish> find(std::string_view id) const {
    for (auto &item : all()) {
      if (item.id == id) return std::move(item);
    }
    return std::nullopt;
  }
};

}  // namespace dms::host_core
