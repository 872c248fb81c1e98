#include "store/assignment_rows.hpp"

#include <algorithm>

#include "store/place_rules.hpp"

namespace lead_system::store {

namespace {

constexpr place_setting assignment_setting{"assignment_rule", "assignment"};

}  // namespace

std::string written_locations(std::vector<std::string> locations) {
  std::sort(locations.begin(), locations.end());
  std::string text;
  for (const auto &one : locations)
    text += (text.empty() ? "" : ", ") + (one.empty() ? std::string(without_location) : one);
  return text;
}

std::vector<assignment_rule> assignment_rows::rules() {
  return in_.inside().read([](connection &on) { return places_set(on, assignment_setting); });
}

bool assignment_rows::set(const std::string &type, std::vector<std::string> locations, const std::string *seen,
                          const std::string &actor, time_us at) {
  return in_.inside().write(
      [&](connection &on) { return set_places(on, assignment_setting, type, locations, seen, actor, at); });
}

std::vector<std::int64_t> assignment_rows::waiting(const assignment_rule &rule, int limit) {
  return in_.inside().read([&](connection &on) {
    return on.numbers(
        "SELECT id FROM lead WHERE is_open = 1 AND type = :a1 AND location = :a2 AND assignee = '' AND state = "
        "'received' AND created_at >= :a3 AND NOT EXISTS (SELECT 1 FROM lead_event WHERE lead_event.lead_id = lead.id "
        "AND lead_event.kind IN ('assigned', 'rejected')) ORDER BY created_at, id LIMIT :a4",
        {rule.type, rule.location, rule.since, limit});
  });
}

}  // namespace lead_system::store
