#include <algorithm>
#include <functional>

#include "dms/cpp/json.hpp"
#include "screens/lead/event_words.hpp"
#include "screens/lead/lead_blocks.hpp"
#include "screens/logs/feedback_words.hpp"

namespace lead_system::screens {
json feedback_block(const lead_view &view) {
  const auto &by = view.by;
  const auto source = by.sources.find(view.item.content.source);
  const bool wanted = source != by.sources.end() && source->second.feedback.enabled;
  const auto whom = wanted ? source->second.feedback.manufacturer : by.source_title(view.item.content.source);
  // A source that wants none has none to show.
  if (!wanted && view.feedback.empty()) return nullptr;
  auto block = table("feedback", by.say("Feedback to {1}", whom),
                     json::array({column("time", by.say("Time"), "time"), column("message", by.say("Message")),
                                  column("cause", by.say("Occasion")), column("state", by.say("Status"))}));
  block["layout"] = "plain";
  std::map<store::feedback_status, std::int64_t> counts;
  for (const auto &message : view.feedback) {
    ++counts[message.status];
    const bool today = message.created_at >= view.write.start_of_day(0);
    auto code = message.status_code;
    if (!message.reason_code.empty()) code += " · " + message.reason_code;
    json cells{{"time", cell_value(today ? view.write.time(message.created_at) : view.write.stamp(message.created_at),
                                   iso_utc(message.created_at))},
               {"message", std::move(code)},
               {"cause", cell_value(by.say(title(message.cause)), key(message.cause))},
               {"state", feedback_cell(by, view.write, message)}};
    json row{{"id", message.message_id}, {"cells", std::move(cells)}};
    if (by.who.may("leads.feedback_log")) {
      row["link"] = link_to(message.message_id, "leads.feedback_log", {{"message", std::to_string(message.id)}});
    }
    block["rows"].push_back(std::move(row));
  }
  if (view.feedback.empty()) block["empty"] = {{"title", by.say("No feedback yet.")}};
  if (auto note = feedback_summary(by, counts); !note.empty()) block["note"] = std::move(note);
  return block;
}

json contacts_block(const lead_view &view) {
  const auto &by = view.by;
  if (!is_open(view.item.state)) return nullptr;
  const auto planned = by.with.desk.planned_contacts(view.item);
  if (planned.empty()) return nullptr;
  auto block = table("contacts", by.say("Planned contacts"),
                     json::array({column("due", by.say("Due"), "time"), column("kind", by.say("Kind")),
                                  column("person", by.say("Salesperson")), column("note", by.say("Note"))}));
  block["layout"] = "plain";
  for (const auto &one : planned) {
    auto due = cell_value(view.write.day_time(one.due), iso_utc(one.due), {{"title", view.write.full(one.due)}});
    if (one.due < by.now) due["tone"] = "bad";
    auto kind = cell_value(contact_kind_text(by, one.kind), one.kind);
    // The file is its owner's; others have no use for it.
    const auto file = dms::json_or_null(one.calendar);
    if (file.is_object() && one.user == by.user) {
      kind["detail_link"] = {{"label", by.say("Calendar file")}};
      for (const auto *part : {"screen", "params", "export"}) {
        if (file.contains(part)) kind["detail_link"][part] = file[part];
      }
    }
    block["rows"].push_back({{"id", std::to_string(block["rows"].size() + 1)},
                             {"cells",
                              {{"due", std::move(due)},
                               {"kind", std::move(kind)},
                               {"person", by.people->user_name(one.user)},
                               {"note", one.note.empty() ? no_cell() : cell(one.note)}}}});
  }
  return block;
}

std::vector<shown_duplicate> seen_duplicates(const lead_view &view) {
  const auto &with = view.by.with;
  std::vector<shown_duplicate> result;
  const std::function<void(std::int64_t, const std::vector<lead_event> &)> add =
      [&](std::int64_t kept, const std::vector<lead_event> &events) {
        const auto joined = processing::lead_desk::duplicates_in(events);
        if (joined.empty()) return;
        for (const auto &item : with.store.leads(joined, access::system_visibility())) {
          auto own = with.store.timeline(item.id);
          // It may have been opened again since, or have become the duplicate of another one.
          if (processing::lead_desk::duplicate_of(item, own) != kept || item.id == view.item.id) continue;
          result.push_back({item.id, std::move(own)});
          add(item.id, std::vector(result.back().events));
        }
      };
  add(view.item.id, view.events);
  if (result.empty()) return result;
  std::vector<std::int64_t> ids;
  for (const auto &one : result) ids.push_back(one.id);
  const auto seen = with.store.visible(ids, view.by.sees());
  std::erase_if(result, [&](const shown_duplicate &one) { return !seen.contains(one.id); });
  return result;
}

namespace {

/// What was noted about the duplicates, said at this lead too.
json noted_elsewhere(const lead_view &view) {
  const auto &by = view.by;
  json result = json::array();
  for (const auto &one : view.duplicates) {
    for (const auto &event : one.events) {
      if (event.comment.empty()) continue;
      auto item = timeline_item(by, view.item, event);
      item["detail"] = by.say("from lead {1}", std::to_string(one.id));
      item.erase("link");
      result.push_back(std::move(item));
    }
  }
  return result;
}

}  // namespace

json timeline_block(const lead_view &view) {
  json items = json::array();
  for (const auto &event : view.events) items.push_back(timeline_item(view.by, view.item, event));
  for (const auto at : restorable(view)) {
    items[at]["link"] = {{"label", view.by.say("Bring back")},
                         {"action", "restore_" + std::to_string(view.events[at].id)}};
  }
  if (auto more = noted_elsewhere(view); !more.empty()) {
    for (auto &item : more) items.push_back(std::move(item));
    std::stable_sort(items.begin(), items.end(),
                     [](const json &one, const json &other) { return one["at_us"] > other["at_us"]; });
  }
  json block{{"type", "timeline"}, {"id", "timeline"}, {"title", view.by.say("Timeline")}, {"items", std::move(items)}};
  if (may_note(view)) block["link"] = {{"label", view.by.say("Add a note")}, {"action", "note"}};
  return block;
}

json related_block(const lead_view &view) {
  const auto &by = view.by;
  const auto others = by.with.store.related(view.item, by.sees());
  if (others.empty()) return nullptr;
  auto block = table("related", by.say("Other enquiries of the same person"),
                     json::array({column("received", by.say("Received at"), "time"), column("type", by.say("Type")),
                                  column("model", by.say("Wanted vehicle")), column("state", by.say("State"))}));
  block["layout"] = "plain";
  for (const auto &other : others) {
    auto received = cell_value(view.write.day_time(other.created_at), iso_utc(other.created_at));
    received["link"] = lead_link(view.write.day_time(other.created_at), other.id);
    auto state = state_cell(by, other);
    state.erase("detail");
    json model = other.content.wanted.empty() ? no_cell() : cell(vehicle_text(other.content.wanted.front(), false));
    block["rows"].push_back({{"id", std::to_string(other.id)},
                             {"cells",
                              {{"received", std::move(received)},
                               {"type", type_cell(by, other, false)},
                               {"model", std::move(model)},
                               {"state", std::move(state)}}}});
  }
  return block;
}

}  // namespace lead_system::screens
