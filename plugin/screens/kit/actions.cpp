#include "screens/kit/actions.hpp"

#include <algorithm>
#include <array>

#include "dms/cpp/json.hpp"
#include "processing/contact_times.hpp"
#include "screens/lead/lead_words.hpp"

namespace lead_system::screens {
namespace {

using processing::outcome;
using processing::verdict;

constexpr std::size_t most_leads_at_once = 500;

struct target {
  std::int64_t id = 0, version = 0;
};

/// One lead, one action: everything a desk's function needs.
struct deed {
  const request &by;
  processing::lead_desk &desk;
  processing::actor who;
  target lead;
  const parameters &input;
};

outcome bad_field(const char *name, const char *sentence) {
  outcome result;
  result.result = verdict::invalid;
  result.text = {"Please check the marked fields.", {}};
  result.fields[name] = {sentence, {}};
  return result;
}

outcome assign(const deed &it) {
  const auto user = it.input.one("user");
  if (user.empty()) return bad_field("user", "Choose a salesperson.");
  return it.desk.assign(it.who, it.by.who, it.lead.id, it.lead.version, user);
}

outcome reject(const deed &it) {
  return it.desk.reject(it.who, it.by.who, it.lead.id, it.lead.version, it.input.one("comment"));
}

/// Before a customer is made for it: whether the lead can be given to that user at all.
outcome check_taker(const deed &it, const std::string &user) {
  if (!it.who.may_assign && user != it.who.user) {
    outcome result;
    result.result = verdict::forbidden;
    result.text = {"You may take over leads yourself. Ask a manager to assign them to others.", {}};
    return result;
  }
  const auto item = it.by.with.store.find(it.lead.id, it.by.sees());
  if (!item) return {};
  const auto all = it.desk.assignable(*item);
  const bool found = std::any_of(all.begin(), all.end(), [&](const auto &one) { return one.id == user; });
  return found ? outcome{} : bad_field("user", "Choose an active salesperson.");
}

outcome import(const deed &it) {
  const auto customer = it.input.one("customer");
  if (customer.empty() && it.input.one("link") == "yes") return bad_field("customer", "Choose a customer first.");
  // The page offers the fields of several customers: "10482:email". Programs send the field alone.
  std::vector<std::string> take;
  for (const auto &text : it.input.all("take")) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) {
      take.push_back(text);
    } else if (text.substr(0, colon) == customer) {
      take.push_back(text.substr(colon + 1));
    }
  }
  const auto user = it.input.one("user");
  if (!user.empty()) {
    if (auto refusal = check_taker(it, user); refusal.result != verdict::done) return refusal;
  }
  auto came = it.desk.import(it.who, it.by.who, it.lead.id, it.lead.version, customer, take);
  if (came.result != verdict::done || user.empty()) return came;
  auto given = it.desk.assign(it.who, it.by.who, it.lead.id, came.version, user);
  if (given.result != verdict::done) {
    // The customer is there: that is what came of it.
    came.text = {"The prospect is in the DMS as customer {1}, but the lead is not assigned: {2}",
                 {came.customer, it.by.say(given.text)}};
    return came;
  }
  given.text = {"The prospect is in the DMS as customer {1}, and the lead is assigned to {2}.",
                {came.customer, it.by.people->user_name(user)}};
  return given;
}

outcome undo_import(const deed &it) {
  return it.desk.undo_import(it.who, it.by.who, it.lead.id, it.lead.version);
}

outcome note(const deed &it) {
  return it.desk.note(it.who, it.by.who, it.lead.id, it.input.one("comment"));
}

outcome restore(const deed &it) {
  return it.desk.restore(it.who, it.by.who, it.lead.id, it.lead.version, it.input.integer("event").value_or(0));
}

/// Programs send microseconds or ISO 8601, forms the date and time of the lead's location; 0: neither.
time_us due_of(const deed &it) {
  const auto text = it.input.one("due");
  if (const auto due = to_integer(text)) return *due;
  const auto item = it.by.with.store.find(it.lead.id, it.by.sees());
  return it.by.write_at(item ? item->location : std::string{}).parse(text);
}

outcome contact(const deed &it) {
  const auto due = due_of(it);
  if (due <= 0) return bad_field("due", "Give a date and a time, for example 2026-11-25 16:30.");
  return it.desk.contact(it.who, it.by.who, it.lead.id, it.lead.version, due, it.input.one("kind"),
                         it.input.one("note"));
}

outcome agree_test_drive(const deed &it) {
  constexpr std::size_t longest_vehicle = 200;
  const auto due = due_of(it);
  if (due <= 0) return bad_field("due", "Give a date and a time, for example 2026-11-25 16:30.");
  const auto vehicle = it.input.one("vehicle");
  if (vehicle.size() > longest_vehicle) return bad_field("vehicle", "Name the vehicle in fewer words.");
  return it.desk.agree_test_drive(it.who, it.by.who, it.lead.id, it.lead.version,
                                  {due, it.input.one("user"), vehicle, it.input.one("note")});
}

