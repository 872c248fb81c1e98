// outbox.cpp - feedback messages on their way to the manufacturer.
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "store/database.hpp"
#include "store/fields.hpp"

namespace lead_system::store {

namespace {

constexpr std::array<std::string_view, 5> status_keys{"waiting", "acknowledged", "rejected", "failed", "given_up"};

/// What is sent for what, and how far that is.
constexpr auto message_contents = fields_of<feedback_message>(
    field("lead_id", &feedback_message::lead_id), field("message_id", &feedback_message::message_id),
    field("source", &feedback_message::source), field("external_id", &feedback_message::external_id),
    field("cause", &feedback_message::cause), field("status_code", &feedback_message::status_code),
    field("reason_code", &feedback_message::reason_code), field("body", &feedback_message::body),
    field("created_at", &feedback_message::created_at));
constexpr auto message_progress = fields_of<feedback_message>(
    field("status", &feedback_message::status), field("attempts", &feedback_message::attempts),
    field("next_attempt_at", &feedback_message::next_attempt_at), field("answered_at", &feedback_message::answered_at),
    field("answer", &feedback_message::answer));
constexpr auto message_fields = fields_of<feedback_message>(field("id", &feedback_message::id)) + message_contents +
                                message_progress +
                                fields_of<feedback_message>(field("decided_by", &feedback_message::decided_by),
                                                            field("decision", &feedback_message::decision));

/// What waits behind a message and was never tried does not go before it: it is not looked at in vain.
void hold_followers(connection &on, const feedback_message &message) {
  on.change(
      "UPDATE feedback_message SET next_attempt_at = :a1 WHERE lead_id = :a2 AND id > :a3 AND status = 'waiting' AND "
      "attempts = 0 AND next_attempt_at < :a4",
      {message.next_attempt_at, message.lead_id, message.id, message.next_attempt_at});
}

/// The way is free for what was held.
void free_followers(connection &on, std::int64_t lead_id, std::int64_t id, time_us now) {
  on.change(
      "UPDATE feedback_message SET next_attempt_at = :a1 WHERE lead_id = :a2 AND id > :a3 AND status = 'waiting' AND "
      "attempts = 0 AND next_attempt_at > :a4",
      {now, lead_id, id, now});
}

void add_count(store::feedback_counts &to, const std::string &status, std::int64_t count) {
  if (status == "waiting") to.waiting = count;
  if (status == "rejected") to.rejected = count;
  if (status == "failed") to.failed = count;
}

/// A lead's number, a message's id, or the beginning of the manufacturer's id, each by its index.
std::string ids_by_text(const feedback_query &query, arguments &in) {
  constexpr std::string_view last_character = "\xF4\x8F\xBF\xBF";  // U+10FFFF
  auto sql = "SELECT id FROM feedback_message WHERE message_id = " + in.text(query.text);
  std::int64_t number = 0;
  const auto *end = query.text.data() + query.text.size();
  if (std::from_chars(query.text.data(), end, number).ptr == end) {
    sql += " UNION SELECT id FROM feedback_message WHERE lead_id = " + in.number(number);
  }
  if (const auto &sources = query.source.empty() ? query.sources : std::vector{query.source}; !sources.empty()) {
    sql += " UNION SELECT id FROM feedback_message WHERE lead_id IN (SELECT id FROM lead WHERE source IN (" +
           in.texts(sources) + ") AND external_id >= " + in.text(query.text) + " AND external_id < " +
           in.text(query.text + std::string(last_character)) + ")";
  }
  return sql;
}

std::int64_t before_or_end(std::int64_t before) {
  return before > 0 ? before : std::numeric_limits<std::int64_t>::max();
}

std::optional<feedback_message> message_with(connection &on, std::int64_t id) {
  return message_fields.first(on, "FROM feedback_message WHERE id = :a1", {id});
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

void transaction::queue_feedback(const feedback_message &message) {
  static constexpr auto queued = message_contents + message_progress;
  static const auto columns = queued.columns() + ", lease_owner, lease_until";
  on_.into(bulk_table::feedback_message, columns).add(queued.cells(message, "", 0));
}

void transaction::hold_feedback(std::int64_t lead_id, time_us queued_at, time_us until) {
  on_.change(
      "UPDATE feedback_message SET next_attempt_at = :a1 WHERE lead_id = :a2 AND created_at = :a3 AND status = "
      "'waiting' AND attempts = 0 AND next_attempt_at < :a4",
      {until, lead_id, queued_at, until});
}

bool transaction::requeue_feedback(std::int64_t id, const std::string &actor, time_us at) {
  // One that was tried to the end begins again with short pauses.
  const bool queued =
      on_.change(
          "UPDATE feedback_message SET attempts = CASE WHEN status = 'waiting' THEN attempts ELSE 0 END, decided_by = "
          "CASE WHEN status = 'waiting' THEN decided_by ELSE CAST(:a1 AS TEXT) END, decision = '', status = 'waiting', "
          "next_attempt_at = :a2, answered_at = 0, lease_owner = '', lease_until = 0 WHERE id = :a3 AND status <> "
          "'acknowledged' AND lease_until <= :a4 AND body <> ''",
          {actor, at, id, at}) == 1;
  if (!queued) return false;
  // It cannot go before the older ones of its lead.
  on_.change(
      "UPDATE feedback_message SET next_attempt_at = :a1 WHERE lead_id = (SELECT lead_id FROM feedback_message WHERE "
      "id "
      "= :a2) AND id < :a3 AND status = 'waiting' AND lease_until <= :a4",
      {at, id, id, at});
  return true;
}

bool transaction::give_up_feedback(std::int64_t id, const std::string &actor, const std::string &why, time_us at) {
  const bool given_up =
      on_.change(
          "UPDATE feedback_message SET status = 'given_up', decided_by = :a1, decision = :a2, answered_at = :a3, "
          "lease_owner = '', lease_until = 0 WHERE id = :a4 AND status IN ('waiting', 'rejected', 'failed') AND "
          "lease_until <= :a5",
          {actor, why, at, id, at}) == 1;
  if (given_up) {
    if (const auto message = message_with(on_, id)) free_followers(on_, message->lead_id, id, at);
  }
  return given_up;
}

std::vector<std::string> store::sources_with_feedback(time_us now) {
  inside_->mend_clock_jumps(now);
  return inside_->read([&](connection &on) {
    // From one source to the next in the index, however many messages each has.
    return on.texts(
        "WITH RECURSIVE waiting (source) AS (SELECT MIN(source) FROM feedback_message WHERE status = 'waiting' UNION "
        "ALL SELECT (SELECT MIN(source) FROM feedback_message WHERE status = 'waiting' AND source > waiting.source) "
        "FROM waiting WHERE waiting.source IS NOT NULL) SELECT source FROM waiting WHERE source IS NOT NULL AND EXISTS "
        "(SELECT 1 FROM feedback_message due WHERE due.status = 'waiting' AND due.source = waiting.source AND "
        "due.next_attempt_at <= :a1)",
        {now});
  });
}

std::vector<feedback_message> store::lease_feedback(const std::string &source, int limit, time_us now, time_us lease_us,
                                                    const std::string &owner) {
  return inside_->write([&](connection &on) {
    // Order per lead: a message waits for the older ones of its lead. These are found by their lead: the expression
    // keeps planners from walking through all that waits.
    const auto sql = "SELECT " + message_fields.columns() +
                     " FROM feedback_message WHERE status = 'waiting' AND source = :a1 AND next_attempt_at <= :a2 AND "
                     "lease_until <= :a3 AND NOT EXISTS (SELECT 1 FROM feedback_message older WHERE older.lead_id = "
                     "feedback_message.lead_id AND older.id < feedback_message.id AND older.status || '' = 'waiting') "
                     "ORDER BY next_attempt_at, id LIMIT :a4" +
                     std::string(skip_locked(on.kind()));
    auto result =
        message_fields.all(on.run(sql, {source, now, now, std::clamp(limit, 1, most_rows)}, message_fields.kinds()));
    for (const auto &one : result) {
      on.change("UPDATE feedback_message SET lease_owner = :a1, lease_until = :a2 WHERE id = :a3",
                {owner, now + lease_us, one.id});
    }
    return result;
  });
}

void store::renew_feedback_leases(const std::string &owner, time_us until) {
  inside_->write([&](connection &on) {
    on.change(
        "UPDATE feedback_message SET lease_until = :a1 WHERE lease_owner = :a2 AND status = 'waiting' AND lease_until "
        "> "
        "0",
        {until, owner});
  });
}

bool store::settle_feedback(const feedback_message &message, const std::string &owner, time_us now) {
  return inside_->write([&](connection &on) {
    const bool settled =
        on.change("UPDATE feedback_message SET " + message_progress.assignments() +
                      ", lease_owner = '', lease_until = 0 WHERE id = :a6 AND lease_owner = :a7 AND status = 'waiting'",
                  message_progress.values(message, message.id, owner)) == 1;
    if (settled && message.status == feedback_status::waiting) {
      hold_followers(on, message);
    } else if (settled) {
      free_followers(on, message.lead_id, message.id, now);
    }
    return settled;
  });
}

store::feedback_counts store::count_feedback() {
  return inside_->read([&](connection &on) {
    store::feedback_counts result;
    auto &rows = on.run(
        "SELECT status, COUNT(*) FROM feedback_message WHERE status IN ('waiting', 'rejected', 'failed') GROUP BY "
        "status",
        {}, "ti");
    while (rows.next()) add_count(result, rows.text(0), rows.number(1));
    return result;
  });
}

std::map<std::string, store::feedback_counts> store::count_feedback_by_source() {
  return inside_->read([&](connection &on) {
    std::map<std::string, store::feedback_counts> result;
    auto &rows = on.run(
        "SELECT source, status, COUNT(*) FROM feedback_message WHERE status IN ('rejected', 'failed') GROUP BY source, "
        "status",
        {}, "tti");
    while (rows.next()) add_count(result[rows.text(0)], rows.text(1), rows.number(2));
    return result;
  });
}

std::vector<feedback_message> store::feedback_of(std::int64_t lead_id) {
  return inside_->read([&](connection &on) {
    return message_fields.all(on, "FROM feedback_message WHERE lead_id = :a1 ORDER BY id", {lead_id});
  });
}

std::vector<feedback_message> store::feedback_log(const feedback_query &query) {
  return inside_->read([&](connection &on) {
    arguments in;
    // A source alone is not looked up in an index: those who send have many messages, and the newest are wanted.
    auto sql = "SELECT " + message_fields.columns() + " FROM feedback_message WHERE id < " +
               in.number(before_or_end(query.before));
    if (!query.status.empty()) sql += " AND status = " + in.text(query.status);
    if (!query.source.empty()) sql += " AND source = " + in.text(query.source);
    if (!query.text.empty()) sql += " AND id IN (" + ids_by_text(query, in) + ")";
    sql += " ORDER BY id DESC LIMIT " + in.number(std::clamp(query.limit, 1, most_rows + 1));
    statement rows(on.session(), sql, in, message_fields.kinds());
    rows.execute();
    return message_fields.all(rows);
  });
}

std::vector<feedback_message> transaction::feedback_to_resend(const std::string &source, feedback_status status,
                                                              std::int64_t after, int limit) {
  return message_fields.all(on_,
                            "FROM feedback_message WHERE status = :a1 AND source = :a2 AND id > :a3 AND body <> "
                            "'' AND NOT EXISTS (SELECT 1 FROM feedback_message later WHERE later.lead_id = "
                            "feedback_message.lead_id AND later.id > feedback_message.id AND later.status || '' "
                            "= 'acknowledged') ORDER BY id LIMIT :a4",
                            {std::string(key(status)), source, after, std::clamp(limit, 1, most_rows)});
}

std::optional<feedback_message> store::find_feedback(std::int64_t id) {
  return inside_->read([&](connection &on) { return message_with(on, id); });
}

std::optional<feedback_message> transaction::find_feedback(std::int64_t id) {
  return message_with(on_, id);
}

}  // namespace lead_system::store
