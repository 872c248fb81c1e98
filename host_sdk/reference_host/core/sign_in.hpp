// sign_in.hpp - checking a password without telling which part was wrong.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "reference_host/core/audit.hpp"
#include "reference_host/core/sessions.hpp"
#include "reference_host/core/users.hpp"

namespace dms::reference {

enum class sign_in_outcome { signed_in, wrong, locked };

struct sign_in_result {
  sign_in_outcome outcome = sign_in_outcome::wrong;
  std::string user, token, csrf;   ///< with signed_in
  std::int64_t retry_after_s = 0;  ///< with locked
};

/// Does the same work for unknown users. After `tries` wrong passwords for one login it is locked for `lock_us`.
class sign_in {
 public:
  static constexpr int tries = 8;
  static constexpr std::int64_t lock_us = std::int64_t{5} * 60'000'000;

  sign_in(database &in, users &people, sessions &open, audit &log);
  sign_in_result try_password(std::string_view login, const std::string &password, std::string_view channel,
                              std::int64_t now_us);

 private:
  database &database_;
  users &users_;
  sessions &sessions_;
  audit &audit_;
  std::string nobody_;        ///< hash of a password that nobody knows
  std::mutex one_at_a_time_;  ///< a hash needs 19 MiB
};

/// Argon2id; throws when there is not enough memory.
std::string hash_password(const std::string &password);

}  // namespace dms::reference
