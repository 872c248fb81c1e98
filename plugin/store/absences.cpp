// absences.cpp - who is away, as people entered it and as the host told it.
#include <algorithm>
#include <tuple>

#include "store/database.hpp"
#include "store/fields.hpp"

namespace lead_system::store {

namespace {

constexpr auto new_absence_fields = fields_of<access::absence>(
    field("user_id", &access::absence::user), field("from_day", &access::absence::from),
    field("to_day", &access::absence::to), field("deputy", &access::absence::deputy),
    field("told", &access::absence::told), field("entered_by", &access::absence::entered_by));
constexpr auto absence_fields = fields_of<access::absence>(field("id", &access::absence::id)) + new_absence_fields;

std::vector<access::absence> read_absences(connection &on, const std::string &where, std::vector<value> values) {
  return absence_fields.all(on, "FROM absence WHERE " + where + " ORDER BY told, from_day, id", std::move(values));
}

std::vector<access::absence> absences_since(connection &on, const std::string &since) {
  return read_absences(on, "to_day >= :a1", {since});
}

/// The same, whichever row it stands in.
auto as_told(const access::absence &one) {
  return std::tie(one.user, one.from, one.to, one.deputy);
}

}  // namespace

std::vector<access::absence> store::absences(const std::string &since) {
  return inside_->read([&](connection &on) { return absences_since(on, since); });
}

std::vector<access::absence> transaction::absences(const std::string &since) {
  return absences_since(on_, since);
}

std::int64_t transaction::add_absence(const access::absence &one, time_us at) {
  static const auto sql = new_absence_fields.insert("absence", {"entered_at"}) + " RETURNING id";
  return on_.number(sql, new_absence_fields.values(one, at));
}

bool transaction::end_absence(std::int64_t id, const std::string &last_day) {
  if (on_.change("DELETE FROM absence WHERE id = :a1 AND from_day > :a2", {id, last_day}) == 1) return true;
  return on_.change("UPDATE absence SET to_day = :a1 WHERE id = :a2", {last_day, id}) == 1;
}

bool transaction::replace_told_absences(const std::vector<access::absence> &told, time_us at) {
  const auto known = read_absences(on_, "told = 1", {});
  auto wanted = told;
  const auto earlier = [](const auto &one, const auto &other) { return as_told(one) < as_told(other); };
  auto before = known;
  std::sort(before.begin(), before.end(), earlier);
  std::sort(wanted.begin(), wanted.end(), earlier);
  const bool same = std::equal(before.begin(), before.end(), wanted.begin(), wanted.end(),
                               [](const auto &one, const auto &other) { return as_told(one) == as_told(other); });
  if (same) return false;
  on_.change("DELETE FROM absence WHERE told = 1", {});
  for (auto &one : wanted) {
    one.told = true;
    add_absence(one, at);
  }
  return true;
}

}  // namespace lead_system::store
