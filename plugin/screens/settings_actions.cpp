#include "screens/settings_blocks.hpp"

namespace lead_system::screens {
namespace {

using access::scope;
using problems = std::map<std::string, message>;

std::optional<scope> scope_from(std::string_view text) {
  if (text == "inherit") return scope::inherit;
  if (text == "none") return scope::none;
  if (text == "all") return scope::all;
  if (text == "locations") return scope::locations;
  return std::nullopt;
}

/// A whole number within its bounds; a problem otherwise.
int bounded(const parameters &input, std::string_view name, int least, int most, problems &wrong) {
  const auto value = input.integer(name);
  if (value && *value >= least && *value <= most) return static_cast<int>(*value);
  wrong[std::string(name)] = {"Give a whole number from {1} to {2}.", {std::to_string(least), std::to_string(most)}};
  return 0;
}

dms::answer grant(const request &by, const parameters &input) {
  problems wrong;
  const auto wanted = read_grant(by, input, wrong);
  if (!wrong.empty()) return invalid(by, std::move(wrong));
  return answer_of(by, by.with.settings.grant(by.actor(), wanted));
}

dms::answer lead_type(const request &by, const parameters &input) {
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
  if (wrong.empty() && wanted.escalation_minutes < wanted.reminder_minutes) {
    wrong["escalation_minutes"] = {"The escalation comes after the reminder.", {}};
  }
  if (!wrong.empty()) return invalid(by, std::move(wrong));
  return answer_of(by, by.with.settings.lead_type(by.actor(), wanted));
}

dms::answer dealer_code(const request &by, const parameters &input) {
  problems wrong;
  store::dealer_code wanted{input.one("source"), input.one("code"), input.one("location")};
  if (!by.with.sources.contains(wanted.source)) wrong["source"] = {"This source does not exist.", {}};
  if (wanted.code.empty() || wanted.code.size() > 40)
    wrong["code"] = {"Give a dealer code of at most 40 characters.", {}};
  const auto *place = by.people->find_location(wanted.location);
  if (!wanted.location.empty() && (place == nullptr || !place->open)) {
    wrong["location"] = {"This location does not exist or is closed.", {}};
  }
  if (!wrong.empty()) return invalid(by, std::move(wrong));
  return answer_of(by, by.with.settings.dealer_code(by.actor(), wanted));
}

struct action_row {
  std::string_view name;
  dms::answer (*run)(const request &, const parameters &);
};
constexpr action_row action_rows[] = {{"grant", &grant},
                                      {"lead_type", &lead_type},
                                      {"dealer_code", &dealer_code},
                                      {"feedback_channel", &set_feedback_channel}};

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
  const auto reach = scope_from(input.one("scope"));
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
