#include "store/place_rules.hpp"

#include <algorithm>

namespace lead_system::store {

std::vector<assignment_rule> places_set(connection &on, const place_setting &what) {
  std::vector<assignment_rule> result;
  auto &rows =
      on.run(std::string("SELECT type, location, since FROM ") + what.table + " ORDER BY type, location", {}, "tti");
  while (rows.next()) result.push_back({rows.text(0), rows.text(1), rows.number(2)});
  return result;
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
    on.change("INSERT INTO " + table + " (type, location, since) VALUES (:a1, :a2, :a3) ON CONFLICT DO NOTHING",
              {type, one, at});
  }
  on.change("INSERT INTO settings_change (at, actor, kind, subject, was, is_now) VALUES (:a1, :a2, :a3, :a4, :a5, :a6)",
            {at, actor, std::string(what.kind), type, was, is});
  return true;
}

}  // namespace lead_system::store
