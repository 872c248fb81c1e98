#include "store/cutover_rows.hpp"

#include "dms/cpp/encoding.hpp"
#include "store/database.hpp"

namespace lead_system::store {

source_activity cutover_rows::activity_of(const std::string &source) {
  return in_.inside().read([&](connection &on) {
    source_activity found;
    auto &run =
        on.run("SELECT at, accepted, legacy, quarantined FROM import_run WHERE source = :a1 ORDER BY id DESC LIMIT 1",
               {source}, "iiii");
    if (run.next()) found = {run.number(0), run.small(1), run.small(2), run.small(3), 0, {}};
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
    auto &row = on.run("SELECT created_at FROM lead WHERE type = :a1 ORDER BY created_at, id LIMIT 1", {type}, "i");
    return row.next() ? row.number(0) : 0;
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
    auto &row =
        on.run("SELECT at FROM import_run WHERE legacy > 0 AND at >= :a1" + others + " ORDER BY id DESC LIMIT 1",
               std::move(values), "i");
    return row.next() ? row.number(0) : 0;
  });
}

std::int64_t cutover_rows::keep_list(const old_list &list) {
  std::int64_t id = 0;
  in_.inside().write([&](connection &on) {
    auto &row =
        on.run("INSERT INTO old_list (source, user_id, name, at, body) VALUES (:a1, :a2, :a3, :a4, :a5) RETURNING id",
               {list.source, list.user, list.name, list.at, dms::base64(list.bytes)}, "i");
    if (!row.next()) throw std::runtime_error("The database gave no number to a list.");
    id = row.number(0);
  });
  return id;
}

std::optional<old_list> cutover_rows::find_list(std::int64_t id) {
  return in_.inside().read([&](connection &on) -> std::optional<old_list> {
    auto &row = on.run("SELECT id, source, user_id, name, at, body FROM old_list WHERE id = :a1", {id}, "itttit");
    if (!row.next()) return std::nullopt;
    return old_list{row.number(0), row.text(1),   row.text(2),
                    row.text(3),   row.number(4), dms::from_base64(row.text(5)).value_or(std::string{})};
  });
}

std::vector<old_list> cutover_rows::lists() {
  return in_.inside().read([](connection &on) {
    std::vector<old_list> result;
    auto &rows = on.run("SELECT id, source, user_id, name, at FROM old_list ORDER BY id DESC LIMIT 50", {}, "ittti");
    while (rows.next()) {
      result.push_back({rows.number(0), rows.text(1), rows.text(2), rows.text(3), rows.number(4), {}});
    }
    return result;
  });
}

void cutover_rows::drop_list(std::int64_t id) {
  in_.inside().write([&](connection &on) { on.change("DELETE FROM old_list WHERE id = :a1", {id}); });
}

void cutover_rows::drop_lists_before(time_us at) {
  in_.inside().write([&](connection &on) { on.change("DELETE FROM old_list WHERE at < :a1", {at}); });
}

}  // namespace lead_system::store
