// sign_in.hpp - checking a password without telling which part was wrong.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "reference_host/core/audit.hpp"
#include "reference_host/core/sessions.hpp"
#include "reference_host/core/users.hpp"

namespace dms::reference {

enum class sign_in_outcome { signed_in, wrong, locked, busy };

struct sign_in_result {
  sign_in_outcome outcome = sign_in_outcome::wrong;
  std::string user, token, csrf;   ///< with signed_in
  std::int64_t retry_after_s = 0;  ///< with locked and busy
};

/// A hash needs 19 MiB and a tenth of a second: few are made at a time, and few wait for it.
class hash_gate {
 public:
  /// False at once where too many wait already; else leave() follows.
  bool enter();
  void leave();

 private:
  static constexpr int at_once = 2, most_waiting = 24;
  std::mutex mutex_;
  std::condition_variable left_;
  int inside_ = 0, waiting_ = 0;
};

/// Does the same work for unknown users. After `tries` wrong passwords for one login from one origin that login is
/// locked there for `lock_us`, and after `tries_of_origin` everything from there; nobody locks out others elsewhere.
class sign_in {
 public:
  static constexpr int tries = 8, tries_of_origin = 50;
  static constexpr std::int64_t lock_us = std::int64_t{5} * 60'000'000;

  sign_in(database &in, users &people, sessions &open, audit &log);
  /// `channel` goes to the audit log; `origin` is what wrong tries are counted by (empty: the channel).
  sign_in_result try_password(std::string_view login, const std::string &password, std::string_view channel,
                              std::int64_t now_us, std::string_view origin = {});

 private:
  struct attempt {
    std::string user, channel, key, origin_key;
    std::int64_t now_us = 0;
  };
  std::int64_t locked_until(const attempt &of) const;
  sign_in_result check(const attempt &of, const std::string &password);
  void note_failure(const attempt &of, bool known);

  database &database_;
  users &users_;
  sessions &sessions_;
  audit &audit_;
  hash_gate gate_;
  std::once_flag nobody_made_;
  std::string nobody_;  ///< hash of a password that nobody knows
};

/// Argon2id; throws when there is not enough memory.
std::string hash_password(const std::string &password);

}  // namespace dms::reference
