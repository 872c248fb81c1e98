#include "reference_host/core/calendar_keys.hpp"

#include <sodium.h>

#include <array>

#include "dms/cpp/encoding.hpp"
#include "reference_host/core/sessions.hpp"

namespace dms::reference {
namespace {

constexpr auto host_scope = "host", key_name = "calendar_keys.key";
/// By user, what his key is made of besides: with another one it is another key.
constexpr auto rounds = "calendar_keys";
constexpr std::size_t key_letters = 48;

}  // namespace

std::string calendar_keys::renew(const std::string &user) {
  if (!settings_.get(host_scope, key_name)) settings_.set(host_scope, key_name, random_hex(crypto_auth_KEYBYTES));
  const auto round = random_hex(8);
  settings_.set(rounds, user, round);
  return made_of(user, round);
}

void calendar_keys::end(const std::string &user) {
  settings_.set(rounds, user, {});
}

std::optional<std::string> calendar_keys::of(const std::string &user) const {
  const auto round = settings_.get(rounds, user);
  return round ? std::optional(made_of(user, *round)) : std::nullopt;
}

std::optional<std::string> calendar_keys::user_of(std::string_view key) const {
  if (key.size() != key_letters) return std::nullopt;
  std::optional<std::string> result;
  for (const auto &[user, round] : settings_.all(rounds)) {
    if (same_secret(made_of(user, round), key)) result = user;
  }
  return result;
}

std::string calendar_keys::made_of(const std::string &user, const std::string &round) const {
  const auto host_key = settings_.get(host_scope, key_name).value_or("");
  std::array<unsigned char, crypto_auth_KEYBYTES> secret{};
  std::size_t bytes = 0;
  const bool read =
      sodium_hex2bin(secret.data(), secret.size(), host_key.data(), host_key.size(), nullptr, &bytes, nullptr) == 0;
  if (!read || bytes != secret.size()) throw failure(dms_failed, "The key of the calendar addresses is damaged.");
  const auto text = user + '\n' + round;
  std::array<unsigned char, crypto_auth_BYTES> made{};
  crypto_auth(made.data(), reinterpret_cast<const unsigned char *>(text.data()), text.size(), secret.data());
  return hex(made.data(), key_letters / 2);
}

}  // namespace dms::reference
