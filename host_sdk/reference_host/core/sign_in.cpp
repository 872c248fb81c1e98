#include "reference_host/core/sign_in.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "dms/cpp/basics.hpp"

namespace dms::reference {
namespace {

// Argon2id with 19 MiB and three passes: what OWASP names, and small enough for a dealer's server.
constexpr unsigned long long passes = 3;
constexpr std::size_t memory_bytes = std::size_t{19} << 20U;

struct failures {
  int count = 0;
  std::int64_t last_us = 0;
};

failures failures_of(const database &from, const std::string &login) {
  failures found;
  from.read([&](soci::session &sql) {
    sql << "select count, last_us from failed_sign_ins where \"user\" = :user", soci::use(login),
        soci::into(found.count), soci::into(found.last_us);
    if (!sql.got_data()) found = {};
  });
  return found;
}

}  // namespace

std::string hash_password(const std::string &password) {
  if (sodium_init() < 0) throw failure(dms_failed, "The cryptography library cannot be started.");
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), passes, memory_bytes) != 0) {
    throw failure(dms_unavailable, "There is not enough memory to check a password; try again.");
  }
  return hash.data();
}

sign_in::sign_in(database &in, users &people, sessions &open, audit &log)
    : database_(in), users_(people), sessions_(open), audit_(log) {}

sign_in_result sign_in::try_password(std::string_view login, const std::string &password, std::string_view channel,
                                     std::int64_t now_us) {
  // One try after the other: it bounds the memory, and slows down whoever tries many.
  const std::lock_guard lock(one_at_a_time_);
  std::string user(login.substr(0, 64));
  // Other signs are in no login, and cut in the middle they are nothing that a database keeps.
  std::ranges::transform(user, user.begin(), [](char c) {
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 32);
    return c > ' ' && c < 0x7F ? c : '?';
  });
  // By person and place of origin: whoever tries passwords elsewhere locks nobody out here.
  const auto tried = user + ' ' + std::string(channel);
  const auto before = failures_of(database_, tried);
  const bool recent = now_us - before.last_us < lock_us;
  if (recent && before.count >= tries) {
    return {sign_in_outcome::locked, {}, {}, {}, (before.last_us + lock_us - now_us) / 1'000'000 + 1};
  }
  if (nobody_.empty()) nobody_ = hash_password(random_hex(16));
  auto hash = users_.password_hash(user);
  const bool known = !hash.empty();
  if (!known) hash = nobody_;
  const bool right =
      password.size() <= 1024 && crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0 && known;
  audit_entry entry{0, now_us, user, std::string(channel), right ? "sign_in" : "sign_in.failed", "user " + user, {}};
  if (!right) {
    const auto since = now_us - lock_us;
    database_.write([&](soci::session &sql) {
      sql << "insert into failed_sign_ins values (:user, 1, :now) "
             "on conflict (\"user\") do update set last_us = excluded.last_us, "
             // Counted in the database: who tries at several hosts at once has no more tries than elsewhere.
             "count = case when failed_sign_ins.last_us > :since then failed_sign_ins.count + 1 else 1 end",
          soci::use(tried), soci::use(now_us), soci::use(since);
    });
    audit_.write(entry);
    return {};
  }
  if (before.count != 0) {
    database_.write(
        [&](soci::session &sql) { sql << "delete from failed_sign_ins where \"user\" = :user", soci::use(tried); });
  }
  audit_.write(entry);
  auto opened = sessions_.open(user, now_us);
  return {sign_in_outcome::signed_in, user, opened.token, opened.csrf, 0};
}

}  // namespace dms::reference
