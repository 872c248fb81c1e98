#include "store/saved_filters.hpp"

#include "store/database.hpp"
#include "store/fields.hpp"

namespace lead_system::store {

namespace {

constexpr auto filter_fields =
    fields_of<saved_filter>(field("name", &saved_filter::name), field("query", &saved_filter::query));

std::vector<saved_filter> filters_of(connection &on, const std::string &user) {
  return filter_fields.all(on, "FROM saved_filter WHERE user_id = :a1 ORDER BY name", {user});
}

}  // namespace

std::vector<saved_filter> store::saved_filters(const std::string &user) {
  return inside_->read([&](connection &on) { return filters_of(on, user); });
}

bool transaction::save_filter(const std::string &user, const saved_filter &filter, std::size_t most) {
  const auto known = filters_of(on_, user);
  const bool again = std::any_of(known.begin(), known.end(), [&](const auto &it) { return it.name == filter.name; });
  if (!again && known.size() >= most) return false;
  on_.change(filter_fields.insert("saved_filter", {"user_id"}) +
                 " ON CONFLICT (user_id, name) DO UPDATE SET query = excluded.query",
             filter_fields.values(filter, user));
  return true;
}

bool drop_filter(connection &on, const std::string &user, const std::string &name) {
  return on.change("DELETE FROM saved_filter WHERE user_id = :a1 AND name = :a2", {user, name}) == 1;
}

bool transaction::forget_filter(const std::string &user, const std::string &name) {
  return drop_filter(on_, user, name);
}

}  // namespace lead_system::store
