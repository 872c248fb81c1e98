#include "store/saved_filters.hpp"

namespace lead_system::store {

std::vector<saved_filter> saved_filters(connection &on, const std::string &user) {
  std::vector<saved_filter> result;
  auto &rows = on.run("SELECT name, query FROM saved_filter WHERE user_id = :a1 ORDER BY name", {user}, "tt");
  while (rows.next()) result.push_back({rows.text(0), rows.text(1)});
  return result;
}

void save_filter(connection &on, const std::string &user, const saved_filter &filter) {
  on.change(
      "INSERT INTO saved_filter (user_id, name, query) VALUES (:a1, :a2, :a3) ON CONFLICT (user_id, name) DO UPDATE "
      "SET query = excluded.query",
      {user, filter.name, filter.query});
}

bool forget_filter(connection &on, const std::string &user, const std::string &name) {
  return on.change("DELETE FROM saved_filter WHERE user_id = :a1 AND name = :a2", {user, name}) == 1;
}

}  // namespace lead_system::store
