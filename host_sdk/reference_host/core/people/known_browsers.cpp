#include "reference_host/core/people/known_browsers.hpp"

#include <charconv>

#include "reference_host/core/people/sessions.hpp"
#include "reference_host/core/plugins/host_signature.hpp"

namespace dms::reference {
namespace {

constexpr auto key_name = "known_browsers.key";
constexpr std::size_t id_letters = 32;

}  // namespace

std::string known_browsers::cookie_of(std::string_view user) {
  return "dms_known_" + digest_hex(user).substr(0, 8);
}

std::string known_browsers::remember(const std::string &user, std::int64_t now_us) {
  const auto text = random_hex(id_letters / 2) + '.' + std::to_string(now_us);
  return text + '.' + signature(user, text);
}

std::string known_browsers::recognised(const std::string &user, std::string_view value, std::int64_t now_us) const {
  const auto dot = value.find('.'), last = value.rfind('.');
  if (dot != id_letters || last == dot || value.size() > 200) return {};
  const auto time = value.substr(dot + 1, last - dot - 1);
  std::int64_t made_us = 0;
  const auto [end, fault] = std::from_chars(time.data(), time.data() + time.size(), made_us);
  if (fault != std::errc{} || end != time.data() + time.size()) return {};
  if (made_us > now_us || now_us - made_us > longest_us) return {};
  const auto wanted = signature(user, value.substr(0, last));
  return !wanted.empty() && same_secret(wanted, value.substr(last + 1)) ? std::string(value.substr(0, dot)) : "";
}

/// Empty for who cannot sign in. The password's hash is part of it, so that it ends with the password.
std::string known_browsers::signature(const std::string &user, std::string_view signed_text) const {
  const auto hash = users_.password_hash(user);
  if (hash.empty()) return {};
  return host_signature(settings_, key_name).of(user + '\n' + std::string(signed_text) + '\n' + hash);
}

}  // namespace dms::reference
