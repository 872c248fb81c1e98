#include <algorithm>
#include <array>

#include "screens/lead_blocks.hpp"

namespace lead_system::screens {
namespace {

using enum lead_state;

json user_options(const lead_view &view, bool everybody) {
  const auto &by = view.by;
  const auto open = by.with.leads.open_per_assignee(by.sees());
  json options = json::array();
  for (const auto &user : by.with.desk.assignable(view.item)) {
    if (!everybody && user.id != by.user) continue;
    const auto found = open.find(user.id);
    const auto where = user.locations.empty() ? std::string{} : by.people->location_name(user.locations.front()) + ", ";
    const auto load = by.say.count("{1} open lead", "{1} open leads", found == open.end() ? 0 : found->second);
    options.push_back(option(user.id, user.name + " – " + where + load));
  }
  return options;
}

json assign_action(const lead_view &view, bool next) {
  const auto &by = view.by;
  const bool everybody = by.who.may("leads.assign");
  auto options = user_options(view, everybody);
  if (options.empty()) return nullptr;
  auto result = action("assign", everybody ? by.say("Assign") : by.say("Take over"), next ? "primary" : "second");
  if (!everybody) {
    result["input"] = {{"user", by.user}};
    return result;
  }
  result["title"] = by.say("Assign lead");
  const auto *type = by.with.types.find_type(view.item.content.type);
  result["text"] = prospect_name(by, view.item) + (type == nullptr ? std::string{} : ", " + by.say(type->title));
  auto people = choice("user", by.say("Salesperson"), view.item.assignee, std::move(options));
  people["required"] = true;
  result["fields"] = json::array({std::move(people)});
  return result;
}

json contact_action(const lead_view &view) {
  const auto &by = view.by;
  auto result = action("contact", by.say("Plan contact"), "second");
  const auto whose = view.item.assignee.empty() ? by.user : view.item.assignee;
  result["text"] = by.say("Appears in myContacts of {1}.", by.people->user_name(whose));
  // The next full hour from in two hours on; people change it anyway.
  const auto due = (by.now / hour_us + 2) * hour_us;
  auto when = field("due", "datetime", by.say("Due"), view.write.input_date_time(due));
  when["required"] = true;
  auto note = field("note", "textarea", by.say("Note"));
  note["optional"] = true;
  note["max_length"] = 2000;
  result["fields"] =
      json::array({std::move(when),
                   choice("kind", by.say("Kind"), "phone",
                          json::array({option("phone", by.say("Phone call")), option("email", by.say("E-mail")),
                                       option("visit", by.say("Visit")), option("test_drive", by.say("Test drive"))})),
                   std::move(note)});
  return result;
}

json comment_field(const request &by, bool optional) {
  auto result = field("comment", "textarea", by.say("Comment"));
  result[optional ? "optional" : "required"] = true;
  result["max_length"] = 2000;
  return result;
}

/// What the manufacturer hears of it, from the source's code table.
std::string feedback_sentence(const lead_view &view, lead_state state) {
  const auto source = view.by.with.sources.find(view.item.content.source);
  if (source == view.by.with.sources.end() || !source->second.feedback.enabled) return {};
  const auto code = source->second.feedback.states.find(std::string(key(state)));
  if (code == source->second.feedback.states.end()) return {};
  return view.by.say("{1} receives the feedback “{2}”.", source->second.feedback.manufacturer, code->second.status);
}

json close_action(const lead_view &view) {
  const auto &by = view.by;
  auto result = action("close", by.say("Close"), "second");
  result["title"] = by.say("Close lead");
  const auto told = feedback_sentence(view, closed);
  result["text"] = told + (told.empty() ? "" : " ") + by.say("The lead can be opened again.");
  json states = json::array(), why = json::array({option("", by.say("Please choose"))});
  for (const auto state : {closed, lost, invalid}) {
    if (allowed(step::close, view.item.state, state))
      states.push_back(option(std::string(key(state)), by.say(title(state))));
  }
  for (const auto &item : reasons()) {
    if (!item.for_won) why.push_back(option(std::string(item.key), by.say(item.title)));
  }
  auto reason_field = choice("reason", by.say("Reason"), "", std::move(why));
  reason_field["required"] = true;
  result["fields"] = json::array({choice("state", by.say("State"), std::string(key(closed)), std::move(states)),
                                  std::move(reason_field), comment_field(by, true)});
  return result;
}

json sold_action(const lead_view &view, bool next) {
  const auto &by = view.by;
  auto result = action("close", by.say("Sold"), next ? "primary" : "rare");
  result["id"] = "won";
  result["title"] = by.say("Enter the sale");
  result["text"] = feedback_sentence(view, won);
  if (result["text"].get_ref<const std::string &>().empty()) result.erase("text");
  result["input"] = {{"state", "won"}, {"reason", "sale"}};
  result["fields"] = json::array({comment_field(by, true)});
  return result;
}

json result_action(const lead_view &view) {
  const auto &by = view.by;
  auto result = action("contact_result", by.say("Contact result"), "rare");
  auto choices =
      field("result", "radios", by.say("Result"), view.item.contact == contact_result::reached ? "reached" : "tried");
  choices["options"] =
      json::array({option("tried", by.say("Tried, not reached")), option("reached", by.say("Reached"))});
  result["fields"] = json::array({std::move(choices), comment_field(by, true)});
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

/// The one step that the state asks for: product.md 3 and 4.
std::string_view next_step(const lead_view &view) {
  const auto &item = view.item;
  if (item.assignee.empty()) return "assign";
  if (item.customer.empty()) return "import";
  switch (item.state) {
    case received:
      return "assign";
    case assigned:
      return "progress_in_progress";
    case in_progress:
      return item.content.type.starts_with("test_drive") ? "progress_appointment" : "progress_offer";
    case appointment:
      return "progress_test_drive_done";
    case test_drive_done:
      return "progress_offer";
    case offer:
      return "won";
    default:
      return {};
  }
}

void add_open(json &offers, const lead_view &view) {
  const auto &by = view.by;
  const auto &item = view.item;
  const auto next = next_step(view);
  const auto add = [&](json offer) {
    if (!offer.is_null()) offers.push_back(std::move(offer));
  };
  const bool processes = by.who.may("leads.process");
  if (possible(step::assign, item.state) && (by.who.may("leads.assign") || (processes && item.assignee.empty()))) {
    add(assign_action(view, next == "assign"));
  }
  if (!processes) return;
  if (item.customer.empty() && may_import(item.state)) {
    auto import = action("import", by.say("Import"), next == "import" ? "primary" : "second");
    auto there = link_to(by.say("Import"), "leads.lead", {{"id", std::to_string(item.id)}});
    there["anchor"] = "matches";
    import["link"] = std::move(there);
    add(std::move(import));
    auto other = action("import", by.say("Link another customer"), "rare");
    other["id"] = "import_other";
    auto number = field("customer", "text", by.say("Customer number"));
    number["required"] = true;
    number["max_length"] = 40;
    other["fields"] = json::array({std::move(number)});
    add(std::move(other));
  }
  if (by.with.desk.may_undo_import(item, by.now)) add(undo_action(view));
  add(contact_action(view));
  for (const auto state : all_states()) {
    if (!allowed(step::progress, item.state, state)) continue;
    add(progress_action(view, state, next == "progress_" + std::string(key(state))));
  }
  if (allowed(step::close, item.state, won)) add(sold_action(view, next == "won"));
  if (possible(step::close, item.state)) add(close_action(view));
  add(result_action(view));
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
  } else if (possible(step::reopen, view.item.state) && by.who.may("leads.process")) {
    offers.push_back(commented_action(view, "reopen", by.say("Reopen"), {}, "primary"));
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
