// settings_assignment.cpp - the tab where new leads are given to somebody by themselves, by lead type and location.
#include <algorithm>

#include "processing/assignment.hpp"
#include "screens/settings/settings_blocks.hpp"

namespace lead_system::screens {
namespace {

using store::without_location;

std::vector<std::string> places_of(const std::vector<store::assignment_rule> &rules, const std::string &type) {
  std::vector<std::string> result;
  for (const auto &rule : rules) {
    if (rule.type == type) result.push_back(rule.location);
  }
  return result;
}

std::string place_text(const request &by, const std::string &location) {
  return location.empty() ? by.say("Without location") : by.people->location_name(location);
}

/// "Wien: Anna Berger, Karl Gruber; Graz: nobody"
std::string takers_text(const request &by, const std::string &type, const std::vector<std::string> &places) {
  std::string result;
  for (const auto &place : places) {
    std::string names;
    for (const auto &user : by.with.assignment.takers(type, place, by.now)) {
      names += (names.empty() ? "" : ", ") + by.people->user_name(user);
    }
    result += (result.empty() ? "" : "; ") + place_text(by, place) + ": " + (names.empty() ? by.say("nobody") : names);
  }
  return result;
}

json assignment_action(const request &by, const lead_type &type, const std::vector<std::string> &places) {
  auto result = action("assignment", by.say("Change"), "second");
  result["title"] = by.say("Assignment of {1}", by.say(type.title));
  result["text"] = by.say(
      "New leads go to the customer's own salesperson, else in turn to whoever has the fewest open leads among "
      "the salespeople who are here and have a right for them. Leads that are here already stay.");
  result["submit"] = by.say("Save");
  result["input"] = {{"type", type.key}, {"seen", store::written_locations(places)}};
  auto where = field("locations", "checkboxes", by.say("By itself in"));
  where["optional"] = true;
  where["options"] = json::array();
  where["value"] = json::array();
  const auto add = [&](const std::string &id, std::string label) {
    const auto key = id.empty() ? std::string(without_location) : id;
    where["options"].push_back(option(key, std::move(label)));
    if (std::find(places.begin(), places.end(), id) != places.end()) where["value"].push_back(key);
  };
  for (const auto &place : by.people->locations) {
    if (place.open) add(place.id, place.name);
  }
  add({}, by.say("Without location"));
  result["fields"] = json::array({std::move(where)});
  return result;
}

}  // namespace

json assignment_table(const request &by) {
  auto block = table("assignment", by.say("Assignment"),
                     json::array({column("type", by.say("Type")), column("where", by.say("By itself in")),
                                  column("takers", by.say("In turn today"))}));
  block["layout"] = "plain";
  const auto rules = by.with.assignment.rules();
  for (const auto &type : by.with.types.types()) {
    if (type.retired) continue;
    const auto places = places_of(rules, type.key);
    std::string where;
    for (const auto &place : places) where += (where.empty() ? "" : ", ") + place_text(by, place);
    auto on = where.empty() ? cell_value(by.say("off: somebody assigns"), "")
                            : cell_value(where, store::written_locations(places));
    if (where.empty()) on["quiet"] = true;
    block["rows"].push_back({{"id", type.key},
                             {"cells",
                              {{"type", cell_value(by.say(type.title), type.key)},
                               {"where", std::move(on)},
                               {"takers", places.empty() ? no_cell() : cell(takers_text(by, type.key, places))}}},
                             {"actions", json::array({assignment_action(by, type, places)})}});
  }
  return block;
}

dms::answer set_assignment(const request &by, const parameters &input) {
  auto places = input.all("locations");
  for (auto &place : places) {
    if (place == without_location) place.clear();
  }
  const auto seen = input.sent("seen") ? std::optional(input.one("seen")) : std::nullopt;
  return answer_of(by, by.with.assignment.set(by.actor(), input.one("type"), places, seen));
}

std::string places_words(const request &by, const std::string &text) {
  std::string result;
  for (auto rest = text; !rest.empty();) {
    const auto end = rest.find(", ");
    const auto place = rest.substr(0, end);
    result += (result.empty() ? "" : ", ") + place_text(by, place == without_location ? std::string{} : place);
    rest = end == std::string::npos ? std::string{} : rest.substr(end + 2);
  }
  return result;
}

}  // namespace lead_system::screens
