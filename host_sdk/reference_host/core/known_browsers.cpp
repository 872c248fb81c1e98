#include "reference_host/core/known_browsers.hpp"

#include <sodium.h>

#include <array>
#include <charconv>

#include "dms/cpp/encoding.hpp"
#include "reference_host/core/sessions.hpp"

namespace dms::reference {
namespace {

constexpr auto host_scope = "host", key_name = "known_browsers.key";
constexpr std::size_t id_letters = 32;

}  // namespace

std::string known_browsers::cookie_of(std::string_view user) {
  return "dms_known_" + digest_hex(user).substr(0, 8);
}

std::string known_browsers::remember(const std::string &user, std::int64_t now_us) {
  auto key = settings_.get(host_scope, key_name).value_or("");
  if (key.empty()) {
    key = random_hex(crypto_auth_KEYBYTES);
    settings_.set(host_scope, key_name, key);
  }
  const auto text = random_hex(id_letters / 2) + '.' + std::to_string(now_us);
  return text + '.' + signature(user, text, key);
}

std::string known_browsers::recognised(const std::string &user, std::string_view value, std::int64_t now_us) const {
  const auto dot = value.find('.'), last = value.rfind('.');
  if (dot != id_letters || last == dot || value.size() > 200) return {};
  const auto key = settings_.get(host_scope, key_name).value_or("");
  const auto time = value.substr(dot + 1, last - dot - 1);
  std::int64_t made_us = 0;
  const auto [end, fault] = std::from_chars(time.data(), time.data() + time.size(), made_us);
  if (key.empty() || fault != std::errc{} || end != time.data() + time.size()) return {};
  if (made_us > now_us || now_us - made_us > longest_us) return {};
  const auto wanted = signature(user, value.substr(0, last), key);
  return !wanted.empty() && same_secret(wanted, value.substr(last + 1)) ? std::string(value.substr(0, dot)) : "";
}

/// Empty for who cannot sign in. The password's hash is part of it, so that it ends with the password.
std::string known_browsers::signature(const std::string &user, std::string_view signed_text,
                                      const std::string &key) const {
  const auto hash = users_.password_hash(user);
  if (hash.empty()) return {};
  const auto whole = user + '\n' + std::string(signed_text) + '\n' + hash;
  std::array<unsigned char, crypto_auth_KEYBYTES> secret{};
  std::size_t bytes = 0;
  if (sodium_hex2bin(secret.data(), secret.size(), key.data(), key.size(), nullptr, &bytes, nullptr) != 0) return {};
  if (bytes != secret.size()) return {};
  std::array<unsigned char, crypto_auth_BYTES> made{};
  crypto_auth(made.data(), reinterpret_cast<const unsigned char *>(whole.data()), whole.size(), secret.data());
  return hex(made.data(), made.size());
}

}  // namespace dms::reference
