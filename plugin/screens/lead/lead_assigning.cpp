// lead_assigning.cpp - who gets a lead, and the import that may give it away with it.
#include <algorithm>

#include "screens/lead/lead_blocks.hpp"
#include "screens/people/absence_words.hpp"

namespace lead_system::screens {
namespace {

std::string suggestion_words(const request &by, const processing::proposal &whom) {
  const auto name = by.people->user_name(whom.user);
  return whom.why == processing::proposal::cause::customer
             ? by.say("Suggested: {1}, who looks after the customer.", name)
             : by.say("Suggested: {1}, who has the fewest open leads ({2}).", name, by.say.number(whom.open));
}

/// Whom to give it to, the suggested one chosen; as many as one can overlook are chosen with one press.
json people_field(const lead_view &view, json options) {
  constexpr std::size_t overlooked = 16;
  const auto &by = view.by;
  const bool few = options.size() <= overlooked;
  // Those of its location stand first: the first one is chosen as in a list, which has none that is not.
  const auto value = view.item.assignee.empty() ? options.front()["value"].get<std::string>() : view.item.assignee;
  auto people = choice("user", by.say("Salesperson"), value, std::move(options));
  if (few) people["kind"] = "radios";
  people["required"] = true;
  if (view.item.assignee.empty()) {
    if (const auto whom = by.with.assignment.suggested(view.item, by.now)) {
      people["value"] = whom->user;
      people["hint"] = suggestion_words(by, *whom);
    }
  }
  return people;
}

}  // namespace

json user_options(const lead_view &view, bool everybody) {
  const auto &by = view.by;
  const auto open = by.with.leads.open_per_assignee(by.sees());
  json options = json::array();
  for (const auto &user : by.with.desk.assignable(view.item)) {
    if (!everybody && user.id != by.user) continue;
    const auto found = open.find(user.id);
    const auto where = user.locations.empty() ? std::string{} : by.people->location_name(user.locations.front()) + ", ";
    const auto load = by.say.count("{1} open lead", "{1} open leads", found == open.end() ? 0 : found->second);
    options.push_back(option(user.id, person_text(by, user.id) + " – " + where + load));
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
  result["fields"] = json::array({people_field(view, std::move(options))});
  return result;
}

json import_action(const lead_view &view, bool next) {
  const auto &by = view.by;
  auto result = action("import", by.say("Import"), next ? "primary" : "second");
  if (!view.similar || !view.similar->empty()) {
    result["link"] = link_to(by.say("Import"), "leads.lead", {{"id", std::to_string(view.item.id)}});
    result["link"]["anchor"] = "matches";
    return result;
  }
  if (!view.item.assignee.empty() || !by.who.may("leads.assign")) return result;
  auto options = user_options(view, true);
  if (options.empty()) return result;
  options.insert(options.begin(), option("", by.say("Nobody yet")));
  auto people = people_field(view, std::move(options));
  people.erase("required");
  result["id"] = "import_new";
  result["title"] = by.say("Import and assign");
  result["text"] = by.say("No similar customer in the DMS: {1} becomes a new one.", prospect_name(by, view.item));
  result["fields"] = json::array({std::move(people)});
  return result;
}

json take_action(const lead_view &view) {
  const auto &by = view.by;
  const auto all = by.with.desk.assignable(view.item);
  const bool may = by.who.may("leads.assign") && by.who.may("leads.process") && view.item.assignee.empty() &&
                   std::any_of(all.begin(), all.end(), [&](const auto &one) { return one.id == by.user; });
  if (!may) return nullptr;
  auto result = action("assign", by.say("Take over"), "second");
  result["id"] = "take";
  result["input"] = {{"user", by.user}};
  return result;
}

}  // namespace lead_system::screens
