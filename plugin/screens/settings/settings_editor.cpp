// settings_editor.cpp - one cell of the matrix, changed: what it may be, and what that would mean.
#include "access/grant_text.hpp"
#include "screens/settings/settings_rights.hpp"

namespace lead_system::screens {
namespace {

using access::grant;
using access::scope;

/// What saving would mean, for the choices that are likely next.
std::string effect_text(const rights_view &view, const grant &now, const access::user &user) {
  const auto &by = view.by;
  std::vector<grant> choices;
  const auto add = [&](scope reach, std::vector<std::string> places = {}) {
    if (now.reach != reach) choices.push_back({now.user, now.on_category, now.subject, reach, std::move(places)});
  };
  add(scope::all);
  if (!user.locations.empty()) add(scope::locations, user.locations);
  if (now.reach != scope::inherit) add(scope::none);
  const auto effects = by.with.settings.effects_of(choices, by.now);
  std::string text;
  for (std::size_t index = 0; index < choices.size(); ++index) {
    const auto &choice = choices[index];
    const auto label = choice.reach == scope::none ? by.say("None") : reach_text(by, &choice);
    text += (text.empty() ? "" : "\n") + label + ": " + by.say(effects[index]);
  }
  return text;
}

}  // namespace

json grant_editor(const rights_view &view, const access::user &user, const category &group, const lead_type *type) {
  const auto &by = view.by;
  const auto *whole = view.find(user.id, true, group.key);
  grant cell{user.id, type == nullptr, type == nullptr ? group.key : type->key, scope::none, {}};
  const auto seen = access::written_cell(view.grants_of(user.id), cell);
  const auto now = access::grant_from(cell, seen);
  json scopes = json::array();
  if (type != nullptr) {
    const bool none = reach_kind(whole) == "none";
    scopes.push_back(option("inherit", by.say("As category: {1}", none ? by.say("none") : reach_text(by, whole))));
  }
  scopes.push_back(option("none", by.say("None")));
  scopes.push_back(option("all", by.say("ALLE")));
  scopes.push_back(option("locations", by.say("Locations")));
  auto reach = field("scope", "radios", by.say("Right"), std::string(access::key(now.reach)));
  reach["options"] = std::move(scopes);
  json places = json::array();
  for (const auto &place : by.people->locations) {
    if (place.open) places.push_back(option(place.id, place.name));
  }
  auto where = field("locations", "checkboxes", by.say("Locations"));
  where["options"] = std::move(places);
  where["value"] = now.locations;
  auto save = action("grant", by.say("Save"), "primary");
  save["fields"] = json::array({std::move(reach), std::move(where)});
  save["input"] = {{"user", user.id}, {type == nullptr ? "category" : "type", now.subject}, {"seen", seen}};
  json result{
      {"title", by.say("{1} for {2} ({3})", by.say(type == nullptr ? group.title : type->title), user.name, user.id)},
      {"action", std::move(save)},
      {"cancel", link_to(by.say("Cancel"), settings_id, view.params())}};
  if (auto effect = effect_text(view, now, user); !effect.empty()) {
    result["effect_title"] = by.say("After saving");
    result["effect"] = std::move(effect);
  }
  return result;
}

}  // namespace lead_system::screens
