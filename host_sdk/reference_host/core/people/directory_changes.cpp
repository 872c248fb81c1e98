// Who works here and where, changed: one at a time, with the questions to plugins before and the news to them after.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "reference_host/core/people/directory_turn.hpp"
#include "reference_host/core/plugins/handover.hpp"

namespace dms::reference {
namespace {

std::string user_data(const std::string &user) {
  return nlohmann::json{{"user", user}}.dump();
}

/// Whether somebody else is administrator and may sign in.
bool others_administer(const std::vector<user> &everybody, const std::string &but_not) {
  return std::ranges::any_of(
      everybody, [&](const auto &other) { return other.active && other.id != but_not && other.has_role("admin"); });
}

[[noreturn]] void refuse_last_administrator(const user &person) {
  throw failure(dms_refused, "\"" + person.name + "\" is the last administrator; name another one first.");
}

/// "name, roles manager, locations wien": what is other than before, never what a person's data were.
std::string changes_of(const user &before, const user &after) {
  std::string text;
  const auto add = [&](const std::string &what) { text += (text.empty() ? "" : ", ") + what; };
  if (before.name != after.name) add("name");
  if (before.email != after.email) add("e-mail");
  if (before.phone != after.phone) add("phone");
  if (before.roles != after.roles || before.locations != after.locations) add(rights_of(after));
  return text;
}

}  // namespace

std::string host::deactivate_user(const owned_call &call, const std::string &user, const std::string &hand_over_to) {
  const directory_turn one_at_a_time(*this);
  const auto person = data_->users.find(user);
  if (!person) throw failure(dms_not_found, "There is no user \"" + user + "\".");
  std::string said;
  const auto hand_over = [&] {
    if (!hand_over_to.empty()) said = hand_work_over(*this, call, "user", user, hand_over_to);
  };
  if (!person->active) {
    hand_over();
    return said;
  }
  if (person->has_role("admin") && !others_administer(data_->users.all(), user)) refuse_last_administrator(*person);
  // First: what he leaves behind may be why somebody objects.
  hand_over();
  ask_after(said, call, "user.deactivating", user_data(user));
  data_->users.set_active(user, false);
  data_->sessions.close_all_of(user);
  directory_changed();
  record({0, call.now_us(), call.user(), call.channel(), "user.deactivate", "user " + user, {}});
  tell(call, "user.deactivated", user_data(user));
  return said;
}

void host::activate_user(const owned_call &call, const std::string &user) {
  const directory_turn one_at_a_time(*this);
  data_->users.set_active(user, true);
  directory_changed();
  record({0, call.now_us(), call.user(), call.channel(), "user.activate", "user " + user, {}});
  tell(call, "user.activated", user_data(user));
}

std::string host::close_location(const owned_call &call, const std::string &location, const std::string &hand_over_to) {
  const directory_turn one_at_a_time(*this);
  const auto place = data_->locations.find(location);
  if (!place) throw failure(dms_not_found, "There is no location \"" + location + "\".");
  std::string said;
  if (!hand_over_to.empty()) said = hand_work_over(*this, call, "location", location, hand_over_to);
  if (!place->open) return said;
  const auto about = nlohmann::json{{"location", location}}.dump();
  ask_after(said, call, "location.closing", about);
  data_->locations.set_open(location, false);
  directory_changed();
  record({0, call.now_us(), call.user(), call.channel(), "location.close", "location " + location, {}});
  tell(call, "location.closed", about);
  return said;
}

void host::open_location(const owned_call &call, const std::string &location) {
  const directory_turn one_at_a_time(*this);
  data_->locations.set_open(location, true);
  directory_changed();
  record({0, call.now_us(), call.user(), call.channel(), "location.open", "location " + location, {}});
  tell(call, "location.opened", nlohmann::json{{"location", location}}.dump());
}

void host::change_user(const owned_call &call, const user &to) {
  const directory_turn one_at_a_time(*this);
  const auto before = data_->users.find(to.id);
  if (!before) throw failure(dms_not_found, "There is no user \"" + to.id + "\".");
  const bool stops = before->active && before->has_role("admin") && !to.has_role("admin");
  if (stops && !others_administer(data_->users.all(), to.id)) refuse_last_administrator(*before);
  data_->users.change(to);
  directory_changed();
  record({0, call.now_us(), call.user(), call.channel(), "user.change", "user " + to.id, changes_of(*before, to)});
}

void host::add_location(const owned_call &call, const location &item) {
  const directory_turn one_at_a_time(*this);
  data_->locations.add(item);
  directory_changed();
  record({0, call.now_us(), call.user(), call.channel(), "location.add", "location " + item.id, {}});
}

void host::change_location(const owned_call &call, const location &to) {
  const directory_turn one_at_a_time(*this);
  data_->locations.change(to);
  directory_changed();
  record({0, call.now_us(), call.user(), call.channel(), "location.change", "location " + to.id, {}});
}

}  // namespace dms::reference
