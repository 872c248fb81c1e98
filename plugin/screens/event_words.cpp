#include "screens/event_words.hpp"

#include <algorithm>

namespace lead_system::screens {
namespace {

/// How an event is told: in the timeline as title and text, to somebody who was too late as a sentence.
/// {1} who, {2} when, {3} the user or customer it is about, {4} the new state or result, {5} the reason.
struct event_row {
  std::string_view kind, title, text, sentence, weight;
};
constexpr event_row rows[] = {
    {"received", "Came in", "by way of {3}", "The lead came in at {2}.", "key"},
    {"taken", "Assigned", "taken over by {3}", "{1} took over the lead at {2}.", "key"},
    {"assigned", "Assigned", "to {3}", "{1} assigned the lead to {3} at {2}.", "key"},
    {"rejected", "Turned down", "back to New", "{1} rejected the lead at {2}.", "key"},
    {"imported", "Imported", "created as customer {3}", "{1} imported the prospect as customer {3} at {2}.", "key"},
    {"linked", "Linked", "with customer {3}", "{1} linked the lead with customer {3} at {2}.", "key"},
    {"progress", "{4}", "", "{1} set the state to “{4}” at {2}.", "key"},
    {"contact_planned", "Contact planned", "for {3}", "{1} planned a contact at {2}.", "minor"},
    {"contact_result", "Contact {4}", "", "{1} entered the contact result “{4}” at {2}.", "minor"},
    {"closed", "{4}", "{5}", "{1} closed the lead at {2}: {4}.", "key"},
    {"reopened", "Reopened", "", "{1} reopened the lead at {2}.", "key"},
    {"updated", "Updated", "by a later message", "A later message updated the lead at {2}.", "minor"},
    {"reminder", "Reminder", "to {3}: no first contact yet", "A reminder went out at {2}.", "now"},
    {"escalation", "Escalation", "everybody with ALLE was notified", "The lead was escalated at {2}.", "now"},
    {"located", "Location assigned", "{3}", "The lead was given to a location at {2}.", "minor"},
    {"erased", "Anonymised", "", "{1} anonymised the lead at {2}.", "key"},
};
constexpr event_row unknown{"", "Changed", "", "{1} changed the lead at {2}.", "minor"};

std::string data(const lead_event &event, const std::string &name) {
  const auto found = event.data.find(name);
  return found == event.data.end() ? std::string{} : found->second;
}

const event_row &row_of(const lead_event &event) {
  std::string_view kind = event.kind;
  if (kind == "assigned" && !event.actor.empty() && data(event, "user") == event.actor) kind = "taken";
  const auto *found = std::find_if(std::begin(rows), std::end(rows), [&](const auto &row) { return row.kind == kind; });
  return found == std::end(rows) ? unknown : *found;
}

std::string state_word(const request &by, const std::string &text) {
  if (const auto state = state_from(text)) return by.say(title(*state));
  return text;
}

/// {1} to {5} of an event.
std::vector<std::string> arguments(const request &by, const lead_event &event, const writer &write) {
  const auto user = data(event, "user"), customer = data(event, "customer");
  std::string about = !customer.empty() ? customer : by.people->user_name(user);
  if (event.kind == "received") about = by.source_title(data(event, "source"));
  if (event.kind == "located") about = by.people->location_name(data(event, "location"));
  std::string outcome;
  if (event.kind == "contact_result") {
    const auto result = contact_result_from(data(event, "result").empty() ? data(event, "to") : data(event, "result"));
    if (result) outcome = by.say(key(*result));
  } else {
    outcome = state_word(by, data(event, "to"));
  }
  const auto *why = find_reason(data(event, "reason"));
  return {actor_of(by, event), write.time(event.at), about, outcome,
          why == nullptr ? std::string{} : by.say(why->title)};
}

std::string told(const request &by, std::string_view id, const std::vector<std::string> &with) {
  return by.say.with(id, with);
}

}  // namespace

std::string actor_of(const request &by, const lead_event &event) {
  if (!event.actor_name.empty()) return event.actor_name;
  return event.actor.empty() ? by.say("The system") : by.people->user_name(event.actor);
}

std::string change_sentence(const request &by, const lead_event &event) {
  return told(by, row_of(event).sentence, arguments(by, event, by.write));
}

json timeline_item(const request &by, const lead &item, const lead_event &event) {
  const auto &row = row_of(event);
  const auto write = by.write_at(item.location);
  const auto with = arguments(by, event, write);
  const bool today = event.at >= write.start_of_day(0);
  json result{{"id", std::to_string(event.id)},
              {"kind", event.kind},
              {"at_us", event.at},
              {"time", today ? write.time(event.at) : write.stamp(event.at)},
              {"title", told(by, row.title, with)},
              {"weight", row.weight}};
  if (event.kind == "received" && !item.location.empty()) {
    auto placed = with;
    placed[4] = by.people->location_name(item.location);
    result["text"] = told(by, "by way of {3}, location {5}", placed);
  }
  // Without the one it is about, "to {3}" would end in the air.
  const bool about_nobody = row.text.find("{3}") != std::string_view::npos && with[2].empty();
  if (auto text = told(by, row.text, with); !text.empty() && !about_nobody && !result.contains("text"))
    result["text"] = std::move(text);
  if (!event.actor.empty()) result["who"] = actor_of(by, event);
  if (!event.comment.empty()) result["quote"] = event.comment;
  if (event.kind == "received") {
    result["detail"] = by.say("Message {1}", item.content.external_id);
    if (item.payload_id != 0 && by.who.may("leads.intake_log")) {
      result["link"] =
          link_to(by.say("Import log"), "leads.intake_log", {{"payload", std::to_string(item.payload_id)}});
    }
  }
  return result;
}

}  // namespace lead_system::screens
