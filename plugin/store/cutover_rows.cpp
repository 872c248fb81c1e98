#include "store/cutover_rows.hpp"

#include "store/database.hpp"
#include "store/fields.hpp"

namespace lead_system::store {

namespace {

constexpr auto new_list_fields =
    fields_of<old_list>(field("source", &old_list::source), field("user_id", &old_list::user),
                        field("name", &old_list::name), field("at", &old_list::at));
constexpr auto list_fields = fields_of<old_list>(field("id", &old_list::id)) + new_list_fields;

constexpr auto last_payload_fields = fields_of<source_activity>(
    field("at", &source_activity::last_payload), field("accepted", &source_activity::accepted),
    field("legacy", &source_activity::legacy), field("quarantined", &source_activity::quarantined));

}  // namespace

source_activity cutover_rows::activity_of(const std::string &source) {
  return in_.inside().read([&](connection &on) {
    auto found = last_payload_fields.first(on, "FROM import_run WHERE source = :a1 ORDER BY id DESC LIMIT 1", {source})
                     .value_or(source_activity{});
    // There is no index by source: a source that is silent so long has other troubles.
    auto &answer = on.run(
        "SELECT status, created_at, answered_at FROM (SELECT id, source, status, attempts, created_at, answered_at "
        "FROM "
        "feedback_message ORDER BY id DESC LIMIT 5000) AS newest WHERE source = :a1 AND attempts > 0 "
        "ORDER BY id DESC LIMIT 1",
        {source}, "tii");
    if (answer.next()) {
      found.feedback_status = answer.text(0);
      found.last_feedback = answer.number(2) != 0 ? answer.number(2) : answer.number(1);
    }
    return found;
  });
}

time_us cutover_rows::first_lead(const std::string &type) {
  return in_.inside().read([&](connection &on) {
    return on.number("SELECT created_at FROM lead WHERE type = :a1 ORDER BY created_at, id LIMIT 1", {type});
  });
}

time_us cutover_rows::turned_away(time_us since, const std::vector<std::string> &but) {
  return in_.inside().read([&](connection &on) {
    std::string others;
    std::vector<value> values{since};
    for (const auto &source : but) {
      values.emplace_back(source);
      others += " AND source <> :a" + std::to_string(values.size());
    }
    return on.number("SELECT at FROM import_run WHERE legacy > 0 AND at >= :a1" + others + " ORDER BY id DESC LIMIT 1",
                     std::move(values));
  });
}

std::int64_t cutover_rows::keep_list(const old_list &list) {
  std::int64_t id = 0;
  in_.inside().write([&](connection &on) {
    auto &row =
        on.run("INSERT INTO old_list (" + new_list_fields.columns() +
                   ", body, content) VALUES (:a1, :a2, :a3, :a4, '', " + as_bytes(":a5", on.kind()) + ") RETURNING id",
               new_list_fields.values(list, bytes{list.bytes}), "i");
    if (!row.next()) throw std::runtime_error("The database gave no number to a list.");
    id = row.number(0);
  });
  return id;
}

std::optional<old_list> cutover_rows::find_list(std::int64_t id) {
  return in_.inside().read([&](connection &on) -> std::optional<old_list> {
    auto &row = on.run("SELECT " + list_fields.columns() + ", content FROM old_list WHERE id = :a1", {id},
                       list_fields.kinds_with("t"));
    auto found = list_fields.first(row);
    if (found) found->bytes = uncarried(row.text(list_fields.count), on.kind());
    return found;
  });
}

std::vector<old_list> cutover_rows::lists() {
  return in_.inside().read(
      [](connection &on) { return list_fields.all(on, "FROM old_list ORDER BY id DESC LIMIT 50"); });
}

void cutover_rows::drop_list(std::int64_t id) {
  in_.inside().write([&](connection &on) { on.change("DELETE FROM old_list WHERE id = :a1", {id}); });
}

void cutover_rows::drop_lists_before(time_us at) {
  in_.inside().write([&](connection &on) { on.change("DELETE FROM old_list WHERE at < :a1", {at}); });
}

}  // namespace lead_system::store
