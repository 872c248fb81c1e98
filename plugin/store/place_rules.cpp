#include "store/place_rules.hpp"

#include <algorithm>

#include "store/fields.hpp"
#include "store/settings_history.hpp"

namespace lead_system::store {

namespace {

constexpr auto rule_fields =
    fields_of<assignment_rule>(field("type", &assignment_rule::type), field("location", &assignment_rule::location),
                               field("since", &assignment_rule::since));

}  // namespace

std::vector<assignment_rule> places_set(connection &on, const place_setting &what) {
  return rule_fields.all(on, std::string("FROM ") + what.table + " ORDER BY type, location");
}

bool set_places(connection &on, const place_setting &what, const std::string &type,
                const std::vector<std::string> &locations, const std::string *seen, const std::string &actor,
                time_us at) {
  const std::string table = what.table;
  std::vector<std::string> before;
  for (const auto &one : places_set(on, what)) {
    if (one.type == type) before.push_back(one.location);
  }
  const auto was = written_locations(before), is = written_locations(locations);
  if (seen != nullptr && *seen != was) return false;
  if (was == is) return true;
  for (const auto &one : before) {
    if (std::find(locations.begin(), locations.end(), one) != locations.end()) continue;
    on.change("DELETE FROM " + table + " WHERE type = :a1 AND location = :a2", {type, one});
  }
  for (const auto &one : locations) {
    on.change(rule_fields.insert(table) + " ON CONFLICT DO NOTHING", rule_fields.values({type, one, at}));
  }
  note(on, {0, at, actor, what.kind, type, was, is});
  return true;
}

}  // namespace lead_system::store
