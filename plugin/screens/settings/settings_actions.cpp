#include <algorithm>

#include "access/grant_text.hpp"
#include "dms/cpp/json.hpp"
#include "screens/settings/settings_rights.hpp"

namespace lead_system::screens {
namespace {

using access::scope;
using problems = std::map<std::string, message>;

std::optional<scope> scope_named(std::string_view text) {
  const auto found = access::scope_from(text);
  return access::key(found) == text ? std::optional(found) : std::nullopt;
}

/// What the admin saw where he began; nothing where a program does not say.
processing::seen_before seen_in(const parameters &input) {
  return input.sent("seen") ? processing::seen_before(input.one("seen")) : std::nullopt;
}

/// A whole number within its bounds; a problem otherwise.
int bounded(const parameters &input, std::string_view name, int least, int most, problems &wrong) {
  const auto value = input.integer(name);
  if (value && *value >= least && *value <= most) return static_cast<int>(*value);
  wrong[std::string(name)] = {"Give a whole number from {1} to {2}.", {std::to_string(least), std::to_string(most)}};
  return 0;
}

/// Whoever ticks a location and leaves the choice as it was means these locations.
parameters with_ticked_places(parameters input) {
  if (!input.sent("seen") || input.one("scope") == "locations" || !input.has("locations")) return input;
  const bool on_category = !input.has("type");
  const access::grant cell{
      input.one("user"), on_category, input.one(on_category ? "category" : "type"), scope::none, {}};
  const auto before = access::grant_from(cell, input.one("seen"));
  auto ticked = input.all("locations"), known = before.locations;
  std::sort(ticked.begin(), ticked.end());
  std::sort(known.begin(), known.end());
  if (ticked != known && input.one("scope") == access::key(before.reach)) input.set("scope", "locations");
  return input;
}

dms::answer set_grant(const request &by, const parameters &input) {
  problems wrong;
  const auto wanted = read_grant(by, with_ticked_places(input), wrong);
  if (!wrong.empty()) return invalid_input(by, std::move(wrong));
  auto what = by.with.settings.grant(by.actor(), wanted, seen_in(input));
  const bool silent = what.result == processing::verdict::done && what.text.empty();
  if (!silent) return answer_of(by, what);
  const auto *user = by.people->find_user(wanted.user);
  const auto subject = wanted.on_category ? by.with.types.find_category(wanted.subject)->title
                                          : by.with.types.find_type(wanted.subject)->title;
  const auto reach = wanted.reach == scope::none      ? by.say("None")
                     : wanted.reach == scope::inherit ? by.say("As category")
                                                      : reach_text(by, &wanted);
  what.text = {"Saved: {1}", {user->name + ", " + by.say(subject) + ": " + reach + "."}};
  auto answered = answer_of(by, what);
  auto document = dms::json_or_null(answered.document);
  if (!document.contains("link")) {
    document["link"] = link_to(by.say("Take it back in the change log"), settings_id, {{"tab", "history"}});
    answered.document = text_of(document);
  }
  return answered;
}

/// The bar above the matrix sends a cell as "type:test_drive" and a right as "location:wien"; both as `grant` has them.
parameters plain_grant(parameters input) {
  const auto split = [&](const char *from, const char *otherwise) {
    const auto text = input.one(from);
    const auto colon = text.find(':');
    if (colon != std::string::npos)
      input.set(text.substr(0, colon) == "location" ? "locations" : text.substr(0, colon), text.substr(colon + 1));
    return colon == std::string::npos ? text : std::string(otherwise);
  };
  if (input.has("subject")) split("subject", "");
  if (input.has("right")) input.set("scope", split("right", "locations"));
  return input;
}

/// `scope` "own": the locations that each works at in the host.
dms::answer grant_many(const request &by, const parameters &sent) {
  constexpr std::size_t most = 1000;
  const auto users = sent.all("users");
  problems wrong;
  if (users.empty()) wrong["users"] = {"Choose at least one user.", {}};
  if (users.size() > most) wrong["users"] = {"At most {1} users at once.", {std::to_string(most)}};
  if (!wrong.empty()) return invalid_input(by, std::move(wrong));
  auto input = plain_grant(sent);
  const bool own = input.one("scope") == "own";
  std::vector<processing::grant_change> changes;
  for (const auto &id : users) {
    input.set("user", id);
    if (own) {
      const auto *user = by.people->find_user(id);
      input.remove("locations");
      for (const auto &place : user == nullptr ? std::vector<std::string>{} : user->locations) {
        input.add("locations", place);
      }
      input.set("scope", input.all("locations").empty() ? "none" : "locations");
    }
    changes.push_back({read_grant(by, input, wrong), {}});
    if (!wrong.empty()) return invalid_input(by, std::move(wrong));
  }
  return answer_of(by, by.with.settings.grants(by.actor(), changes));
}

dms::answer copy_rights(const request &by, const parameters &input) {
  return answer_of(by, by.with.settings.copy_rights(by.actor(), input.one("from"), input.all("users")));
}

dms::answer undo(const request &by, const parameters &input) {
  const auto change = input.integer("change").value_or(0);
  auto what = by.with.settings.undo(by.actor(), change, input.has("together"));
  if (what.result == processing::verdict::not_found) what.text = {"This change does not exist.", {}};
  return answer_of(by, what);
}

dms::answer set_lead_type(const request &by, const parameters &input) {
  problems wrong;
  store::lead_type_setting wanted;
  wanted.type = input.one("type");
  if (by.with.types.find_type(wanted.type) == nullptr) wrong["type"] = {"This lead type does not exist.", {}};
  if (const auto text = input.one("active_from"); !text.empty() && text != "0") {
    wanted.active_from = to_integer(text).value_or(0);
    if (wanted.active_from == 0) wanted.active_from = by.write.parse(text);
    if (wanted.active_from <= 0) wrong["active_from"] = {"Give a date, for example 2020-07-22.", {}};
  }
  constexpr int longest_minutes = 60'000;
  wanted.reminder_minutes = bounded(input, "reminder_minutes", 1, longest_minutes, wrong);
  wanted.escalation_minutes = bounded(input, "escalation_minutes", 1, longest_minutes, wrong);
  wanted.retention_months = bounded(input, "retention_months", 1, 600, wrong);
  // Programs of before send nothing of later steps: they stay as they are.
  for (const auto &set : by.with.store.lead_type_settings()) {
    if (set.type != wanted.type) continue;
    wanted.follow_up_reminder_minutes = set.follow_up_reminder_minutes;
    wanted.follow_up_escalation_minutes = set.follow_up_escalation_minutes;
  }
  const auto later = [&](const char *name, int &into) {
    if (input.sent(name)) into = bounded(input, name, 1, longest_minutes, wrong);
  };
  later("follow_up_reminder_minutes", wanted.follow_up_reminder_minutes);
  later("follow_up_escalation_minutes", wanted.follow_up_escalation_minutes);
  if (wrong.empty() && wanted.escalation_minutes < wanted.reminder_minutes) {
    wrong["escalation_minutes"] = {"The escalation comes after the reminder.", {}};
  }
  if (!wrong.empty()) return invalid_input(by, std::move(wrong));
  return answer_of(by, by.with.settings.lead_type(by.actor(), wanted, seen_in(input)));
}

dms::answer set_dealer_code(const request &by, const parameters &input) {
  problems wrong;
  store::dealer_code wanted{input.one("source"), input.one("code"), input.one("location")};
  if (!by.sources.contains(wanted.source)) wrong["source"] = {"This source does not exist.", {}};
  if (wanted.code.empty() || wanted.code.size() > 40)
    wrong["code"] = {"Give a dealer code of at most 40 characters.", {}};
  const auto *place = by.people->find_location(wanted.location);
  if (!wanted.location.empty() && (place == nullptr || !place->open)) {
    wrong["location"] = {"This location does not exist or is closed.", {}};
  }
  if (!wrong.empty()) return invalid_input(by, std::move(wrong));
  return answer_of(by, by.with.settings.dealer_code(by.actor(), wanted, seen_in(input)));
}

struct action_row {
  std::string_view name;
  dms::answer (*run)(const request &, const parameters &);
};
constexpr action_row action_rows[] = {{"grant", &set_grant},
                                      {"grant_many", &grant_many},
                                      {"copy_rights", &copy_rights},
                                      {"undo", &undo},
                                      {"lead_type", &set_lead_type},
                                      {"assignment", &set_assignment},
                                      {"answer_template", &set_answer_template},
                                      {"answer_remove", &remove_answer_template},
                                      {"answer_take", &take_shipped_answers},
                                      {"answer_footer", &set_answer_footer},
                                      {"receipts", &set_receipts},
                                      {"dealer_code", &set_dealer_code},
                                      {"feedback_channel", &set_feedback_channel},
                                      {"feedback_test", &test_feedback_channel}};

}  // namespace

access::grant read_grant(const request &by, const parameters &input, std::map<std::string, message> &wrong) {
  access::grant wanted;
  wanted.user = input.one("user");
  const auto *user = by.people->find_user(wanted.user);
  if (user == nullptr) wrong["user"] = {"This user does not exist.", {}};
  wanted.on_category = !input.has("type");
  wanted.subject = input.one(wanted.on_category ? "category" : "type");
  const bool known = wanted.on_category ? by.with.types.find_category(wanted.subject) != nullptr
                                        : by.with.types.find_type(wanted.subject) != nullptr;
  if (!known) {
    wrong[wanted.on_category ? "category" : "type"] = {
        wanted.on_category ? "This category does not exist." : "This lead type does not exist.", {}};
  }
  const auto reach = scope_named(input.one("scope"));
  if (!reach || (*reach == scope::inherit && wanted.on_category)) {
    wrong["scope"] = {"Choose none, all or locations; for a type also as its category.", {}};
    return wanted;
  }
  wanted.reach = *reach;
  if (wanted.reach != scope::locations) return wanted;
  wanted.locations = input.all("locations");
  if (wanted.locations.empty()) wrong["locations"] = {"Choose at least one location.", {}};
  for (const auto &location : wanted.locations) {
    if (by.people->find_location(location) == nullptr) wrong["locations"] = {"This location does not exist.", {}};
  }
  return wanted;
}

dms::answer act_on_settings(const request &by, std::string_view action, const parameters &input) {
  for (const auto &row : action_rows) {
    if (row.name == action) return row.run(by, input);
  }
  return unknown_action(by);
}

}  // namespace lead_system::screens
