// settings_history.cpp - who changed which setting, from what to what; the store keeps keys, people read words.
#include <algorithm>
#include <array>

#include "access/grant_text.hpp"
#include "processing/cutover_desk.hpp"
#include "screens/settings/settings_blocks.hpp"

namespace lead_system::screens {
namespace {

/// "a / b" → {a, b}
std::pair<std::string, std::string> halves(const std::string &text) {
  const auto at = text.find(" / ");
  return at == std::string::npos ? std::pair{text, std::string{}} : std::pair{text.substr(0, at), text.substr(at + 3)};
}

std::string subject_title(const request &by, const std::string &key) {
  if (const auto *type = by.with.types.find_type(key); type != nullptr) return by.say(type->title);
  if (const auto *group = by.with.types.find_category(key); group != nullptr) return by.say(group->title);
  return key;
}

std::string subject_title(const request &by, const access::grant &cell) {
  const auto *group = cell.on_category ? by.with.types.find_category(cell.subject) : nullptr;
  return group != nullptr ? by.say(group->title) : subject_title(by, cell.subject);
}

std::string subject_words(const request &by, const store::settings_change &change) {
  const auto [first, second] = halves(change.subject);
  if (change.kind == "grant") {
    const auto cell = access::named_cell(change.subject, by.with.types);
    return by.people->user_name(cell.user) + ", " + subject_title(by, cell);
  }
  if (change.kind == "dealer_code") return by.source_title(first) + ", " + second;
  if (change.kind == "feedback_channel" || change.kind == "definition") return by.source_title(first);
  if (change.kind == "monthly_report") return by.people->user_name(change.subject);
  if (change.kind == "answer_footer") {
    const auto colon = change.subject.find(':');
    const auto place = by.people->location_name(change.subject.substr(0, colon));
    return (place.empty() ? by.say("All locations") : place) + ", " +
           by.say.language_name(change.subject.substr(std::min(colon, change.subject.size() - 1) + 1));
  }
  return subject_title(by, first);
}

/// "locations: wien, graz" → "Wien, Graz"
std::string grant_words(const request &by, const std::string &text) {
  if (text == "all") return by.say("ALLE");
  if (text == "none") return by.say("None");
  if (text == "inherit") return by.say("As category");
  constexpr std::string_view head = "locations: ";
  if (!text.starts_with(head)) return text;
  return places_words(by, text.substr(head.size()));
}

/// "active_from 0, reminder 30, escalation 60, retention 36"
std::string type_words(const request &by, const std::string &text) {
  std::string result;
  const auto add = [&](std::string part) { result += (result.empty() ? "" : ", ") + std::move(part); };
  for (auto rest = text; !rest.empty();) {
    const auto end = rest.find(", ");
    const auto part = rest.substr(0, end);
    const auto space = part.find(' ');
    const auto name = part.substr(0, space);
    const auto value = space == std::string::npos ? std::nullopt : to_integer(part.substr(space + 1));
    if (!value) return text;
    const auto minutes = static_cast<int>(std::clamp<std::int64_t>(*value, 0, 1'000'000));
    if (name == "active_from" && *value != 0) {
      add(*value >= processing::no_cutover_yet ? by.say("in the old system")
                                               : by.say("here from {1}", by.write.date(*value)));
    }
    if (name == "reminder") add(by.say("reminder {1}", working_span(by, minutes)));
    if (name == "escalation") add(by.say("escalation {1}", working_span(by, minutes)));
    if (name == "follow_up_reminder") add(by.say("later reminder {1}", working_span(by, minutes)));
    if (name == "follow_up_escalation") add(by.say("later escalation {1}", working_span(by, minutes)));
    if (name == "retention") add(by.say("anonymised after {1} months", by.say.number(*value)));
    rest = end == std::string::npos ? std::string{} : rest.substr(end + 2);
  }
  return result;
}

json value_cell(const request &by, const store::settings_change &change, const std::string &text) {
  if (text.empty()) return change.kind == "definition" ? cell(by.say("none of one's own")) : no_cell();
  auto words_ = text;
  if (change.kind == "grant") words_ = grant_words(by, text);
  if (change.kind == "lead_type") words_ = type_words(by, text);
  if (change.kind == "dealer_code") words_ = by.people->location_name(text);
  if (change.kind == "feedback_channel") words_ = channel_words(by, text);
  if (change.kind == "assignment" || change.kind == "receipts") words_ = places_words(by, text);
  if (change.kind == "definition") words_ = by.say("Version {1}", text);
  if (change.kind == "monthly_report" && !text.empty()) words_ = by.say("Gets it");
  return cell_value(std::move(words_), text);
}

struct kind_row {
  std::string_view kind, title;
};
constexpr std::array kinds{kind_row{"grant", "Right"},
                           kind_row{"lead_type", "Lead type"},
                           kind_row{"dealer_code", "Dealer code"},
                           kind_row{"feedback_channel", "Feedback channel"},
                           kind_row{"monthly_report", "Monthly report"},
                           kind_row{"assignment", "Assignment"},
                           kind_row{"definition", "Definition of a source"},
                           kind_row{"receipts", "Receipts by e-mail"},
                           kind_row{"answer_template", "Text of an answer"},
                           kind_row{"answer_footer", "Legal footer"}};

bool can_be_undone(const store::settings_change &change) {
  return change.kind == "grant" || change.kind == "lead_type" || change.kind == "dealer_code";
}

json undo_action(const request &by, const store::settings_change &change, std::int64_t together) {
  auto result =
      action("undo", together > 1 ? by.say("Undo all {1}", by.say.number(together)) : by.say("Undo"), "second");
  result["confirm"] = true;
  result["title"] = by.say("Undo this change?");
  result["text"] = by.say("It becomes as it was before. This is a change like any other and stands in this log.");
  result["input"] = {{"change", std::to_string(change.id)}};
  if (together > 1) result["input"]["together"] = "1";
  return result;
}

/// Actions of a line: the first of those that were changed in one act also offers to take all of them back.
json undo_actions(const request &by, const std::vector<store::settings_change> &all, std::size_t index) {
  const auto &change = all[index];
  if (!can_be_undone(change)) return json::array();
  const auto same_act = [&](const store::settings_change &other) {
    return other.at == change.at && other.actor == change.actor && other.kind == change.kind;
  };
  json result = json::array({undo_action(by, change, 1)});
  if (change.kind != "grant" || (index > 0 && same_act(all[index - 1]))) return result;
  const auto together = std::count_if(all.begin(), all.end(), same_act);
  if (together > 1) result.push_back(undo_action(by, change, together));
  return result;
}

}  // namespace

json history_table(const request &by) {
  auto block = table("history", by.say("Change log"),
                     json::array({column("at", by.say("Time")), column("who", by.say("Who")),
                                  column("what", by.say("What")), column("subject", by.say("Subject")),
                                  column("was", by.say("Before")), column("is", by.say("After"))}));
  block["layout"] = "plain";
  const auto changes = by.with.store.settings_history(200);
  for (std::size_t index = 0; index < changes.size(); ++index) {
    const auto &change = changes[index];
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto &it) { return it.kind == change.kind; });
    block["rows"].push_back(
        {{"id", std::to_string(change.id)},
         {"cells",
          {{"at", cell_value(by.write.day_time(change.at), iso_utc(change.at))},
           {"who", change.actor.empty() ? by.say("The system") : by.people->user_name(change.actor)},
           {"what", cell_value(kind == kinds.end() ? change.kind : by.say(kind->title), change.kind)},
           {"subject", cell_value(subject_words(by, change), change.subject)},
           {"was", value_cell(by, change, change.was)},
           {"is", value_cell(by, change, change.is)}}},
         {"actions", undo_actions(by, changes, index)}});
  }
  if (block["rows"].empty()) block["empty"] = {{"title", by.say("Nothing was changed yet.")}};
  return block;
}

}  // namespace lead_system::screens
