#include <algorithm>
#include <array>

#include "processing/contact_times.hpp"
#include "screens/lead/lead_blocks.hpp"
#include "screens/people/absence_words.hpp"

namespace lead_system::screens {
namespace {

using enum lead_state;

/// A moment to offer: in the location's opening hours, which `wanted` is moved into; else two of them from now, at a
/// full hour.
time_us offered_time(const lead_view &view, time_us wanted) {
  const auto hours = view.by.people->calendar_of(view.item.location);
  constexpr int minutes_away = 120;
  if (wanted > view.by.now) return add_working_minutes(wanted, 0, hours);
  const auto soon = add_working_minutes(view.by.now, minutes_away, hours);
  return add_working_minutes((soon + hour_us - 1) / hour_us * hour_us, 0, hours);
}

json due_field(const lead_view &view, time_us wanted) {
  auto result = field("due", "datetime", view.by.say("Due"), view.write.input_date_time(offered_time(view, wanted)));
  result["required"] = true;
  return result;
}

json note_field(const lead_view &view) {
  auto result = field("note", "textarea", view.by.say("Note"));
  result["optional"] = true;
  result["max_length"] = 2000;
  return result;
}

json contact_action(const lead_view &view) {
  const auto &by = view.by;
  auto result = action("contact", by.say("Plan contact"), "rare");
  const auto whose = view.item.assignee.empty() ? by.user : view.item.assignee;
  result["text"] = by.say("Appears in myContacts of {1}.", by.people->user_name(whose));
  const bool drives = has_state(by.with.types.find_type(view.item.content.type), appointment);
  json kinds = json::array();
  for (const auto kind : processing::contact_kinds_of(view.item.content)) {
    if (kind != "test_drive" || drives) {
      kinds.push_back(option(std::string(kind), contact_kind_text(by, std::string(kind))));
    }
  }
  const auto first = kinds.front()["value"].get<std::string>();
  result["fields"] =
      json::array({due_field(view, 0), choice("kind", by.say("Kind"), first, std::move(kinds)), note_field(view)});
  return result;
}

json comment_field(const request &by, bool optional) {
  auto result = field("comment", "textarea", by.say("Comment"));
  result[optional ? "optional" : "required"] = true;
  result["max_length"] = 2000;
  return result;
}

std::string feedback_sentence(const lead_view &view, lead_state state) {
  const auto code = feedback_code(view.by, view.item.content.source, state);
  if (code.empty()) return {};
  const auto &whom = view.by.sources.at(view.item.content.source).feedback.manufacturer;
  return view.by.say("{1} receives the feedback “{2}”.", whom, code);
}

/// One question, the reason: the state and what the manufacturer hears follow from it.
json close_action(const lead_view &view) {
  const auto &by = view.by;
  auto result = action("close", by.say("Close"), "second");
  result["title"] = by.say("Close lead");
  result["text"] = by.say("The reason decides how the lead ends. It can be opened again.");
  auto why = end_reasons(by, view.item.content.source);
  why.insert(why.begin(), option("", by.say("Please choose")));
  auto reason_field = choice("reason", by.say("Reason"), "", std::move(why));
  reason_field["required"] = true;
  result["fields"] = json::array({std::move(reason_field), comment_field(by, true)});
  return result;
}

json duplicate_action(const lead_view &view) {
  const auto &by = view.by;
  auto result = action("close_duplicate", by.say("Duplicate of …"), "rare");
  result["title"] = by.say("Close as a duplicate of another lead");
  const auto told = feedback_sentence(view, invalid);
  result["text"] = by.say("The other lead goes on, with what is planned and noted here. Possible to take back today.") +
                   (told.empty() ? "" : " ") + told;
  result["submit"] = by.say("Close as duplicate");
  json others = json::array({option("", by.say("Please choose"))});
  for (const auto &other : by.with.store.related(view.item, by.sees())) {
    if (other.state == erased || (other.state == invalid && other.reason == "duplicate")) continue;
    const auto *type = by.with.types.find_type(other.content.type);
    others.push_back(
        option(std::to_string(other.id), std::to_string(other.id) + " – " + prospect_name(by, other) + ", " +
                                             (type == nullptr ? other.content.type : by.say(type->short_title)) + ", " +
                                             view.write.date(other.created_at) + ", " + by.say(title(other.state))));
  }
  const auto only = others.size() == 2 ? others[1]["value"].get<std::string>() : std::string{};
  auto kept = choice("kept", by.say("Lead that goes on"), only, std::move(others));
  auto number = field("number", "text", by.say("Or its number"));
  number["optional"] = true;
  number["max_length"] = 20;
  result["fields"] = json::array({std::move(kept), std::move(number), comment_field(by, true)});
  return result;
}

json sold_action(const lead_view &view, bool next) {
  const auto &by = view.by;
  auto result = action("close", by.say("Sold"), next ? "primary" : "rare");
  result["id"] = "won";
  result["title"] = by.say("Enter the sale");
  result["submit"] = by.say("Enter the sale");
  result["text"] = feedback_sentence(view, won);
  if (result["text"].get_ref<const std::string &>().empty()) result.erase("text");
  result["input"] = {{"reason", "sale"}};
  result["fields"] = json::array({comment_field(by, true)});
  return result;
}

/// What the contact came to, and with it what comes next or how the lead ends: one dialog, one press for what is usual.
json result_action(const lead_view &view, std::string_view came, std::string label) {
  const auto &by = view.by;
  auto result = action("contact_result", std::move(label), "second");
  result["id"] = came;
  result["text"] = by.say("What comes next?");
  result["input"] = {{"result", came}};
  auto due = field("due", "datetime", by.say("At another time"));
  auto why = end_reasons(by, view.item.content.source);
  why.insert(why.begin(), option("", by.say("The lead goes on")));
  auto end = choice("reason", by.say("Or the lead ends"), "", std::move(why));
  for (auto *field : {&due, &end}) (*field)["optional"] = true;
  auto next = field("next", "radios", by.say("Next contact"));
  next["press"] = true;
  next["options"] = json::array();
  for (const auto &usual : processing::usual_times) {
    next["options"].push_back(option(std::string(usual.key), by.say(usual.title)));
  }
  // Whoever was spoken to is not called again two hours later.
  if (came == "reached") std::reverse(next["options"].begin(), next["options"].end());
  next["options"].push_back(option("none", by.say("Save without")));
  result["fields"] = json::array({comment_field(by, true), std::move(due), std::move(end), std::move(next)});
  return result;
}

json vehicle_field(const lead_view &view) {
  const auto &wanted = view.item.content.wanted;
  auto result = field("vehicle", "text", view.by.say("Vehicle"),
                      wanted.empty() ? std::string{} : vehicle_text(wanted.front(), true));
  result["optional"] = true;
  result["max_length"] = 80;
  return result;
}

/// Whoever may not assign agrees it for the lead's salesperson, or for himself where there is none.
json driver_field(const lead_view &view) {
  const auto &by = view.by;
  const auto whose = view.item.assignee.empty() ? by.user : view.item.assignee;
  json people = json::array();
  if (by.who.may("leads.assign")) people = user_options(view, true);
  auto result = choice("user", by.say("Salesperson"), whose, std::move(people));
  for (auto &one : result["options"]) {
    if (one["value"] == whose && one["label"] == whose) one["label"] = by.people->user_name(whose);
  }
  result["required"] = true;
  return result;
}

/// State, appointment, myContacts and feedback from one dialog; again for another date.
json agree_action(const lead_view &view, bool next) {
  const auto &by = view.by;
  const auto &item = view.item;
  const bool again = item.state == appointment;
  // Who has named a day waits for a word.
  const bool wished = item.content.appointment_at != 0 && item.agreed_at == 0;
  auto result = action("agree_test_drive", again ? by.say("Move the test drive") : by.say("Agree test drive"),
                       next     ? "primary"
                       : wished ? "second"
                                : "rare");
  const auto told = again ? std::string{} : feedback_sentence(view, appointment);
  result["text"] = by.say("Appears in myContacts, with a file for the calendar.") + (told.empty() ? "" : " ") + told;
  auto due = due_field(view, item.agreed_at > by.now ? item.agreed_at : item.content.appointment_at);
  due["label"] = by.say("Appointment");
  if (item.content.appointment_at != 0) {
    due["hint"] = by.say("Wish {1}", view.write.full(item.content.appointment_at));
  }
  result["fields"] = json::array({std::move(due), vehicle_field(view), driver_field(view), note_field(view)});
  return result;
}

json progress_action(const lead_view &view, lead_state to, bool next) {
  auto result = action("progress", view.by.say(title(to)), next ? "primary" : "rare");
  result["id"] = "progress_" + std::string(key(to));
  result["input"] = {{"state", std::string(key(to))}};
  return result;
}

json commented_action(const lead_view &view, std::string_view name, std::string label, std::string text,
                      std::string_view style) {
  auto result = action(name, std::move(label), style);
  if (!text.empty()) result["text"] = std::move(text);
  result["fields"] = json::array({comment_field(view.by, true)});
  return result;
}

json reopen_action(const lead_view &view) {
  const auto &by = view.by;
  const auto told = feedback_sentence(view, view.item.assignee.empty() ? received : assigned);
  if (view.item.state != won) return commented_action(view, "reopen", by.say("Reopen"), told, "primary");
  auto text = by.say("The lead is open again, and counts as sold no longer.");
  if (!told.empty()) text += " " + told;
  return commented_action(view, "reopen", by.say("Take the sale back"), std::move(text), "second");
}

json note_action(const lead_view &view) {
  auto result = action("note", view.by.say("Add a note"), "rare");
  result["title"] = view.by.say("Note");
  auto text = field("comment", "textarea", view.by.say("Note"));
  text["required"] = true;
  text["max_length"] = 4000;
  result["fields"] = json::array({std::move(text)});
  result["submit"] = view.by.say("Save");
  return result;
}

/// For each content that a later message replaced, from the timeline.
void add_restores(json &offers, const lead_view &view) {
  const auto &by = view.by;
  for (const auto at : restorable(view)) {
    const auto &event = view.events[at];
    auto result =
        action("restore", by.say("Bring back what stood there before {1}", view.write.stamp(event.at)), "rare");
    result["id"] = "restore_" + std::to_string(event.id);
    result["title"] = by.say("Bring back earlier content");
    result["text"] = by.say(
        "Prospect, vehicle, message and consents are again what they were before {1}. State, salesperson and notes "
        "stay.",
        view.write.full(event.at));
    result["input"] = {{"event", std::to_string(event.id)}};
    result["submit"] = by.say("Bring back");
    result["confirm"] = true;
    offers.push_back(std::move(result));
  }
}

json undo_action(const lead_view &view) {
  const auto &by = view.by;
  auto result = action("undo_import", by.say("Take the import back"), "rare");
  const auto import = std::find_if(view.events.begin(), view.events.end(), [&](const auto &event) {
    return event.kind == "imported" || event.kind == "linked";
  });
  const bool made = import != view.events.end() && import->kind == "imported";
  result["text"] = made ? by.say(
                              "Customer {1} was made by the import and is removed again, unless somebody has changed "
                              "him since. Possible today only.",
                              view.item.customer)
                        : by.say(
                              "The lead is untied from customer {1}, who gets his former data back. Possible today "
                              "only.",
                              view.item.customer);
  result["confirm"] = true;
  return result;
}

/// The one step that the state asks for: plugin/README.md "Working a lead", "States".
std::string asked_step(const lead_view &view) {
  const auto &item = view.item;
  if (item.assignee.empty()) return "assign";
  if (item.customer.empty()) return "import";
  return std::string(key(next_state(view.by.with.types.find_type(item.content.type), item.state)));
}

void add_open(json &offers, const lead_view &view) {
  const auto &by = view.by;
  const auto &item = view.item;
  const auto next = asked_step(view);
  const auto add = [&](json offer) {
    if (!offer.is_null()) offers.push_back(std::move(offer));
  };
  const bool processes = by.who.may("leads.process");
  if (possible(step::assign, item.state) && (by.who.may("leads.assign") || (processes && item.assignee.empty()))) {
    add(assign_action(view, next == "assign"));
    add(take_action(view));
  }
  if (!processes) return;
  if (item.customer.empty() && may_import(item.state)) {
    add(import_action(view, next == "import"));
    auto other = action("import", by.say("Link another customer"), "rare");
    other["id"] = "import_other";
    auto number = field("customer", "text", by.say("Customer number"));
    number["required"] = true;
    number["max_length"] = 40;
    other["fields"] = json::array({std::move(number)});
    add(std::move(other));
  }
  if (by.with.desk.may_undo_import(item, by.now)) add(undo_action(view));
  add(answer_action(view));
  add(result_action(view, "reached", by.say("Reached")));
  add(result_action(view, "tried", by.say("Not reached")));
  if (view.by.with.desk.plans_contacts()) add(contact_action(view));
  for (const auto state : all_states()) {
    const bool moves_date = state == appointment && item.state == appointment;
    if (!moves_date && !allowed(step::progress, item.state, state)) continue;
    if (!has_state(by.with.types.find_type(item.content.type), state)) continue;
    add(state == appointment ? agree_action(view, next == key(state))
                             : progress_action(view, state, next == key(state)));
  }
  if (allowed(step::close, item.state, won)) add(sold_action(view, next == "won"));
  if (possible(step::close, item.state)) add(close_action(view));
  if (possible(step::close, item.state)) add(duplicate_action(view));
  if (possible(step::reject, item.state)) {
    add(commented_action(view, "reject", by.say("Reject"),
                         by.say("The lead goes back to New and to the people who assign."), "rare"));
  }
}

}  // namespace

bool may_note(const lead_view &view) {
  return view.item.state != erased && (view.by.who.may("leads.process") || view.by.who.may("leads.assign"));
}

std::vector<std::size_t> restorable(const lead_view &view) {
  constexpr std::size_t most = 5;
  std::vector<std::size_t> result;
  if (view.item.state == erased || !view.by.who.may("leads.process")) return result;
  for (std::size_t at = 0; at < view.events.size() && result.size() < most; ++at) {
    if (view.events[at].data.contains("before")) result.push_back(at);
  }
  return result;
}

json offered_actions(const lead_view &view) {
  const auto &by = view.by;
  json offers = json::array();
  if (is_open(view.item.state)) {
    add_open(offers, view);
  } else if (by.who.may("leads.process") && by.with.desk.may_undo_duplicate(view.item, view.events, by.now)) {
    auto undo = action("undo_duplicate", by.say("Is no duplicate"), "second");
    undo["text"] = by.say("Both leads are as they were before. Possible today only.");
    undo["confirm"] = true;
    offers.push_back(std::move(undo));
  } else if (possible(step::reopen, view.item.state) && by.who.may("leads.process")) {
    offers.push_back(reopen_action(view));
  }
  if (may_note(view)) offers.push_back(note_action(view));
  if (view.item.state != erased && by.who.may("leads.process")) {
    offers.push_back(edit_action(view));
    add_restores(offers, view);
  }
  if (possible(step::erase, view.item.state) && by.who.may("leads.erase")) {
    auto erase = action("erase", by.say("Anonymise"), "danger");
    erase["text"] = by.say("Name, contact data and messages are deleted for good; the counts stay.");
    erase["confirm"] = true;
    offers.push_back(std::move(erase));
  }
  return offers;
}

}  // namespace lead_system::screens
