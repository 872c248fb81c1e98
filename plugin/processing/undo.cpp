// undo.cpp - takes back what a person has just done to a lead: for a minute, while nobody has changed it since.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "processing/lead_desk.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;

/// All that an action changes besides the content: no personal data.
json worked_part(const lead &item) {
  return {{"state", key(item.state)},
          {"contact", key(item.contact)},
          {"assignee", item.assignee},
          {"reason", item.reason},
          {"reached", item.reached.bits()},
          {"notified", item.notified},
          {"times",
           {item.first_contact_at, item.ended_at, item.agreed_at, item.next_at, item.reminder_at, item.escalation_at,
            item.next_reminder_at, item.next_escalation_at}},
          {"next_kind", item.next_kind}};
}

void bring_back(const json &kept, lead &into) {
  into.state = state_from(kept.at("state").get<std::string>()).value_or(into.state);
  into.contact = contact_result_from(kept.at("contact").get<std::string>()).value_or(into.contact);
  into.assignee = kept.at("assignee").get<std::string>();
  into.reason = kept.at("reason").get<std::string>();
  into.reached = stage_set::from_bits(kept.at("reached").get<unsigned>());
  into.notified = kept.at("notified").get<int>();
  into.next_kind = kept.at("next_kind").get<std::string>();
  const auto &times = kept.at("times");
  std::size_t at = 0;
  for (auto *time : {&into.first_contact_at, &into.ended_at, &into.agreed_at, &into.next_at, &into.reminder_at,
                     &into.escalation_at, &into.next_reminder_at, &into.next_escalation_at}) {
    if (at < times.size()) *time = times.at(at++).get<time_us>();  // a version before kept fewer
  }
}

constexpr std::string_view undoable[] = {"assigned",       "rejected", "progress", "test_drive_agreed",
                                         "contact_result", "closed",   "reopened"};

/// The due date of what was planned with it, for its entry to go too.
std::string planned_with(const std::vector<lead_event> &newest_first, const lead_event &done) {
  for (const auto &event : newest_first) {
    const auto due = event.data.find("due");
    const bool plans = event.kind == "contact_planned" || event.kind == "test_drive_agreed";
    if (plans && event.at == done.at && due != event.data.end()) return due->second;
  }
  return {};
}

/// One press may be two steps, as a contact's result and the end: the oldest of them has what was before it.
const lead_event &first_of_the_press(const std::vector<lead_event> &newest_first, const lead_event &newest) {
  const auto *first = &newest;
  for (const auto &event : newest_first) {
    if (event.at == newest.at && event.actor == newest.actor && event.data.contains("undo")) first = &event;
  }
  return *first;
}

}  // namespace

void lead_desk::keep_for_undo(const actor &who, const lead &before, lead_event &event) {
  const bool may = std::find(std::begin(undoable), std::end(undoable), event.kind) != std::end(undoable);
  if (who.undo_us > 0 && may) event.data["undo"] = worked_part(before).dump();
}

/// What was queued for the manufacturer at that moment and was not tried yet.
std::vector<store::feedback_message> lead_desk::untold(std::int64_t id, time_us queued_at) const {
  auto messages = with_.store.feedback_of(id);
  std::erase_if(messages, [&](const store::feedback_message &one) {
    return one.created_at != queued_at || one.status != store::feedback_status::waiting || one.attempts != 0;
  });
  return messages;
}

outcome lead_desk::undo(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version) {
  const auto timeline = with_.store.timeline(id);
  const auto done = std::find_if(timeline.begin(), timeline.end(),
                                 [](const lead_event &event) { return event.data.contains("undo"); });
  // His own last step, which he saw; whether he still sees the lead does not matter.
  const bool taken_back =
      std::any_of(timeline.begin(), done, [](const lead_event &event) { return event.kind == "undone"; });
  if (done == timeline.end() || taken_back || done->actor != who.user || who.user.empty()) return not_found();
  if (who.now - done->at > undo_span) return refused({"This could be taken back for a minute only.", {}});
  // What somebody did since stays; reminders come by themselves.
  const bool untouched = std::all_of(timeline.begin(), done, [&](const lead_event &event) {
    return event.at == done->at || event.kind == "reminder" || event.kind == "escalation";
  });
  if (!untouched) return told(id, version);
  const auto kept = dms::json_or_null(first_of_the_press(timeline, *done).data.at("undo"));
  const auto waiting = untold(id, done->at);
  const auto decide = [&](store::transaction &inside, lead &item, lead_event &event) -> outcome {
    event.data = {{"of", done->kind}, {"from", std::string(key(item.state))}};
    if (const auto due = planned_with(timeline, *done); !due.empty()) event.data["due"] = due;
    // A sale that was taken back is the deal's again.
    if (const auto sold = done->data.find("deal"); done->kind == "reopened" && sold != done->data.end()) {
      inside.tie_deal(sold->second, id, "confirmed", who.user, who.now);
    }
    bring_back(kept, item);
    event.data["to"] = key(item.state);
    if (!item.assignee.empty()) event.data["user"] = item.assignee;
    // What the manufacturer has not heard he need not hear; what he has heard is answered by the former state.
    const message reason{"The step was taken back at once.", {}};
    const auto why = with_.words ? with_.words(reason) : in_english(reason);
    for (const auto &one : waiting) {
      if (inside.give_up_feedback(one.id, who.user, why, who.now)) event.data["withdrawn"] = "yes";
    }
    return {};
  };
  return change(call, access::system_visibility(), who, id, version, true, "undone", decide).result;
}

}  // namespace lead_system::processing