outcome progress(const deed &it) {
  const auto state = it.input.one("state");
  if (state.empty()) return bad_field("state", "Choose a state.");
  return it.desk.progress(it.who, it.by.who, it.lead.id, it.lead.version, state);
}

/// The time that was typed, whatever is pressed: Enter in its field presses the first of the usual ones. Else one of
/// these by its key; "usual": the one that goes with the result, unless something is planned already; "none" or
/// nothing: none.
outcome read_next(const deed &it, processing::follow_up &next) {
  next.kind = it.input.one("kind");
  const auto when = it.input.one("next");
  if (it.input.has("due")) {
    next.due = due_of(it);
    return next.due > 0 ? outcome{} : bad_field("due", "Give a date and a time, for example 2026-11-25 16:30.");
  }
  if (when.empty() || when == "none") return {};
  const auto item = it.by.with.store.find(it.lead.id, it.by.sees());
  const auto calendar = it.by.people->calendar_of(item ? item->location : std::string{});
  next.unless_planned = when == "usual";
  const std::string_view usual = it.input.one("result") == "reached" ? "week" : "hours";
  const auto due = processing::usual_due(next.unless_planned ? usual : when, it.by.now, calendar);
  if (!due) return bad_field("next", "Choose when the next contact is.");
  next.due = *due;
  return {};
}

/// What the contact came to, and with it the next one or, with a reason, the end.
outcome contact_result(const deed &it) {
  const auto result = it.input.one("result");
  if (result.empty()) return bad_field("result", "Choose a result.");
  const auto why = it.input.one("reason");
  if (!why.empty() && find_reason(why) == nullptr) return bad_field("reason", "Choose a reason.");
  processing::follow_up next;
  if (why.empty()) {
    if (auto wrong = read_next(it, next); wrong.result != verdict::done) return wrong;
  }
  auto came =
      it.desk.contact_result(it.who, it.by.who, it.lead.id, it.lead.version, result, it.input.one("comment"), next);
  if (came.result != verdict::done) return came;
  if (!why.empty()) return it.desk.close(it.who, it.by.who, it.lead.id, came.version, {}, why, {});
  const auto item = it.by.with.store.find(it.lead.id, it.by.sees());
  if (!item) return came;
  const auto name = prospect_name(it.by, *item);
  if (const auto due = next_step_of(*item).due; due != 0) {
    const auto when = it.by.write_at(item->location).day_time(due);
    came.text = result == "reached" ? message{"{1} was reached. Next step: {2}.", {name, when}}
                                    : message{"{1} was not reached. Next step: {2}.", {name, when}};
  } else {
    came.text = result == "reached" ? message{"{1} was reached. Nothing is planned next.", {name}}
                                    : message{"{1} was not reached. Nothing is planned next.", {name}};
  }
  return came;
}

outcome close(const deed &it) {
  const auto why = it.input.one("reason");
  if (why.empty()) return bad_field("reason", "Choose a reason.");
  return it.desk.close(it.who, it.by.who, it.lead.id, it.lead.version, it.input.one("state"), why,
                       it.input.one("comment"));
}

/// Chosen from the other enquiries of the person, or by its number.
outcome close_as_duplicate(const deed &it) {
  const auto typed = it.input.one("number");
  const auto kept = to_integer(typed.empty() ? it.input.one("kept") : typed);
  if (!kept) return bad_field(typed.empty() ? "kept" : "number", "Choose the lead that goes on, or give its number.");
  auto came =
      it.desk.close_as_duplicate(it.who, it.by.who, it.lead.id, it.lead.version, *kept, it.input.one("comment"));
  if (!typed.empty()) {
    if (auto wrong = came.fields.extract("kept"); !wrong.empty()) {
      wrong.key() = "number";
      came.fields.insert(std::move(wrong));
    }
  }
  if (came.result == verdict::done)
    came.text = {"The lead is closed as a duplicate of lead {1}.", {std::to_string(*kept)}};
  return came;
}

outcome undo_duplicate(const deed &it) {
  return it.desk.undo_duplicate(it.who, it.by.who, it.lead.id, it.lead.version);
}

outcome reopen(const deed &it) {
  return it.desk.reopen(it.who, it.by.who, it.lead.id, it.lead.version, it.input.one("comment"));
}

outcome erase(const deed &it) {
  return it.desk.erase(it.who, it.by.who, it.lead.id, it.lead.version);
}

outcome undo(const deed &it) {
  return it.desk.undo(it.who, it.by.who, it.lead.id, it.lead.version);
}

