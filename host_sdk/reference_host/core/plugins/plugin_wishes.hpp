// plugin_wishes.hpp - what is wanted of each plugin in all hosts, and how it is in this one, for all processes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

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
  /// `host`: its name among those on the database.
  plugin_wishes(const database &in, std::string host) : database_(in), host_(std::move(host)) {}
  std::vector<plugin_wish> all() const;
  std::optional<plugin_wish> find(std::string_view id) const;
  /// Returns the number of the wish.
  std::int64_t wish(std::string_view id, bool wanted);
  /// Writes how wish `done` ended in this host.
  void settle(const plugin_wish &item);

 private:
  const database &database_;
  std::string host_;
};

}  // namespace dms::reference
