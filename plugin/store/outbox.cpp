#include "store/outbox.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace lead_system::store {

namespace {

constexpr std::array<std::string_view, 5> status_keys{"waiting", "acknowledged", "rejected", "failed", "given_up"};

const std::string message_columns =
    "id, lead_id, message_id, source, external_id, cause, status_code, reason_code, body, created_at, next_attempt_at, "
    "answered_at, status, attempts, answer";
constexpr std::string_view message_kinds = "iitttttttiiitit";
constexpr int most_rows = 500;

feedback_message read_message(const statement &row) {
  feedback_message one;
  one.id = row.number(0);
  one.lead_id = row.number(1);
  one.message_id = row.text(2);
  one.source = row.text(3);
  one.external_id = row.text(4);
  one.cause = state_from(row.text(5)).value_or(lead_state::received);
  one.status_code = row.text(6);
  one.reason_code = row.text(7);
  one.body = row.text(8);
  one.created_at = row.number(9);
  one.next_attempt_at = row.number(10);
  one.answered_at = row.number(11);
  one.status = feedback_status_from(row.text(12));
  one.attempts = row.small(13);
  one.answer = row.text(14);
  return one;
}

std::vector<feedback_message> read_messages(statement &rows) {
  std::vector<feedback_message> result;
  while (rows.next()) result.push_back(read_message(rows));
  return result;
}

std::int64_t before_or_end(std::int64_t before) {
  return before > 0 ? before : std::numeric_limits<std::int64_t>::max();
}

}  // namespace

std::string_view key(feedback_status status) noexcept {
  return status_keys[static_cast<std::size_t>(status)];
}

feedback_status feedback_status_from(std::string_view key) noexcept {
  const auto found = std::find(status_keys.begin(), status_keys.end(), key);
  // An unknown one comes from a newer plugin in a rolling upgrade: leave it alone.
  return found == status_keys.end() ? feedback_status::given_up
                                    : static_cast<feedback_status>(found - status_keys.begin());
}

void queue_feedback(connection &on, const feedback_message &message) {
  static const std::string columns =
      "lead_id, message_id, source, external_id, cause, status_code, reason_code, body, created_at, next_attempt_at, "
      "answered_at, status, attempts, answer, lease_owner, lease_until";
  on.into(bulk_table::feedback_message, columns)
      .add({message.lead_id, message.message_id, message.source, message.external_id, lead_system::key(message.cause),
            message.status_code, message.reason_code, message.body, message.created_at, message.next_attempt_at,
            message.answered_at, key(message.status), message.attempts, message.answer, "", 0});
}

bool requeue_feedback(connection &on, std::int64_t id, time_us at) {
  return on.change(
             "UPDATE feedback_message SET status = 'waiting', next_attempt_at = :a1, answered_at = 0, lease_owner = "
             "'', lease_until = 0 WHERE id = :a2 AND status <> 'acknowledged' AND lease_until <= :a3 AND body <> ''",
             {at, id, at}) == 1;
}

std::vector<feedback_message> lease_feedback(connection &on, int limit, time_us now, time_us lease_us,
                                             const std::string &owner) {
  // Order per lead: a message waits for the older ones of its lead. These are found by their lead: the expression keeps
  // planners from walking through all that waits.
  const auto sql =
      "SELECT " + message_columns +
      " FROM feedback_message WHERE status = 'waiting' AND next_attempt_at <= :a1 AND lease_until <= :a2 AND NOT "
      "EXISTS "
      "(SELECT 1 FROM feedback_message older WHERE older.lead_id = feedback_message.lead_id AND older.id < "
      "feedback_message.id AND older.status || '' = 'waiting') ORDER BY next_attempt_at, id LIMIT :a3" +
      std::string(skip_locked(on.kind()));
  auto result = read_messages(on.run(sql, {now, now, std::clamp(limit, 1, most_rows)}, message_kinds));
  for (const auto &one : result) {
    on.change("UPDATE feedback_message SET lease_owner = :a1, lease_until = :a2 WHERE id = :a3",
              {owner, now + lease_us, one.id});
  }
  return result;
}

bool settle_feedback(connection &on, const feedback_message &message, const std::string &owner) {
  return on.change(
             "UPDATE feedback_message SET status = :a1, attempts = :a2, next_attempt_at = :a3, answered_at = :a4, "
             "answer "
             "= :a5, lease_owner = '', lease_until = 0 WHERE id = :a6 AND lease_owner = :a7 AND status = 'waiting'",
             {std::string(key(message.status)), message.attempts, message.next_attempt_at, message.answered_at,
              message.answer, message.id, owner}) == 1;
}

store::feedback_counts count_feedback(connection &on) {
  store::feedback_counts result;
  auto &rows = on.run(
      "SELECT status, COUNT(*) FROM feedback_message WHERE status IN ('waiting', 'rejected', 'failed') GROUP BY status",
      {}, "ti");
  while (rows.next()) {
    if (rows.text(0) == "waiting") result.waiting = rows.number(1);
    if (rows.text(0) == "rejected") result.rejected = rows.number(1);
    if (rows.text(0) == "failed") result.failed = rows.number(1);
  }
  return result;
}

std::vector<feedback_message> feedback_of(connection &on, std::int64_t lead_id) {
  return read_messages(on.run("SELECT " + message_columns + " FROM feedback_message WHERE lead_id = :a1 ORDER BY id",
                              {lead_id}, message_kinds));
}

std::vector<feedback_message> feedback_log(connection &on, const std::string &status, std::int64_t before, int limit) {
  const auto rows = std::clamp(limit, 1, most_rows);
  if (status.empty()) {
    return read_messages(
        on.run("SELECT " + message_columns + " FROM feedback_message WHERE id < :a1 ORDER BY id DESC LIMIT :a2",
               {before_or_end(before), rows}, message_kinds));
  }
  return read_messages(on.run(
      "SELECT " + message_columns + " FROM feedback_message WHERE status = :a1 AND id < :a2 ORDER BY id DESC LIMIT :a3",
      {status == "pending" ? "waiting" : status, before_or_end(before), rows}, message_kinds));
}

std::optional<feedback_message> find_feedback(connection &on, std::int64_t id) {
  auto &rows = on.run("SELECT " + message_columns + " FROM feedback_message WHERE id = :a1", {id}, message_kinds);
  if (!rows.next()) return std::nullopt;
  return read_message(rows);
}

bool take_lease(connection &on, const std::string &name, const std::string &owner, time_us now, time_us for_us) {
  return on.change(
             "INSERT INTO lease (name, owner, lease_until) VALUES (:a1, :a2, :a3) ON CONFLICT (name) DO UPDATE SET "
             "owner = "
             "excluded.owner, lease_until = excluded.lease_until WHERE lease.lease_until <= :a4 OR lease.owner = "
             "excluded.owner",
             {name, owner, now + for_us, now}) == 1;
}

}  // namespace lead_system::store