struct action_row {
  std::string_view name;
  outcome (*run)(const deed &);
  std::string_view done;             ///< what is said afterwards
  std::string_view reported = done;  ///< the same where the manufacturer hears of it
  bool adds = false;                 ///< to what is there: no version is asked for
  std::string_view one{}, many{};    ///< of several leads at once: {1} how many, {2} to whom
};
constexpr std::array action_rows{
    action_row{"assign", &assign, "Assigned to {1}.", "Assigned to {1}.", false, "{1} lead was assigned to {2}.",
               "{1} leads were assigned to {2}."},
    action_row{"reject", &reject, "Rejected; the lead is new again."},
    action_row{"import", &import, "The prospect is in the DMS as customer {1}."},
    action_row{"undo_import", &undo_import, "The import is taken back."},
    action_row{"note", &note, "The note stands in the timeline.", "The note stands in the timeline.", true},
    action_row{"restore", &restore, "The lead says again what it said before."},
    action_row{"contact", &contact, "The contact stands in myContacts."},
    action_row{"agree_test_drive", &agree_test_drive, "The test drive is agreed and stands in myContacts."},
    action_row{"progress", &progress, "The state is saved."},
    action_row{"contact_result", &contact_result, "The contact result is saved."},
    action_row{"close", &close, "The lead is closed.", "The lead is closed. The manufacturer hears of it.", false,
               "{1} lead was closed.", "{1} leads were closed."},
    action_row{"close_duplicate", &close_as_duplicate, "The lead is closed."},
    action_row{"undo_duplicate", &undo_duplicate, "The lead is no duplicate any more."},
    action_row{"reopen", &reopen, "The lead is open again.", "The lead is open again. The manufacturer hears of it."},
    action_row{"erase", &erase, "The lead is anonymised."},
    action_row{"undo", &undo, "It is taken back.", "It is taken back.", false, "{1} lead is as it was before.",
               "{1} leads are as they were before."},
};

/// Whether somebody hears of what becomes of the lead.
bool is_told_of(const request &by, std::int64_t lead_id) {
  const auto item = by.with.store.find(lead_id, by.sees());
  const auto source = item ? by.sources.find(item->content.source) : by.sources.end();
  if (source == by.sources.end() || !source->second.feedback.enabled) return false;
  const auto channels = by.with.store.feedback_channels();
  const auto set = std::find_if(channels.begin(), channels.end(),
                                [&](const auto &channel) { return channel.source == item->content.source; });
  return set == channels.end() || set->transport != "none";
}

/// A sentence for what was done, where the desk itself says nothing more.
message said_of(const request &by, const action_row &action, const parameters &input, const outcome &came) {
  if (came.result != verdict::done || !came.text.empty()) return came.text;
  const auto whom = action.name == "assign" ? by.people->user_name(input.one("user")) : came.customer;
  return {std::string(came.reported ? action.reported : action.done), {whom}};
}

/// "4711:3" → {4711, 3}
std::optional<target> parse_pair(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto id = to_integer(text.substr(0, colon)), version = to_integer(text.substr(colon + 1));
  return id && version ? std::optional(target{*id, *version}) : std::nullopt;
}

outcome not_found() {
  outcome result;
  result.result = verdict::not_found;
  result.text = {"This lead does not exist.", {}};
  return result;
}

outcome run_one(const request &by, const action_row &action, const parameters &input, target lead) {
  const deed it{by, by.with.desk, by.actor(), lead, input};
  auto came = action.run(it);
  came.text = said_of(by, action, input, came);
  if (action.name == "close" && came.result == verdict::done && is_told_of(by, lead.id)) {
    came.text = {"The lead is closed. The manufacturer hears of it.", {}};
  }
  return came;
}

constexpr std::string_view undoable_actions[] = {"assign",         "reject", "progress", "agree_test_drive",
                                                 "contact_result", "close",  "reopen"};

/// "4711:3" of each lead that was changed, for the button that takes it back.
void offer_undo(const request &by, const action_row &action, const std::vector<std::string> &versions, json &result) {
  const bool may =
      std::find(std::begin(undoable_actions), std::end(undoable_actions), action.name) != std::end(undoable_actions);
  if (!may || versions.empty() || by.who.channel() != "web") return;
  json leads = json::array();
  for (const auto &pair : versions) leads.push_back(pair.substr(0, pair.find(':')));
  result["undo"] = {{"screen", "leads.lead"},
                    {"action", "undo"},
                    {"label", by.say("Undo it")},
                    {"input", {{"leads", std::move(leads)}, {"versions", versions}}}};
}

