// sign_in.hpp - checking a password without telling which part was wrong.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/people/known_browsers.hpp"
#include "reference_host/core/people/sessions.hpp"
#include "reference_host/core/people/users.hpp"
#include "reference_host/core/records/audit.hpp"

namespace dms::reference {

enum class sign_in_outcome { signed_in, wrong, locked, busy };

struct sign_in_result {
  sign_in_outcome outcome = sign_in_outcome::wrong;
  std::string user, token, csrf;   ///< with signed_in
  std::string browser;             ///< with signed_in: the cookie that makes this browser a known one
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
/// locked there for `lock_us`, and after `tries_of_origin` everything from there; nobody locks out others elsewhere. A
/// known browser is a place of its own: its user gets in whatever others do behind the same address.
class sign_in {
 public:
  static constexpr int tries = 8, tries_of_origin = 50;
  static constexpr std::int64_t lock_us = std::int64_t{5} * 60'000'000;

  sign_in(database &in, users &people, sessions &open, audit &log);
  /// `channel` goes to the audit log; `origin` is what wrong tries are counted by (empty: the channel); `browser` is
  /// the cookie of a known one (known_browsers::cookie_of(login_of(login))), or anything.
  sign_in_result try_password(std::string_view login, const std::string &password, std::string_view channel,
                              std::int64_t now_us, std::string_view origin = {}, std::string_view browser = {});
  /// Signs in somebody for whom `service` vouches.
  sign_in_result vouched(const std::string &user, const std::string &channel, std::int64_t now_us,
                         const std::string &service);
  /// How long nobody signs in from there by a service, after too many who did not; 0: now.
  std::int64_t locked_for(const std::string &origin, std::int64_t now_us) const;
  /// Somebody who came back from the service and did not get in.
  void note_refused(const std::string &origin, const std::string &channel, std::int64_t now_us,
                    const std::string &service);
  /// Whether this is the password of somebody who is signed in already; nobody is signed in by it. Wrong tries count by
  /// themselves.
  sign_in_result confirm(const std::string &user, const std::string &password, std::string_view channel,
                         std::int64_t now_us);
  /// As logins are written: small letters, and nothing that no login has.
  static std::string login_of(std::string_view entered);

 private:
  sign_in_result opened(const std::string &user, const std::string &channel, std::int64_t now_us,
                        const std::string &detail);
  struct attempt {
    std::string user, channel, key, origin_key;
    std::int64_t now_us = 0;
  };
  std::int64_t locked_until(const attempt &of) const;
  std::int64_t locked_s(const attempt &of) const;  ///< from now on; 0: not
  /// Locked, busy, wrong, or signed_in without a session yet.
  sign_in_result check(const attempt &of, const std::string &password);
  bool is_password(const attempt &of, const std::string &password);
  void note_failure(const attempt &of, bool known);
  void count_failure(const std::vector<std::string> &keys, std::int64_t now_us);

  database &database_;
  users &users_;
  sessions &sessions_;
  audit &audit_;
  known_browsers browsers_;
  hash_gate gate_;
  std::once_flag nobody_made_;
  std::string nobody_;  ///< hash of a password that nobody knows
};

/// Argon2id; throws when there is not enough memory.
std::string hash_password(const std::string &password);

}  // namespace dms::reference
