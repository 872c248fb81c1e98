// Who somebody is for whom a sign-in service vouches, by this rule: whoever came before is who he was; whoever has a
// user's login and that user's e-mail, which the service has verified, is that user from now on; whoever has a login of
// nobody becomes a user. Name, e-mail, roles and locations follow the service each time.
#include "reference_host/core/people/vouched_people.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "reference_host/core/people/directory_turn.hpp"

namespace dms::reference {
namespace {

std::string key_of(const vouched_person &who) {
  return who.issuer + ' ' + who.subject;
}

std::string known_user(const database &from, const vouched_person &who) {
  std::string found;
  const auto key = key_of(who);
  from.read([&](soci::session &sql) {
    found.clear();
    sql << "select \"user\" from vouched_people where subject = :subject", soci::use(key), soci::into(found);
  });
  return found;
}

void remember(const database &in, const vouched_person &who, const std::string &user) {
  const auto key = key_of(who);
  in.write([&](soci::session &sql) {
    sql << "insert into vouched_people values (:subject, :user) on conflict (subject) do nothing", soci::use(key),
        soci::use(user);
  });
}

/// Name, e-mail, roles and locations as the service says them, as far as they are known here.
void follow(const vouched_person &who, const std::vector<location> &places, user &into) {
  if (!who.name.empty()) into.name = std::string(whole_letters(who.name, longest_user_name));
  if (who.email_verified && is_address(who.email)) into.email = who.email;
  const auto known = [](const std::vector<std::string> &said, const auto &is_known) {
    std::vector<std::string> result;
    for (const auto &one : said) {
      if (is_known(one) && std::ranges::find(result, one) == result.end()) result.push_back(one);
    }
    return result;
  };
  if (who.roles) {
    into.roles = known(*who.roles, [](const std::string &role) {
      return std::ranges::find(role_names(), role) != role_names().end();
    });
  }
  if (who.locations) {
    into.locations = known(*who.locations, [&](const std::string &place) {
      return std::ranges::find(places, place, &location::id) != places.end();
    });
  }
}

bool same_mail(std::string_view left, std::string_view right) {
  return !left.empty() && std::ranges::equal(left, right, [](char a, char b) {
    const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return small(a) == small(b);
  });
}

constexpr const char *no_role = "Your account has no role in this house. Ask your administrator.";

}  // namespace

std::string host::take_vouched(const vouched_person &who, const std::string &channel, const std::string &locale) {
  const directory_turn one_at_a_time(*this);
  // Nobody who is signed in here does it, whoever that is.
  const auto of_the_service = make_call({.channel = channel, .locale = locale});
  auto id = known_user(*database_, who);
  auto person = data_->users.find(id.empty() ? who.login : id);
  if (id.empty() && person && !(who.email_verified && same_mail(who.email, person->email))) {
    throw failure(dms_refused, "The login \"" + who.login +
                                   "\" belongs to somebody here who has another e-mail. Ask your "
                                   "administrator.");
  }
  if (person && !person->active) {
    throw failure(dms_refused, "Your account is deactivated here. Ask your administrator.");
  }
  if (!person) {
    user made;
    made.id = who.login;
    made.locale = locale.starts_with("en") ? "en" : "de-AT";
    follow(who, data_->locations.all(), made);
    if (made.roles.empty()) throw failure(dms_refused, no_role);
    data_->users.add(made, random_hex(32));
    directory_changed();
    record({0, of_the_service->now_us(), {}, channel, "user.add", "user " + made.id, rights_of(made)});
    remember(*database_, who, made.id);
    return made.id;
  }
  auto now = *person;
  follow(who, data_->locations.all(), now);
  if (now.name != person->name || now.email != person->email || now.roles != person->roles ||
      now.locations != person->locations) {
    change_user(*of_the_service, now);
  }
  if (id.empty()) remember(*database_, who, person->id);
  if (now.roles.empty()) {
    // What the service took away is taken away here as well, also where somebody is signed in already.
    data_->sessions.close_all_of(now.id);
    throw failure(dms_refused, no_role);
  }
  return person->id;
}

}  // namespace dms::reference
