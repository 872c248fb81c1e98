#include "screens/lead/event_words.hpp"

#include <algorithm>

#include "dms/cpp/json.hpp"
#include "lead/texts.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/lead/lead_blocks.hpp"

namespace lead_system::screens {
namespace {

/// How an event is told: in the timeline as title and text, to somebody who was too late as a sentence.
/// {1} who, {2} when, {3} the user or customer it is about, {4} the new state or result, {5} the reason.
struct event_row {
  std::string_view kind, title, text, sentence, weight;
};
constexpr event_row event_rows[] = {
    {"received", "Came in", "by way of {3}", "The lead came in at {2}.", "key"},
    {"taken", "Assigned", "taken over by {3}", "{1} took over the lead at {2}.", "key"},
    {"assigned", "Assigned", "to {3}", "{1} assigned the lead to {3} at {2}.", "key"},
    {"assigned_customer", "Assigned", "to {3}, who looks after the customer", "{1} assigned the lead to {3} at {2}.",
     "key"},
    {"assigned_turn", "Assigned", "to {3}, who has the fewest open leads ({4})", "{1} assigned the lead to {3} at {2}.",
     "key"},
    {"rejected", "Turned down", "back to New", "{1} rejected the lead at {2}.", "key"},
    {"imported", "Imported", "created as customer {3}", "{1} imported the prospect as customer {3} at {2}.", "key"},
    {"linked", "Linked", "with customer {3}", "{1} linked the lead with customer {3} at {2}.", "key"},
    {"import_undone", "Import taken back", "from customer {3}", "{1} took back the import as customer {3} at {2}.",
     "key"},
    {"customer_merged", "Customer merged", "with customer {3} in the DMS",
     "The customer was merged with customer {3} in the DMS at {2}.", "minor"},
    {"undone", "Taken back", "", "{1} took back the last step at {2}.", "minor"},
    {"note", "Note", "", "{1} wrote a note at {2}.", "minor"},
    {"edited", "Data corrected", "", "{1} corrected the prospect's data at {2}.", "minor"},
    {"progress", "{4}", "", "{1} set the state to “{4}” at {2}.", "key"},
    {"test_drive_agreed", "{4}", "for {3}", "{1} agreed a test drive at {2}.", "key"},
    {"contact_planned", "Contact planned", "for {3}", "{1} planned a contact at {2}.", "minor"},
    {"contact_result", "Contact {4}", "", "{1} entered the contact result “{4}” at {2}.", "minor"},
    {"closed", "{4}", ", {5}", "{1} closed the lead at {2}: {4}.", "key"},
    {"sold", "{4}", "by the sale {3} in the DMS", "The DMS told of the sale {3} at {2}.", "key"},
    {"sale_cancelled", "Sale cancelled in the DMS", "now {4}", "The sale {3} was cancelled in the DMS at {2}.", "key"},
    {"duplicate", "{4}", "of lead {3}", "{1} closed the lead at {2} as a duplicate of lead {3}.", "key"},
    {"duplicate_joined", "Duplicate", "lead {3} is one of this lead",
     "{1} closed lead {3} at {2} as a duplicate of this.", "key"},
    {"duplicate_left", "Duplicate taken back", "lead {3}", "{1} took back at {2} that lead {3} is a duplicate of this.",
     "minor"},
    {"sale_taken_back", "Sale taken back", "", "{1} took the sale back at {2}.", "key"},
    {"reopened", "Reopened", "", "{1} reopened the lead at {2}.", "key"},
    {"updated", "Updated", "by a later message", "A later message updated the lead at {2}.", "minor"},
    {"restored", "Earlier content brought back", "", "{1} brought back earlier content at {2}.", "minor"},
    {"reminder", "Reminder", "to {3}: {4} without first contact", "A reminder went out at {2}.", "now"},
    {"escalation", "Escalation", "to {3}: {4} without first contact", "The lead was escalated at {2}.", "now"},
    {"reminder_due", "Reminder", "to {3}: the next step is overdue", "A reminder went out at {2}.", "now"},
    {"escalation_due", "Escalation", "to {3}: the next step is overdue", "The lead was escalated at {2}.", "now"},
    {"reminder_missing", "Reminder", "to {3}: nothing is planned", "A reminder went out at {2}.", "now"},
    {"escalation_missing", "Escalation", "to {3}: nothing is planned", "The lead was escalated at {2}.", "now"},
    {"located", "Location assigned", "{3}", "The lead was given to a location at {2}.", "minor"},
    {"feedback_resent", "Feedback sent again", "“{4}”", "{1} sent a feedback again at {2}.", "minor"},
    {"feedback_given_up", "Feedback given up", "“{4}”", "{1} gave up a feedback at {2}.", "minor"},
    {"receipt_sent", "Receipt sent", "by e-mail", "A receipt was sent at {2}.", "minor"},
    {"answered", "Answered by e-mail", "", "{1} answered by e-mail at {2}.", "key"},
    {"mail_failed", "E-mail not delivered", "", "An e-mail could not be delivered at {2}.", "now"},
    {"reply_received", "Answer of the prospect", "", "The prospect answered at {2}.", "key"},
    {"erased", "Anonymised", "", "{1} anonymised the lead at {2}.", "key"},
};
constexpr event_row unknown{"", "Changed", "", "{1} changed the lead at {2}.", "minor"};

constexpr std::size_t most_of_a_message = 120;

std::string data(const lead_event &event, const std::string &name) {
  return text_in(event.data, name);
}

const event_row &row_of(const lead_event &event) {
  std::string_view kind = event.kind;
  if (kind == "assigned" && !event.actor.empty() && data(event, "user") == event.actor) kind = "taken";
  if (kind == "closed" && !data(event, "duplicate_of").empty()) kind = "duplicate";
  if (kind == "assigned" && data(event, "why") == "customer") kind = "assigned_customer";
  if (kind == "assigned" && data(event, "why") == "turn") kind = "assigned_turn";
  if (kind == "reopened" && data(event, "from") == key(lead_state::won)) kind = "sale_taken_back";
  const bool tells = kind == "reminder" || kind == "escalation";
  std::string told_of = tells && event.data.contains("due")       ? event.kind + "_due"
                        : tells && event.data.contains("missing") ? event.kind + "_missing"
                                                                  : std::string(kind);
  kind = told_of;
  const auto *found =
      std::find_if(std::begin(event_rows), std::end(event_rows), [&](const auto &row) { return row.kind == kind; });
  return found == std::end(event_rows) ? unknown : *found;
}

std::string state_word(const request &by, const std::string &text) {
  if (const auto state = state_from(text)) return by.say(title(*state));
  return text;
}

/// "Anna Pichler, Petra Lindner and 2 more"
std::string people_words(const request &by, const std::string &logins) {
  constexpr std::size_t most_named = 3;
  std::vector<std::string> names;
  for (std::size_t at = 0; at < logins.size();) {
    const auto end = std::min(logins.find(',', at), logins.size());
    names.push_back(by.people->user_name(logins.substr(at, end - at)));
    at = end + 1;
  }
  std::string result;
  for (std::size_t index = 0; index < std::min(names.size(), most_named); ++index) {
    result += (index == 0 ? "" : ", ") + names[index];
  }
  if (names.size() <= most_named) return result;
  return by.say.count("{2} and {1} more", "{2} and {1} more", static_cast<std::int64_t>(names.size() - most_named),
                      result);
}

/// Of opening hours: "30 minutes", "4 hours".
std::string waited_words(const request &by, const std::string &minutes) {
  const auto count = to_integer(minutes).value_or(0);
  constexpr std::int64_t hour = 60;
  if (count >= 2 * hour && count % hour == 0) return by.say.count("{1} hour", "{1} hours", count / hour);
  return by.say.count("{1} minute", "{1} minutes", count);
}

/// "E-mail: a@example.at → b@example.at; Town: Graz"
std::string correction_words(const request &by, const lead_event &event) {
  const auto was = dms::json_or_null(data(event, "was")), is = dms::json_or_null(data(event, "is"));
  std::string result;
  if (!was.is_object() || !is.is_object()) return result;
  for (const auto &[field, value] : is.items()) {
    const auto text = [&, &name = field](const json &side) {
      const auto found = side.find(name);
      const auto whole = found != side.end() && found->is_string() ? found->get<std::string>() : std::string{};
      return whole.empty() ? "–" : beginning_of(field_text(by, name, whole), most_of_a_message);
    };
    result += (result.empty() ? "" : "; ") + field_label(by, field) + ": " + text(was) + " → " + text(is);
  }
  return result;
}

/// "E-mail, Address": what a link changed with the customer.
std::string fields_words(const request &by, const std::string &fields) {
  std::string result;
  for (std::size_t at = 0; at < fields.size();) {
    const auto end = std::min(fields.find(',', at), fields.size());
    result += (result.empty() ? "" : ", ") + field_label(by, fields.substr(at, end - at));
    at = end + 1;
  }
  return result;
}

/// {1} to {5} of an event.
std::vector<std::string> arguments(const request &by, const lead_event &event, const writer &write) {
  const auto user = data(event, "user"), customer = data(event, "customer");
  std::string about = !customer.empty() ? customer : by.people->user_name(user);
  if (event.kind == "sold" || event.kind == "sale_cancelled") about = data(event, "deal");
  if (event.kind == "received") about = by.source_title(data(event, "source"));
  if (const auto users = data(event, "users"); !users.empty()) about = people_words(by, users);
  if (event.kind.starts_with("duplicate_")) about = data(event, "lead");
  if (event.kind == "closed" && event.data.contains("duplicate_of")) about = data(event, "duplicate_of");
  if (event.kind == "located") about = by.people->location_name(data(event, "location"));
  std::string outcome;
  if (event.kind == "contact_result") {
    const auto result = contact_result_from(data(event, "result").empty() ? data(event, "to") : data(event, "result"));
    if (result) outcome = by.say(key(*result));
  } else if (!data(event, "minutes").empty()) {
    outcome = waited_words(by, data(event, "minutes"));
  } else if (!data(event, "open").empty()) {
    outcome = data(event, "open");
  } else if (event.kind.starts_with("feedback_")) {
    outcome = state_word(by, data(event, "cause"));
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

namespace {

std::string size_words(const request &by, std::int64_t bytes) {
  constexpr std::int64_t kilobyte = 1000, megabyte = kilobyte * kilobyte;
  // A host may say any number.
  const auto rounded = [&](std::int64_t unit) { return bytes / unit + (bytes % unit >= unit / 2 ? 1 : 0); };
  if (bytes >= megabyte) return by.say("{1} MB", by.say.number(rounded(megabyte)));
  return by.say("{1} KB", by.say.number(std::max<std::int64_t>(1, rounded(kilobyte))));
}

/// "registration.pdf (182 KB), picture.jpg (2 MB)"
std::string file_words(const request &by, const std::string &files) {
  std::string result;
  const auto list = dms::json_or_null(files);
  for (const auto &one : list.is_array() ? list : json::array()) {
    if (!one.is_object()) continue;
    const auto name = one.value("name", std::string{});
    result += (result.empty() ? "" : ", ") + (name.empty() ? by.say("a file without a name") : name) + " (" +
              size_words(by, one.value("bytes", std::int64_t{0})) + ")";
  }
  return result;
}

/// Of an e-mail its subject, and what came with it or went wrong.
std::string mail_detail(const request &by, const lead_event &event) {
  auto result = data(event, "subject");
  const auto add = [&](const std::string &text) { result += (result.empty() || text.empty() ? "" : ". ") + text; };
  if (const auto files = to_integer(data(event, "attachments")); files && *files > 0) {
    const auto named = file_words(by, data(event, "files"));
    add(named.empty() ? by.say.count("{1} file came with it and lies in the mailbox",
                                     "{1} files came with it and lie in the mailbox", *files)
                      : by.say.count("{1} file came with it and lies in the mailbox: {2}",
                                     "{1} files came with it and lie in the mailbox: {2}", *files, named));
  }
  // Ours in the reader's language, a mail server's as it stands.
  const auto problem = data(event, "problem");
  if (event.kind == "mail_failed" && !problem.empty()) add(by.say(problem));
  return result;
}

}  // namespace

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
  // So would the comma before no reason, or before one that says the state once more.
  const bool about_nobody = (row.text.find("{3}") != std::string_view::npos && with[2].empty()) ||
                            (event.kind == "closed" && (with[4].empty() || with[4] == with[3]));
  if (auto text = told(by, row.text, with); !text.empty() && !about_nobody && !result.contains("text"))
    result["text"] = std::move(text);
  if (const auto due = to_integer(data(event, "due")); due && event.kind == "contact_planned") {
    result["detail"] = contact_kind_text(by, data(event, "kind")) + ", " + write.full(*due);
  } else if (due && event.kind == "test_drive_agreed") {
    const auto vehicle = data(event, "vehicle");
    result["detail"] = write.full(*due) + (vehicle.empty() ? "" : ", ") + vehicle;
  }
  if (event.kind == "sold") {
    const auto vehicle = data(event, "vehicle");
    result["detail"] = write.iso_date(data(event, "sold_on")) + (vehicle.empty() ? "" : ", ") + vehicle;
  }
  if (auto text = mail_detail(by, event); !text.empty()) result["detail"] = std::move(text);
  if (auto text = correction_words(by, event); !text.empty()) result["detail"] = std::move(text);
  if (const auto kept = data(event, "kept"); !kept.empty()) {
    const auto before = result.value("detail", "");
    result["detail"] =
        (before.empty() ? "" : before + ". ") + by.say("Corrected here, and kept: {1}", fields_words(by, kept));
  }
  if (const auto fields = data(event, "fields"); !fields.empty()) {
    result["detail"] = by.say("Written to the customer: {1}", fields_words(by, fields));
  }
  const bool of_later_step = event.data.contains("due") || event.data.contains("missing");
  const bool still_waits = of_later_step ? event.at >= item.updated_at : item.first_contact_at == 0;
  if (const auto escalation = to_integer(data(event, "escalation"));
      escalation && *escalation > by.now && still_waits && is_open(item.state)) {
    result["detail"] = by.say("At {1} everybody with ALLE is notified.",
                              *escalation < write.start_of_day(1) ? write.time(*escalation) : write.stamp(*escalation));
  }
  if (!event.actor.empty()) result["who"] = actor_of(by, event);
  if (!event.comment.empty()) result["quote"] = event.comment;
  if (event.kind == "received") {
    const auto shared = data(event, "shared_id");
    result["detail"] = shared.empty() ? by.say("Message {1}", item.content.external_id)
                                      : by.say("The sender has used the number {1} for another person before.", shared);
    if (item.payload_id != 0 && by.who.may("leads.intake_log")) {
      result["link"] =
          link_to(by.say("Import log"), "leads.intake_log", {{"payload", std::to_string(item.payload_id)}});
    }
  }
  return result;
}

}  // namespace lead_system::screens
