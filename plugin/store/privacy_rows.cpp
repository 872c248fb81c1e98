#include "store/privacy_rows.hpp"

#include <limits>

#include "store/database.hpp"
#include "store/fields.hpp"
#include "store/import_log.hpp"
#include "store/lead_rows.hpp"

namespace lead_system::store {

namespace {

constexpr auto new_erasure_fields = fields_of<erasure>(
    field("lead_id", &erasure::lead_id), field("type", &erasure::type), field("source", &erasure::source),
    field("actor", &erasure::actor), field("cause", &erasure::cause), field("at", &erasure::at),
    field("settled", &erasure::settled), field("payload_id", &erasure::payload_id));
constexpr auto erasure_fields = fields_of<erasure>(field("id", &erasure::id)) + new_erasure_fields;

constexpr auto message_in_archive_fields =
    fields_of<archived_message>(field("source", &archived_message::source), field("digest", &archived_message::digest),
                                field("size", &archived_message::bytes));

constexpr auto due_lead_fields = fields_of<due_lead>(field("id", &due_lead::id), field("version", &due_lead::version));

/// Archived messages that brought the lead, its changes or its repeats, and still hold something.
std::vector<std::int64_t> payloads_of(connection &on, std::int64_t lead_id) {
  return on.numbers(
      "SELECT DISTINCT r.payload_id FROM import_item i JOIN import_run r ON r.id = i.run_id WHERE i.lead_id = :a1 AND "
      "r.payload_id <> 0 UNION SELECT payload_id FROM lead WHERE id = :a2 AND payload_id <> 0",
      {lead_id, lead_id});
}

/// Leads in it that could not come in and that nobody has tried again: the message is all that there is of them.
bool holds_quarantined(connection &on, std::int64_t payload_id) {
  return on
      .run(
          "SELECT 1 FROM import_run r JOIN import_item i ON i.run_id = r.id WHERE r.payload_id = :a1 AND i.outcome = "
          "'quarantined' AND i.retried_by = 0 LIMIT 1",
          {payload_id}, "i")
      .next();
}

void forget_payload(connection &on, std::int64_t payload_id) {
  on.change("UPDATE payload SET packed = '' WHERE id = :a1 AND length(packed) > 0", {payload_id});
  on.change("DELETE FROM payload_part WHERE payload_id = :a1", {payload_id});
  // Senders name files after people.
  on.change("UPDATE import_run SET name = '' WHERE payload_id = :a1 AND name <> ''", {payload_id});
  // Reasons quote what was wrong. Those of what still waits are needed.
  on.change(
      "UPDATE import_item SET reason = '' WHERE run_id IN (SELECT id FROM import_run WHERE payload_id = :a1) AND "
      "reason "
      "<> '' AND retried_by <> -1 AND (outcome <> 'quarantined' OR retried_by <> 0)",
      {payload_id});
}

std::optional<archived_message> archived(connection &on, std::int64_t payload_id) {
  return message_in_archive_fields.first(on, "FROM payload WHERE id = :a1", {payload_id});
}

/// Tables from which an erasure takes something.
constexpr std::string_view erased_from[] = {"lead",        "lead_event",   "lead_number",  "feedback_message",
                                            "host_effect", "payload",      "payload_part", "import_run",
                                            "import_item", "saved_filter", "deal",         "deal_refusal"};

}  // namespace

void note_erasure(connection &on, const erasure &one) {
  on.change(new_erasure_fields.insert("erasure"), new_erasure_fields.values(one));
}

std::vector<lead> privacy_rows::leads_of(const person_signs &who, const std::string &customer, int limit) {
  return in_.inside().read([&](connection &on) {
    std::vector<lead> found;
    arguments in;
    const auto same = same_signs_sql(who, customer, in);
    if (same.empty()) return found;
    const auto sql = "SELECT " + lead_columns + ", details FROM lead WHERE " + same +
                     " ORDER BY created_at DESC, id DESC LIMIT " + in.number(limit);
    std::vector<value> values(in.values().begin(), in.values().end());
    auto &rows = on.run(sql, std::move(values), lead_column_kinds + "t");
    while (rows.next()) found.push_back(read_lead(rows, true));
    return found;
  });
}

std::vector<due_lead> privacy_rows::ended_before(const std::string &type, time_us at, int limit) {
  return in_.inside().read([&](connection &on) {
    return due_lead_fields.all(
        on,
        "FROM lead WHERE type = :a1 AND ended_at < :a2 AND ended_at > 0 AND is_open = 0 AND state <> "
        "'erased' ORDER BY ended_at LIMIT :a3",
        {type, at, limit});
  });
}

std::vector<erasure> privacy_rows::protocol(std::int64_t before, int limit) {
  return in_.inside().read([&](connection &on) {
    const auto from = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
    return erasure_fields.all(on, "FROM erasure WHERE id < :a1 ORDER BY id DESC LIMIT :a2", {from, limit});
  });
}

std::vector<erasure> privacy_rows::unsettled(int limit) {
  return in_.inside().read([&](connection &on) {
    return erasure_fields.all(on, "FROM erasure WHERE settled = 0 ORDER BY id LIMIT :a1", {limit});
  });
}

bool privacy_rows::settle(const erasure &one, time_us now, time_us at_latest, std::set<archived_message> &emptied) {
  bool all = true;
  std::set<archived_message> gone;
  in_.inside().write([&](connection &on) {
    all = true;
    gone.clear();
    // A message without a lead is one payload; items without a lead are everybody's.
    const auto payloads = one.lead_id != 0 ? payloads_of(on, one.lead_id) : std::vector{one.payload_id};
    for (const auto payload : payloads) {
      if (now < at_latest && holds_quarantined(on, payload)) {
        all = false;
      } else {
        forget_payload(on, payload);
        if (auto message = archived(on, payload)) gone.insert(std::move(*message));
      }
    }
    on.change(
        "UPDATE feedback_message SET body = '', answer = '', decision = '' WHERE lead_id = :a1 AND status <> 'waiting'",
        {one.lead_id});
    const bool waiting =
        on.run("SELECT 1 FROM feedback_message WHERE lead_id = :a1 AND status = 'waiting' LIMIT 1", {one.lead_id}, "i")
            .next();
    all = all && !waiting;
  });
  emptied.merge(gone);
  return all;
}

bool privacy_rows::scrub() {
  return in_.inside().read([&](connection &on) { return empty_journals(on.session(), on.kind(), erased_from); });
}

std::vector<held_item> privacy_rows::held(std::int64_t before, int limit) {
  return in_.inside().read([&](connection &on) {
    const auto from = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
    std::vector<held_item> found;
    for (auto &item : quarantined_items(on, from, limit)) {
      held_item one;
      if (auto run = run_with(on, item.run_id)) one.run = std::move(*run);
      one.item = std::move(item);
      found.push_back(std::move(one));
    }
    return found;
  });
}

int privacy_rows::forget_held(const std::vector<std::int64_t> &items, const std::string &actor,
                              const std::string &reason, time_us at) {
  int count = 0;
  in_.inside().write([&](connection &on) {
    count = 0;
    for (const auto id : items) {
      const auto item = item_with(on, id);
      if (!item || !mark_retried(on, id, erased_item)) continue;
      const auto run = run_with(on, item->run_id);
      on.change("UPDATE import_item SET reason = :a1 WHERE id = :a2", {reason, id});
      // What was quarantined as a whole says why on the run as well.
      on.change("UPDATE import_run SET reason = :a1 WHERE id = :a2 AND reason <> ''", {reason, item->run_id});
      note_erasure(on, {0, 0, {}, run->source, actor, "request", at, 0, run->payload_id});
      ++count;
    }
  });
  return count;
}

void privacy_rows::mark_settled(std::int64_t id, time_us at) {
  in_.inside().write([&](connection &on) { on.change("UPDATE erasure SET settled = :a1 WHERE id = :a2", {at, id}); });
}

std::int64_t privacy_rows::forget_payloads(time_us before) {
  std::int64_t count = 0;
  in_.inside().write([&](connection &on) {
    // Not those of large files that are being filed just now: they are newer than any retention.
    const auto old = on.numbers(
        "SELECT id FROM payload WHERE at < :a1 AND (length(packed) > 0 OR id IN (SELECT payload_id FROM payload_part)) "
        "AND id NOT IN (SELECT payload_id FROM lead WHERE state <> 'erased') ORDER BY id LIMIT 1000",
        {before});
    for (const auto id : old) forget_payload(on, id);
    count = static_cast<std::int64_t>(old.size());
  });
  return count;
}

}  // namespace lead_system::store
