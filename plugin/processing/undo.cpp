// undo.cpp - takes back what a person has just done to a lead: for a minute, while nobody has changed it since.
#include <algorithm>

#include "dms/cpp/json.hpp"
#include "processing/lead_desk.hpp"
#include "processing/outcomes.hpp"
#include "processing/worked_part.hpp"

namespace lead_system::processing {

namespace {

constexpr std::string_view undoable[] = {"assigned",       "rejected", "progress", "test_drive_agreed",
                                         "contact_result", "closed",   "reopened"};

/// What nobody does: a step may be taken back after it.
constexpr std::string_view by_itself[] = {"reminder", "escalation", "receipt_sent", "mail_failed", "customer_merged"};

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
  if (done->data.contains("duplicate_of")) return undo_duplicate(who, call, id, version);
  if (who.now - done->at > undo_span) return refused({"This could be taken back for a minute only.", {}});
  // What somebody did since stays.
  const bool untouched = std::all_of(timeline.begin(), done, [&](const lead_event &event) {
    return event.at == done->at ||
           std::find(std::begin(by_itself), std::end(by_itself), event.kind) != std::end(by_itself);
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
