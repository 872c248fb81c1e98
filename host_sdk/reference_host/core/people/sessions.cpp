#include "reference_host/core/people/sessions.hpp"

#include <sodium.h>

#include <algorithm>
#include <vector>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/digest.hpp"

namespace dms::reference {
namespace {

void start_sodium() {
  if (sodium_init() < 0) throw failure(dms_failed, "The cryptography library cannot be started.");
}

}  // namespace

bool same_secret(std::string_view left, std::string_view right) {
  return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string digest_hex(std::string_view bytes) {
  start_sodium();
  sha256_sum digest;
  digest.add(bytes.data(), bytes.size());
  return digest.hex();
}

sessions::opened sessions::open(std::string_view user, std::int64_t now_us) {
  opened made{random_hex(32), random_hex(32)};
  database_.write([&](soci::session &sql) {
    const auto token = digest_hex(made.token);
    const std::string login(user);
    const auto expires = now_us + idle_us;
    const auto forgotten = now_us - remembered_us;
    sql << "delete from sessions where expires_us < :forgotten", soci::use(forgotten);
    sql << "insert into sessions (token, \"user\", csrf, created_us, expires_us) values (:token, :user, :csrf, "
           ":created, :expires)",
        soci::use(token), soci::use(login), soci::use(made.csrf), soci::use(now_us), soci::use(expires);
  });
  return made;
}

namespace {

std::optional<session> read_session(const database &from, const std::string &where, const std::string &key) {
  session found;
  bool known = false;
  from.read([&](soci::session &sql) {
    sql << "select \"user\", csrf, created_us, expires_us from sessions where " + where +
               " and exists (select 1 from users where users.id = sessions.\"user\" and users.active = 1)",
        soci::use(key), soci::into(found.user), soci::into(found.csrf), soci::into(found.created_us),
        soci::into(found.expires_us);
    known = sql.got_data();
  });
  return known ? std::optional(found) : std::nullopt;
}

std::optional<session> session_of_token(const database &from, std::string_view token) {
  if (token.size() != 64) return std::nullopt;
  return read_session(from, "token = :token", digest_hex(token));
}

}  // namespace

std::optional<session> sessions::ended(std::string_view token, std::int64_t now_us) const {
  auto found = session_of_token(database_, token);
  if (!found || found->expires_us > now_us || found->expires_us + remembered_us <= now_us) return std::nullopt;
  return found;
}

std::optional<session> sessions::with_csrf(std::string_view csrf, std::int64_t now_us) const {
  if (csrf.size() != 64) return std::nullopt;
  auto found = read_session(database_, "csrf = :csrf", std::string(csrf));
  if (!found || found->expires_us + remembered_us <= now_us) return std::nullopt;
  return found;
}

std::optional<session> sessions::find(std::string_view token, std::int64_t now_us) {
  const auto known = session_of_token(database_, token);
  if (!known || known->expires_us <= now_us) return std::nullopt;
  auto found = *known;
  const auto key = digest_hex(token);
  const auto expires = std::min(now_us + idle_us, found.created_us + longest_us);
  // Prolonged in steps of a minute: a page view is not a durable write. Where it cannot be written, as on a full disk,
  // the session is good for as long as it was, and pages can be read.
  if (expires > found.expires_us + 60'000'000) {
    try {
      database_.write_lightly([&](soci::session &sql) {
        sql << "update sessions set expires_us = :expires where token = :token", soci::use(expires), soci::use(key);
      });
      found.expires_us = expires;
    } catch (const failure &reason) {
      if (reason.status() != dms_unavailable) throw;
    }
  }
  return found;
}

void sessions::tell(std::string_view token, std::string_view notice) {
  const auto key = digest_hex(token);
  const std::string text(notice);
  database_.write_lightly([&](soci::session &sql) {
    sql << "update sessions set told = :notice where token = :token", soci::use(text), soci::use(key);
  });
}

std::string sessions::take_told(std::string_view token) {
  const auto key = digest_hex(token);
  std::string text;
  database_.read([&](soci::session &sql) {
    sql << "select told from sessions where token = :token", soci::use(key), soci::into(text);
    if (!sql.got_data()) text.clear();
  });
  if (text.empty()) return text;
  try {
    tell(token, {});
  } catch (const failure &) {
    // Shown once more than it should, as on a full disk: better than a page that is not shown.
  }
  return text;
}

bool sessions::has_told(std::string_view token) const {
  const auto key = digest_hex(token);
  std::string text;
  database_.read([&](soci::session &sql) {
    sql << "select told from sessions where token = :token", soci::use(key), soci::into(text);
    if (!sql.got_data()) text.clear();
  });
  return !text.empty();
}

void sessions::forget_told(std::int64_t now_us) {
  constexpr std::int64_t hour_us = 3'600'000'000;
  const auto unused = now_us + idle_us - hour_us;
  database_.write([&](soci::session &sql) {
    sql << "update sessions set told = '' where told <> '' and expires_us < :unused", soci::use(unused);
  });
}

void sessions::close(std::string_view token, std::int64_t now_us) {
  const auto key = digest_hex(token);
  database_.write([&](soci::session &sql) {
    sql << "update sessions set expires_us = :now where token = :token", soci::use(now_us), soci::use(key);
  });
}

void sessions::close_all_of(std::string_view user) {
  const std::string login(user);
  database_.write([&](soci::session &sql) { sql << "delete from sessions where \"user\" = :user", soci::use(login); });
}

int sessions::count_others_of(std::string_view user, std::string_view token, std::int64_t now_us) const {
  const std::string login(user), key = digest_hex(token);
  int count = 0;
  database_.read([&](soci::session &sql) {
    sql << "select count(*) from sessions where \"user\" = :user and token <> :token and expires_us > :now",
        soci::use(login), soci::use(key), soci::use(now_us), soci::into(count);
  });
  return count;
}

int sessions::close_others_of(std::string_view user, std::string_view token, std::int64_t now_us) {
  const auto count = count_others_of(user, token, now_us);
  const std::string login(user), key = digest_hex(token);
  database_.write([&](soci::session &sql) {
    sql << "delete from sessions where \"user\" = :user and token <> :token", soci::use(login), soci::use(key);
  });
  return count;
}

}  // namespace dms::reference
