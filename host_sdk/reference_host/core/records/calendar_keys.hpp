// calendar_keys.hpp - addresses under which programs read somebody's contacts as a calendar. Who has the address reads
// them, without a password: it is as long as a key, its owner sees it as often as he wants, and ends it at any time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "reference_host/core/settings.hpp"

namespace dms::reference {

class calendar_keys {
 public:
  explicit calendar_keys(database &in) : settings_(in) {}
  /// A new key for this user; the one before opens nothing any more.
  std::string renew(const std::string &user);
  void end(const std::string &user);
  /// The key that opens this user's calendar now.
  std::optional<std::string> of(const std::string &user) const;
  /// Whose calendar a key opens. Whether he is active, the caller asks.
  std::optional<std::string> user_of(std::string_view key) const;

 private:
  settings settings_;
};

}  // namespace dms::reference
