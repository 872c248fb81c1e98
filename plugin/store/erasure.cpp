#include "store/erasure.hpp"

#include <algorithm>
#include <utility>

#include "lead/texts.hpp"

namespace lead_system::store {

namespace {

/// Of an event's data only what is counted or names an employee: no customer, no text of the feed.
constexpr std::string_view kept_data[] = {"from", "to", "user", "reason", "result", "kind", "due", "source", "rule"};

std::map<std::string, std::string> without_person(std::map<std::string, std::string> data) {
  std::erase_if(data, [](const auto &entry) {
    return std::find(std::begin(kept_data), std::end(kept_data), entry.first) == std::end(kept_data);
  });
  return data;
}

}  // namespace

void forget_person(connection &on, const lead &item, const std::string &actor, const std::string &cause, time_us at) {
  std::vector<std::pair<std::int64_t, std::string>> changed;
  auto &events = on.run("SELECT id, data FROM lead_event WHERE lead_id = :a1", {item.id}, "it");
  while (events.next()) {
    const auto data = texts_from_json(events.text(1));
    if (auto rest = without_person(data); rest.size() != data.size()) {
      changed.emplace_back(events.number(0), texts_to_json(rest));
    }
  }
  for (const auto &[id, data] : changed) on.change("UPDATE lead_event SET data = :a1 WHERE id = :a2", {data, id});
  on.change("UPDATE lead_event SET comment = '' WHERE lead_id = :a1", {item.id});
  // What waits to be sent is sent first; privacy_rows comes back for it.
  on.change(
      "UPDATE feedback_message SET body = '', answer = '', decision = '' WHERE lead_id = :a1 AND status <> 'waiting'",
      {item.id});
  on.change("DELETE FROM host_effect WHERE lead_id = :a1", {item.id});
  on.change(
      "INSERT INTO erasure (lead_id, type, source, actor, cause, at, settled) VALUES (:a1, :a2, :a3, :a4, :a5, :a6, 0)",
      {item.id, item.content.type, item.content.source, actor, cause, at});
}

}  // namespace lead_system::store
