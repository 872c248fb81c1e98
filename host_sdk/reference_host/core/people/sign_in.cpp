#include "reference_host/core/people/sign_in.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <memory>

#include "dms/cpp/basics.hpp"

namespace dms::reference {
namespace {

// Argon2id with 19 MiB and three passes: what OWASP names, and small enough for a dealer's server.
constexpr unsigned long long passes = 3;
constexpr std::size_t memory_bytes = std::size_t{19} << 20U;

/// What is older counts no more and is removed; of what is left, no more than so many: a row is a durable write.
constexpr int most_rows = 10'000;
constexpr std::int64_t busy_retry_s = 3;

struct failures {
  int count = 0;
  std::int64_t last_us = 0;
};

failures failures_of(const database &from, const std::string &key) {
  failures found;
  from.read([&](soci::session &sql) {
    sql << "select count, last_us from failed_sign_ins where \"user\" = :user", soci::use(key), soci::into(found.count),
        soci::into(found.last_us);
    if (!sql.got_data()) found = {};
  });
  return found;
}

/// What wrong ways back from a sign-in service are counted by: of it, and of all that comes from there.
std::pair<std::string, std::string> service_keys(const std::string &origin) {
  return {origin + " service", origin + " *"};
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
    : database_(in), users_(people), sessions_(open), audit_(log), browsers_(in, people) {}

bool hash_gate::enter() {
  std::unique_lock lock(mutex_);
  if (inside_ >= at_once) {
    if (waiting_ >= most_waiting) return false;
    ++waiting_;
    left_.wait(lock, [this] { return inside_ < at_once; });
    --waiting_;
  }
  ++inside_;
  return true;
}

void hash_gate::leave() {
  {
    const std::lock_guard lock(mutex_);
    --inside_;
  }
  left_.notify_one();
}

std::string sign_in::login_of(std::string_view entered) {
  std::string login(entered.substr(0, 64));
  // Other signs are in no login, and cut in the middle they are nothing that a database keeps.
  std::ranges::transform(login, login.begin(), [](char c) {
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 32);
    return c > ' ' && c < 0x7F ? c : '?';
  });
  return login;
}

sign_in_result sign_in::try_password(std::string_view login, const std::string &password, std::string_view channel,
                                     std::int64_t now_us, std::string_view origin, std::string_view browser) {
  attempt of;
  of.user = login_of(login);
  of.channel = channel;
  of.now_us = now_us;
  const auto known = browser.empty() ? std::string() : browsers_.recognised(of.user, browser, now_us);
  const std::string from = !known.empty() ? "browser " + known : std::string(origin.empty() ? channel : origin);
  of.key = of.user + ' ' + from;
  of.origin_key = from + " *";
  auto result = check(of, password);
  if (result.outcome != sign_in_outcome::signed_in) return result;
  return opened(of.user, of.channel, of.now_us, {});
}

sign_in_result sign_in::vouched(const std::string &user, const std::string &channel, std::int64_t now_us,
                                const std::string &service) {
  return opened(user, channel, now_us, service);
}

std::int64_t sign_in::locked_for(const std::string &origin, std::int64_t now_us) const {
  const auto [key, of_all] = service_keys(origin);
  return locked_s({{}, {}, key, of_all, now_us});
}

void sign_in::note_refused(const std::string &origin, const std::string &channel, std::int64_t now_us,
                           const std::string &service) {
  const auto [key, of_all] = service_keys(origin);
  count_failure({key, of_all}, now_us);
  audit_.write({0, now_us, {}, channel, "sign_in.failed", service, {}});
}

sign_in_result sign_in::opened(const std::string &user, const std::string &channel, std::int64_t now_us,
                               const std::string &detail) {
  audit_.write({0, now_us, user, channel, "sign_in", "user " + user, detail});
  auto session = sessions_.open(user, now_us);
  return {sign_in_outcome::signed_in, user, session.token, session.csrf, browsers_.remember(user, now_us), 0};
}

sign_in_result sign_in::confirm(const std::string &user, const std::string &password, std::string_view channel,
                                std::int64_t now_us) {
  const auto from = user + " confirms";
  return check({user, std::string(channel), from, from + " *", now_us}, password);
}

sign_in_result sign_in::check(const attempt &of, const std::string &password) {
  const auto locked = [&]() -> sign_in_result {
    const auto pause_s = locked_s(of);
    return pause_s == 0 ? sign_in_result{} : sign_in_result{sign_in_outcome::locked, {}, {}, {}, {}, pause_s};
  };
  if (auto before = locked(); before.outcome == sign_in_outcome::locked) return before;
  if (!gate_.enter()) return {sign_in_outcome::busy, {}, {}, {}, {}, busy_retry_s};
  const std::unique_ptr<hash_gate, void (*)(hash_gate *)> inside(&gate_, [](hash_gate *gate) { gate->leave(); });
  // Others may have tried meanwhile.
  if (auto meanwhile = locked(); meanwhile.outcome == sign_in_outcome::locked) return meanwhile;
  if (!is_password(of, password)) return {};
  return {sign_in_outcome::signed_in, of.user, {}, {}, {}, 0};
}

std::int64_t sign_in::locked_s(const attempt &of) const {
  const auto until = locked_until(of);
  return until <= of.now_us ? 0 : (until - of.now_us) / 1'000'000 + 1;
}

std::int64_t sign_in::locked_until(const attempt &of) const {
  std::int64_t until = 0;
  const auto look = [&](const std::string &key, int most) {
    const auto found = failures_of(database_, key);
    if (found.count >= most) until = std::max(until, found.last_us + lock_us);
  };
  look(of.key, tries);
  look(of.origin_key, tries_of_origin);
  return until;
}

bool sign_in::is_password(const attempt &of, const std::string &password) {
  std::call_once(nobody_made_, [this] { nobody_ = hash_password(random_hex(16)); });
  auto hash = users_.password_hash(of.user);
  const bool known = !hash.empty();
  if (!known) hash = nobody_;
  const bool right =
      password.size() <= 1024 && crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0 && known;
  if (!right) {
    note_failure(of, known);
  } else if (failures_of(database_, of.key).count != 0) {
    database_.write(
        [&](soci::session &sql) { sql << "delete from failed_sign_ins where \"user\" = :user", soci::use(of.key); });
  }
  return right;
}

void sign_in::count_failure(const std::vector<std::string> &keys, std::int64_t now_us) {
  const auto forgotten = now_us - lock_us;
  database_.write([&](soci::session &sql) {
    sql << "delete from failed_sign_ins where last_us <= :forgotten", soci::use(forgotten);
    for (const auto &key : keys) {
      sql << "insert into failed_sign_ins values (:user, 1, :now) "
             "on conflict (\"user\") do update set count = failed_sign_ins.count + 1, last_us = excluded.last_us",
          soci::use(key), soci::use(now_us);
    }
    sql << "delete from failed_sign_ins where last_us < (select last_us from failed_sign_ins order by last_us desc "
           "limit 1 offset :most)",
        soci::use(most_rows);
  });
}

void sign_in::note_failure(const attempt &of, bool known) {
  count_failure({of.key, of.origin_key}, of.now_us);
  // What nobody is called may be a password that was typed into the wrong field.
  audit_.write({0,
                of.now_us,
                known ? of.user : std::string{},
                of.channel,
                "sign_in.failed",
                known ? "user " + of.user : std::string("unknown user"),
                {}});
}

}  // namespace dms::reference