/// One that fails says so for itself: those before it are done and stay done.
outcome run_one_of_many(const request &by, const action_row &action, const parameters &input, target lead) {
  try {
    return run_one(by, action, input, lead);
  } catch (const std::exception &) {
    outcome failed;
    failed.result = verdict::refused;
    failed.text = {"This lead could not be changed just now. Try it again.", {}};
    return failed;
  }
}

dms::answer act_on_one(const request &by, const action_row &action, const parameters &input) {
  const auto id = input.integer("id");
  if (!id) return answer_of(by, not_found());
  const auto version = input.integer("version");
  if (!version && !action.adds) {
    // Whoever may not see the lead learns nothing from the missing version either.
    if (!by.with.store.find(*id, by.sees())) return answer_of(by, not_found());
    return invalid_input(by, {{"version", {"Send the version of the lead that you saw.", {}}}});
  }
  const auto done = run_one(by, action, input, {*id, version.value_or(0)});
  auto answered = answer_of(by, done);
  if (done.result != verdict::done) return answered;
  by.with.wake_feedback();
  auto document = dms::json_or_null(answered.document);
  offer_undo(by, action, {std::to_string(*id) + ":" + std::to_string(done.version)}, document);
  answered.document = text_of(document);
  return answered;
}

/// The leads of a bulk action with the version that the user saw of each; without versions nothing is done.
std::vector<target> targets(const parameters &input) {
  std::map<std::int64_t, std::int64_t> versions;
  for (const auto &text : input.all("versions")) {
    if (const auto pair = parse_pair(text)) versions[pair->id] = pair->version;
  }
  const auto common = input.integer("version").value_or(0);
  std::vector<target> result;
  for (const auto &text : input.all("leads")) {
    target one{to_integer(text).value_or(0), common};
    if (const auto found = versions.find(one.id); found != versions.end()) one.version = found->second;
    const bool twice = std::any_of(result.begin(), result.end(), [&](const auto &it) { return it.id == one.id; });
    if (!twice) result.push_back(one);
  }
  return result;
}

dms::answer act_on_many(const request &by, const action_row &action, const parameters &input) {
  const auto leads = targets(input);
  if (leads.empty()) return invalid_input(by, {{"leads", {"Select at least one lead.", {}}}});
  if (leads.size() > most_leads_at_once) {
    return invalid_input(by, {{"leads", {"Select at most {1} leads at once.", {std::to_string(most_leads_at_once)}}}});
  }
  if (std::any_of(leads.begin(), leads.end(), [](const auto &it) { return it.version == 0; })) {
    return invalid_input(by, {{"versions", {"Send the version of each lead that you saw, as id:version.", {}}}});
  }
  std::int64_t done = 0;
  std::vector<outcome> outcomes;
  std::vector<std::string> changed;
  json items = json::array();
  for (const auto &lead : leads) {
    const auto came = lead.id == 0 ? not_found() : run_one_of_many(by, action, input, lead);
    const auto single = dms::json_or_null(answer_of(by, came).document);
    json item{{"id", std::to_string(lead.id)}, {"status", single["status"]}, {"message", single["message"]}};
    if (came.version != 0) item["version"] = came.version;
    items.push_back(std::move(item));
    if (came.result == verdict::done) {
      ++done;
      changed.push_back(std::to_string(lead.id) + ":" + std::to_string(came.version));
    }
    outcomes.push_back(came);
  }
  if (done > 0) by.with.wake_feedback();
  const auto total = static_cast<std::int64_t>(leads.size());
  // Nothing done at all: the first reason stands for the whole.
  auto answered = answer_of(by, done == 0 ? outcomes.front() : outcome{});
  auto document = dms::json_or_null(answered.document);
  if (done > 0) {
    const auto &[one, many] =
        action.one.empty() ? std::pair<std::string_view, std::string_view>{"{1} lead changed.", "{1} leads changed."}
                           : std::pair{action.one, action.many};
    const auto whom = by.people->user_name(input.one("user"));
    document["message"] = done == total ? by.say.count(one, many, done, whom)
                                        : by.say.count(
                                              "{2} of {1} lead done; the others have changed or cannot be "
                                              "changed this way.",
                                              "{2} of {1} leads done; the others have changed or cannot be "
                                              "changed this way.",
                                              total, by.say.number(done));
  }
  document["items"] = std::move(items);
  offer_undo(by, action, changed, document);
  answered.document = text_of(document);
  return answered;
}

}  // namespace

dms::answer act_on_leads(const request &by, std::string_view action, const parameters &input) {
  const auto *found =
      std::find_if(action_rows.begin(), action_rows.end(), [&](const auto &row) { return row.name == action; });
  if (found == action_rows.end()) return unknown_action(by);
  return input.sent("leads") || !input.sent("id") ? act_on_many(by, *found, input) : act_on_one(by, *found, input);
}

}  // namespace lead_system::screens
