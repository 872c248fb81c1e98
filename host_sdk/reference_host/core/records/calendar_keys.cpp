#include "reference_host/core/records/calendar_keys.hpp"

#include "reference_host/core/people/sessions.hpp"
#include "reference_host/core/plugins/host_signature.hpp"

namespace dms::reference {
namespace {

constexpr auto key_name = "calendar_keys.key";
/// By user, what his key is made of besides: with another one it is another key.
constexpr auto rounds = "calendar_keys";
constexpr std::size_t key_letters = 48;

std::string made_of(const host_signature &by, const std::string &user, const std::string &round) {
  return by.of(user + '\n' + round).substr(0, key_letters);
}

}  // namespace

std::string calendar_keys::renew(const std::string &user) {
  const auto round = random_hex(8);
  settings_.set(rounds, user, round);
  return made_of({settings_, key_name}, user, round);
}

void calendar_keys::end(const std::string &user) {
  settings_.set(rounds, user, {});
}

std::optional<std::string> calendar_keys::of(const std::string &user) const {
  const auto round = settings_.get(rounds, user);
  return round ? std::optional(made_of({settings_, key_name}, user, *round)) : std::nullopt;
}

std::optional<std::string> calendar_keys::user_of(std::string_view key) const {
  if (key.size() != key_letters) return std::nullopt;
  std::optional<std::string> result;
  const host_signature by(settings_, key_name);
  for (const auto &[user, round] : settings_.all(rounds)) {
    if (same_secret(made_of(by, user, round), key)) result = user;
  }
  return result;
}

}  // namespace dms::reference
