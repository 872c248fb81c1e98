// sessions.hpp - who is signed in. A token is 32 random bytes; only its hash is stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host_core/random_hex.hpp"
#include "reference_host/core/data/database.hpp"
#include "reference_host/core/host_core.hpp"

namespace dms::reference {

struct session {
  std::string user;
  std::string csrf;  ///< goes with every form and every changing request
  std::int64_t created_us = 0, expires_us = 0;
};

class sessions {
 public:
  static constexpr std::int64_t idle_us = std::int64_t{12} * 3'600'000'000;     ///< without a request
  static constexpr std::int64_t longest_us = std::int64_t{7} * 86'400'000'000;  ///< whatever happens

  static constexpr std::int64_t remembered_us = std::int64_t{24} * 3'600'000'000;  ///< after their end

  explicit sessions(database &in) : database_(in) {}
  struct opened {
    std::string token;  ///< for the cookie, hex
    std::string csrf;
  };
  opened open(std::string_view user, std::int64_t now_us);
  /// The session of that token while it lasts and its user is active; prolongs it.
  std::optional<session> find(std::string_view token, std::int64_t now_us);
  /// Keeps what an action came to for the session's next page, which another host may send.
  void tell(std::string_view token, std::string_view notice);
  /// That, once; empty: nothing.
  std::string take_told(std::string_view token);
  /// Whether take_told would give something.
  bool has_told(std::string_view token) const;
  /// Forgets what waits for sessions that nobody used for an hour: it may name a person who is erased.
  void forget_told(std::int64_t now_us);
  /// The session of that token, which has ended within the last day, by itself or by signing out; its user is active.
  std::optional<session> ended(std::string_view token, std::int64_t now_us) const;
  /// The session whose pages carry that token, which lasts or has ended within the last day; its user is active.
  std::optional<session> with_csrf(std::string_view csrf, std::int64_t now_us) const;
  void close(std::string_view token, std::int64_t now_us);
  void close_all_of(std::string_view user);
  /// All of a user's but the one of that token; returns how many lasted.
  int close_others_of(std::string_view user, std::string_view token, std::int64_t now_us);
  /// How many of a user's last besides the one of that token.
  int count_others_of(std::string_view user, std::string_view token, std::int64_t now_us) const;

 private:
  database &database_;
};

/// Equal in time that does not depend on where they differ.
bool same_secret(std::string_view left, std::string_view right);
/// SHA-256 as hex.
std::string digest_hex(std::string_view bytes);

}  // namespace dms::reference
