// known_browsers.hpp - browsers in which somebody has signed in before. A cookie that the host signed says so; it opens
// nothing, but whose browser is known is not kept out by what others type elsewhere with his login or behind his
// address.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "reference_host/core/people/users.hpp"
#include "reference_host/core/settings.hpp"

namespace dms::reference {

class known_browsers {
 public:
  static constexpr std::int64_t longest_us = std::int64_t{180} * 86'400'000'000;

  known_browsers(database &in, const users &people) : settings_(in), users_(people) {}
  /// The value of the cookie for a browser in which this user has just signed in. A new password ends all of his.
  std::string remember(const std::string &user, std::int64_t now_us);
  /// The browser's own id, for a value that remember() gave for this user and not too long ago; else empty.
  std::string recognised(const std::string &user, std::string_view value, std::int64_t now_us) const;
  /// Each user has one of his own: several people may share a machine.
  static std::string cookie_of(std::string_view user);

 private:
  std::string signature(const std::string &user, std::string_view signed_text) const;
  settings settings_;
  const users &users_;
};

}  // namespace dms::reference
