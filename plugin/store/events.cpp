// events.cpp - the timeline of a lead.
#include "lead/texts.hpp"
#include "store/arrivals.hpp"
#include "store/database.hpp"
#include "store/event_fields.hpp"

namespace lead_system::store {

namespace {

std::vector<lead_event> events_of(connection &on, std::int64_t lead_id) {
  return event_fields.all(on, "FROM lead_event WHERE lead_id = :a1 ORDER BY id DESC", {lead_id});
}

}  // namespace

void transaction::add_event(const lead_event &event) {
  if (const auto version = arrivals_->version_of(event.lead_id); version != 0) {
    static const auto columns = event_said.columns() + ", data, lead_id, lead_version";
    const auto data = texts_to_json(event.data);
    on_.into(bulk_table::lead_event, columns).add(event_said.cells(event, data, event.lead_id, version));
    return;
  }
  static constexpr auto written = event_said + event_data;
  static const auto sql = "INSERT INTO lead_event (" + written.columns() +
                          ", lead_id, lead_version) SELECT :a1, :a2, :a3, :a4, :a5, :a6, id, version FROM lead WHERE "
                          "id = :a7";
  on_.change(sql, written.values(event, event.lead_id));
}

std::vector<lead_event> store::timeline(std::int64_t lead_id) {
  return inside_->read([&](connection &on) { return events_of(on, lead_id); });
}

std::vector<lead_event> transaction::timeline(std::int64_t lead_id) {
  return events_of(on_, lead_id);
}

std::vector<lead_event> store::events_since(std::int64_t lead_id, std::int64_t version) {
  return inside_->read([&](connection &on) {
    return event_fields.all(on, "FROM lead_event WHERE lead_id = :a1 AND lead_version > :a2 ORDER BY id",
                            {lead_id, version});
  });
}

}  // namespace lead_system::store
