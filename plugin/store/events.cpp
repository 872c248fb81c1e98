// events.cpp - the timeline of a lead.
#include "lead/texts.hpp"
#include "store/database.hpp"

namespace lead_system::store {

namespace {

constexpr std::string_view event_columns = "id, lead_id, at, kind, actor, actor_name, comment, data";
constexpr std::string_view event_kinds = "iiittttt";

std::vector<lead_event> read_events(statement &rows) {
  std::vector<lead_event> result;
  while (rows.next()) {
    result.push_back({rows.number(0), rows.number(1), rows.number(2), rows.text(3), rows.text(4), rows.text(5),
                      rows.text(6), texts_from_json(rows.text(7))});
  }
  return result;
}

std::vector<lead_event> events_of(connection &on, std::int64_t lead_id) {
  return read_events(
      on.run("SELECT " + std::string(event_columns) + " FROM lead_event WHERE lead_id = :a1 ORDER BY id DESC",
             {lead_id}, event_kinds));
}

}  // namespace

void transaction::add_event(const lead_event &event) {
  if (const auto version = arrivals_->version_of(event.lead_id); version != 0) {
    static const std::string columns = "lead_id, lead_version, at, kind, actor, actor_name, comment, data";
    const auto data = texts_to_json(event.data);
    on_.into(bulk_table::lead_event, columns)
        .add({event.lead_id, version, event.at, event.kind, event.actor, event.actor_name, event.comment, data});
    return;
  }
  on_.change(
      "INSERT INTO lead_event (lead_id, lead_version, at, kind, actor, actor_name, comment, data) "
      "SELECT id, version, :a1, :a2, :a3, :a4, :a5, :a6 FROM lead WHERE id = :a7",
      {event.at, event.kind, event.actor, event.actor_name, event.comment, texts_to_json(event.data), event.lead_id});
}

std::vector<lead_event> store::timeline(std::int64_t lead_id) {
  return inside_->read([&](connection &on) { return events_of(on, lead_id); });
}

std::vector<lead_event> transaction::timeline(std::int64_t lead_id) {
  return events_of(on_, lead_id);
}

std::vector<lead_event> store::events_since(std::int64_t lead_id, std::int64_t version) {
  return inside_->read([&](connection &on) {
    return read_events(on.run("SELECT " + std::string(event_columns) +
                                  " FROM lead_event WHERE lead_id = :a1 AND lead_version > :a2 ORDER BY id",
                              {lead_id, version}, event_kinds));
  });
}

}  // namespace lead_system::store
