// organisation.cpp - the host's directory documents as values.
#include "access/organisation.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string_view>
#include <tuple>
#include <utility>

#include "dms/cpp/json.hpp"

namespace lead_system::access {

namespace {

using json = nlohmann::json;

json parse_list(const std::string &text, const char *what) {
  auto document = dms::json_or_null(text);
  if (!document.is_array()) {
    throw dms::failure(dms_failed, std::string("The host's list of ") + what + " is not a JSON array.");
  }
  return document;
}

std::string text_of(const json &object, const char *name) {
  auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

bool flag_of(const json &object, const char *name, bool otherwise) {
  auto found = object.find(name);
  return found != object.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

std::vector<std::string> texts_of(const json &object, const char *name) {
  std::vector<std::string> result;
  auto found = object.find(name);
  if (found == object.end() || !found->is_array()) return result;
  for (const auto &item : *found) {
    if (item.is_string()) result.push_back(item.get<std::string>());
  }
  return result;
}

/// "08:30" → 510; -1 where it is not a time of day. 24:00 is the end of a day.
int minutes_of(const std::string &clock) {
  const auto colon = clock.find(':');
  if (colon == std::string::npos) return -1;
  int hours = -1, minutes = -1;
  std::from_chars(clock.data(), clock.data() + colon, hours);
  std::from_chars(clock.data() + colon + 1, clock.data() + clock.size(), minutes);
  const bool fits = hours >= 0 && hours <= 24 && minutes >= 0 && minutes < 60 && hours * 60 + minutes <= 24 * 60;
  return fits ? hours * 60 + minutes : -1;
}

/// First and last day of "1-5" or "6"; zeros for anything else.
std::pair<int, int> days_of(std::string_view text) {
  const auto day = [&](std::size_t at) { return text[at] >= '1' && text[at] <= '7' ? text[at] - '0' : 0; };
  if (text.size() == 1) return {day(0), day(0)};
  if (text.size() != 3 || text[1] != '-' || day(0) > day(2)) return {};
  return {day(0), day(2)};
}

/// Days as dms/ext/directory.h writes them, "1,3,6-7"; what is written otherwise is left out.
std::vector<opening_hours> hours_of(const json &object) {
  std::vector<opening_hours> result;
  auto found = object.find("opening_hours");
  if (found == object.end() || !found->is_array()) return result;
  for (const auto &item : *found) {
    if (!item.is_object()) continue;
    opening_hours hours;
    hours.from_minute = minutes_of(text_of(item, "from"));
    hours.to_minute = minutes_of(text_of(item, "to"));
    if (hours.from_minute < 0 || hours.to_minute <= hours.from_minute) continue;
    const auto days = text_of(item, "days");
    for (std::string_view rest = days; !rest.empty();) {
      const auto comma = rest.find(',');
      std::tie(hours.first_day, hours.last_day) = days_of(rest.substr(0, comma));
      if (hours.first_day != 0) result.push_back(hours);
      rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
  }
  return result;
}

template <typename Item>
const Item *find_by_id(const std::vector<Item> &items, std::string_view id) {
  auto found = std::find_if(items.begin(), items.end(), [&](const Item &item) { return item.id == id; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

bool user::has_role(std::string_view role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

const user *organisation::find_user(std::string_view id) const {
  return find_by_id(users, id);
}

const location *organisation::find_location(std::string_view id) const {
  return find_by_id(locations, id);
}

std::string organisation::user_name(const std::string &id) const {
  const auto *found = find_user(id);
  return found != nullptr && !found->name.empty() ? found->name : id;
}

std::string organisation::location_name(const std::string &id) const {
  const auto *found = find_location(id);
  return found != nullptr && !found->name.empty() ? found->name : id;
}

working_calendar organisation::calendar_of(const std::string &id) const {
  working_calendar result;
  result.holidays = holidays;
  if (const auto *found = find_location(id)) {
    if (!found->time_zone.empty()) result.time_zone = found->time_zone;
    result.region = found->region;
    if (!found->hours.empty()) result.hours.clear();
    for (const auto &hours : found->hours) {
      result.hours.push_back({hours.first_day, hours.last_day, hours.from_minute, hours.to_minute});
    }
  }
  return result;
}

std::vector<std::string> organisation::active_users() const {
  std::vector<std::string> result;
  for (const auto &one : users) {
    if (one.active) result.push_back(one.id);
  }
  return result;
}

std::vector<std::string> organisation::open_locations() const {
  std::vector<std::string> result;
  for (const auto &one : locations) {
    if (one.open) result.push_back(one.id);
  }
  return result;
}

organisation parse_organisation(const std::string &users, const std::string &locations) {
  organisation result;
  for (const auto &item : parse_list(users, "users")) {
    if (!item.is_object() || text_of(item, "id").empty()) continue;
    result.users.push_back({text_of(item, "id"), text_of(item, "name"), text_of(item, "email"), text_of(item, "phone"),
                            flag_of(item, "active", true), texts_of(item, "roles"), texts_of(item, "locations")});
  }
  for (const auto &item : parse_list(locations, "locations")) {
    if (!item.is_object() || text_of(item, "id").empty()) continue;
    result.locations.push_back({text_of(item, "id"), text_of(item, "name"), text_of(item, "city"),
                                text_of(item, "time_zone"), text_of(item, "region"), flag_of(item, "open", true),
                                hours_of(item)});
  }
  return result;
}

std::shared_ptr<const organisation> organisation_source::now() const {
  const std::lock_guard lock(mutex_);
  // Asked first: a change that comes between is then seen at the next call, never missed.
  const auto generation = directory_.generation();
  if (!known_ || generation != generation_) {
    auto fresh = parse_organisation(directory_.users(), directory_.locations());
    fresh.holidays = known_ ? known_->holidays : holiday_table::austria();
    known_ = std::make_shared<const organisation>(std::move(fresh));
    generation_ = generation;
  }
  return known_;
}

std::vector<std::string> people_with_all(const std::vector<grant> &grants, const organisation &people) {
  std::vector<std::string> result;
  for (const auto &one : grants) {
    const auto *user = people.find_user(one.user);
    const bool meant = one.reach == scope::all && user != nullptr && user->active && !user->has_role("admin");
    if (meant && std::find(result.begin(), result.end(), one.user) == result.end()) result.push_back(one.user);
  }
  return result;
}

}  // namespace lead_system::access
