// notices.cpp - reminders and escalations: which leads are due, and who has still to be told.
#include "store/database.hpp"
#include "store/fields.hpp"
#include "store/lead_rows.hpp"

namespace lead_system::store {

namespace {

/// All that waits unbound for somebody; the newest row names the batch.
constexpr auto fresh_batch_fields =
    fields_of<notice_batch>(field("MAX(id)", &notice_batch::id), field("user_id", &notice_batch::user),
                            field("channel", &notice_batch::channel));
constexpr auto batch_fields =
    fields_of<notice_batch>(field("notice.batch", &notice_batch::id), field("user_id", &notice_batch::user),
                            field("channel", &notice_batch::channel), field("attempts", &notice_batch::attempts));
/// Of an event what is told of it.
constexpr auto told_event_fields = fields_of<lead_event>(
    field("lead_event.id", &lead_event::id), field("lead_event.lead_id", &lead_event::lead_id),
    field("at", &lead_event::at), field("kind", &lead_event::kind), field("data", &lead_event::data));

}  // namespace

std::vector<std::int64_t> store::leads_to_notify(time_us now, int limit) {
  return inside_->read([&](connection &on) {
    return on.numbers("SELECT id FROM lead WHERE notice_at <> 0 AND notice_at <= :a1 ORDER BY notice_at, id LIMIT :a2",
                      {now, limit});
  });
}

bool transaction::mark_notified(const lead &item) {
  // The version stays: nobody's work is disturbed by a reminder.
  return on_.change("UPDATE lead SET notified = :a1, notice_at = :a2 WHERE id = :a3 AND version = :a4",
                    {item.notified, next_notice_at(item), item.id, item.version}) == 1;
}

bool transaction::set_next_step(const lead &item) {
  return on_.change(
             "UPDATE lead SET next_at = :a1, next_kind = :a2, next_reminder_at = :a3, next_escalation_at = :a4, "
             "due_at = :a5, notified = :a6, notice_at = :a7 WHERE id = :a8 AND version = :a9",
             {item.next_at, item.next_kind, item.next_reminder_at, item.next_escalation_at, due_at(item), item.notified,
              next_notice_at(item), item.id, item.version}) == 1;
}

void transaction::queue_notice(std::int64_t lead_id, const std::string &user, std::string_view channel) {
  on_.change(
      "INSERT INTO notice (event_id, lead_id, user_id, channel, batch, next_attempt_at, attempts) SELECT id, lead_id, "
      "CAST(:a1 AS TEXT), CAST(:a2 AS TEXT), 0, at, 0 FROM lead_event WHERE id = (SELECT MAX(id) FROM lead_event WHERE "
      "lead_id = :a3)",
      {user, std::string(channel), lead_id});
}

std::vector<notice_batch> store::take_notices(time_us now, int limit) {
  inside_->mend_clock_jumps(now);
  return inside_->write([&](connection &on) {
    const auto fresh = fresh_batch_fields.all(on, "FROM notice WHERE batch = 0 GROUP BY user_id, channel");
    for (const auto &one : fresh) {
      on.change("UPDATE notice SET batch = :a1 WHERE user_id = :a2 AND channel = :a3 AND batch = 0",
                {one.id, one.user, one.channel});
    }
    std::vector<notice_batch> result;
    auto &rows = on.run(
        "SELECT " + batch_fields.columns() + ", " + told_event_fields.columns() +
            " FROM notice JOIN lead_event ON lead_event.id = notice.event_id WHERE notice.batch IN (SELECT batch FROM "
            "notice WHERE next_attempt_at <= :a1 GROUP BY batch ORDER BY batch LIMIT :a2) ORDER BY notice.batch, "
            "notice.id",
        {now, limit}, batch_fields.kinds_with(told_event_fields.kinds()));
    while (rows.next()) {
      auto batch = batch_fields.read(rows);
      if (result.empty() || result.back().id != batch.id) result.push_back(std::move(batch));
      told_event_fields.read(rows, result.back().events.emplace_back(), batch_fields.count);
    }
    return result;
  });
}

void store::drop_notices(const notice_batch &batch) {
  inside_->write([&](connection &on) {
    on.change("DELETE FROM notice WHERE batch = :a1 AND user_id = :a2 AND channel = :a3",
              {batch.id, batch.user, batch.channel});
  });
}

void store::put_off_notices(const notice_batch &batch) {
  inside_->write([&](connection &on) {
    on.change(
        "UPDATE notice SET next_attempt_at = :a1, attempts = :a2 WHERE batch = :a3 AND user_id = :a4 AND channel = "
        ":a5",
        {batch.next_attempt_at, batch.attempts, batch.id, batch.user, batch.channel});
  });
}

}  // namespace lead_system::store
