#include "store/assignment_rows.hpp"

#include <algorithm>

#include "store/database.hpp"

namespace lead_system::store {

namespace {

std::vector<assignment_rule> read_rules(connection &on) {
  std::vector<assignment_rule> result;
  auto &rows = on.run("SELECT type, location, since FROM assignment_rule ORDER BY type, location", {}, "tti");
  while (rows.next()) result.push_back({rows.text(0), rows.text(1), rows.number(2)});
  return result;
}

}  // namespace

std::string written_locations(std::vector<std::string> locations) {
  std::sort(locations.begin(), locations.end());
  std::string text;
  for (const auto &one : locations)
    text += (text.empty() ? "" : ", ") + (one.empty() ? std::string(without_location) : one);
  return text;
}

std::vector<assignment_rule> assignment_rows::rules() {
  return in_.inside().read([](connection &on) { return read_rules(on); });
}

bool assignment_rows::set(const std::string &type, std::vector<std::string> locations, const std::string *seen,
                          const std::string &actor, time_us at) {
  return in_.inside().write([&](connection &on) {
    std::vector<std::string> before;
    for (const auto &one : read_rules(on)) {
      if (one.type == type) before.push_back(one.location);
    }
    const auto was = written_locations(before), is = written_locations(locations);
    if (seen != nullptr && *seen != was) return false;
    if (was == is) return true;
    for (const auto &one : before) {
      if (std::find(locations.begin(), locations.end(), one) != locations.end()) continue;
      on.change("DELETE FROM assignment_rule WHERE type = :a1 AND location = :a2", {type, one});
    }
    for (const auto &one : locations) {
      on.change("INSERT INTO assignment_rule (type, location, since) VALUES (:a1, :a2, :a3) ON CONFLICT DO NOTHING",
                {type, one, at});
    }
    on.change(
        "INSERT INTO settings_change (at, actor, kind, subject, was, is_now) VALUES (:a1, :a2, :a3, :a4, :a5, :a6)",
        {at, actor, std::string("assignment"), type, was, is});
    return true;
  });
}

std::vector<std::int64_t> assignment_rows::waiting(const assignment_rule &rule, int limit) {
  return in_.inside().read([&](connection &on) {
    std::vector<std::int64_t> result;
    auto &rows = on.run(
        "SELECT id FROM lead WHERE is_open = 1 AND type = :a1 AND location = :a2 AND assignee = '' AND state = "
        "'received' AND created_at >= :a3 AND NOT EXISTS (SELECT 1 FROM lead_event WHERE lead_event.lead_id = lead.id "
        "AND lead_event.kind IN ('assigned', 'rejected')) ORDER BY created_at, id LIMIT :a4",
        {rule.type, rule.location, rule.since, limit}, "i");
    while (rows.next()) result.push_back(rows.number(0));
    return result;
  });
}

}  // namespace lead_system::store
