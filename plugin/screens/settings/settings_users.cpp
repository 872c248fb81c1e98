// settings_users.cpp - which users the matrix shows, in which order, a page at a time.
#include <algorithm>
#include <array>

#include "lead/fold.hpp"
#include "screens/settings/settings_rights.hpp"

namespace lead_system::screens {
namespace {

struct role_row {
  std::string_view id, label;
};
constexpr std::array roles{role_row{"manager", "Management"}, role_row{"office", "Office"},
                           role_row{"admin", "Administration"}, role_row{"sales", "Sales"}};

/// The role that says where a user stands in the matrix; those who only sell come last.
std::size_t place_of(const access::user &user) {
  for (std::size_t place = 0; place < 3; ++place) {
    if (user.has_role(roles[place].id)) return place;
  }
  return 3;
}

bool works_at(const access::user &user, const std::string &location) {
  return std::find(user.locations.begin(), user.locations.end(), location) != user.locations.end();
}

/// Whoever could see to it that a gap closes: those of the place; without a place those who are not bound to one.
bool could_close_a_gap(const rights_view &view, const access::user &user) {
  return user.active && std::any_of(view.report.gaps.begin(), view.report.gaps.end(), [&](const auto &gap) {
           return gap.location.empty() ? user.has_role("manager") || user.has_role("office")
                                       : works_at(user, gap.location);
         });
}

/// Whoever alone looks after something: without him nobody would.
bool is_alone(const rights_view &view, const access::user &user) {
  for (const auto &type : view.report.types) {
    for (const auto &place : type.places) {
      if (place.users.size() == 1 && place.users.front() == user.id) return true;
    }
  }
  return false;
}

struct choice_row {
  std::string_view id, label;
  bool (*fits)(const rights_view &, const access::user &);
};
constexpr std::array choices{
    choice_row{"", "All active", [](const rights_view &, const access::user &user) { return user.active; }},
    choice_row{
        "granted", "With rights",
        [](const rights_view &view, const access::user &user) { return user.active && view.has_rights(user.id); }},
    choice_row{"alone", "See something alone", &is_alone}, choice_row{"gaps", "Could close a gap", &could_close_a_gap},
    choice_row{"all", "All, also inactive", [](const rights_view &, const access::user &) { return true; }}};

bool wanted(const rights_view &view, const access::user &user) {
  const auto show = view.sent.one("show");
  const auto choice = std::find_if(choices.begin(), choices.end(), [&](const auto &row) { return row.id == show; });
  if (!(choice == choices.end() ? choices.front() : *choice).fits(view, user)) return false;
  if (const auto role = view.sent.one("role"); !role.empty() && !user.has_role(role)) return false;
  if (const auto place = view.sent.one("location"); !place.empty() && !works_at(user, place)) return false;
  const auto text = fold_name(view.sent.one("q"));
  return text.empty() || fold_name(user.name).find(text) != std::string::npos ||
         fold_name(user.id).find(text) != std::string::npos;
}

}  // namespace

bool only_sells(const access::user &user) {
  return place_of(user) == 3;
}

user_page users_of(const rights_view &view) {
  constexpr std::size_t at_once = 50;
  std::vector<const access::user *> all;
  for (const auto &user : view.by.people->users) {
    if (wanted(view, user)) all.push_back(&user);
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto *one, const auto *other) { return place_of(*one) < place_of(*other); });
  user_page page;
  page.total = all.size();
  // The user that the page begins with, so that nobody is skipped when others come or go.
  const auto from = view.sent.one("page_from");
  const auto begin = std::find_if(all.begin(), all.end(), [&](const auto *user) { return user->id == from; });
  page.first = begin == all.end() ? 0 : static_cast<std::size_t>(begin - all.begin());
  const auto end = std::min(all.size(), page.first + at_once);
  page.shown.assign(all.begin() + static_cast<std::ptrdiff_t>(page.first),
                    all.begin() + static_cast<std::ptrdiff_t>(end));
  if (page.first > 0) page.previous = page.first <= at_once ? "-" : all[page.first - at_once]->id;
  if (end < all.size()) page.next = all[end]->id;
  return page;
}

json rights_filters(const request &by, const parameters &sent) {
  auto search = field("q", "search", by.say("User"), sent.one("q"));
  search["placeholder"] = by.say("User");
  json shown = json::array(), all_roles = json::array(), places = json::array(), groups = json::array();
  for (const auto &row : choices) shown.push_back(option(std::string(row.id), by.say(row.label)));
  all_roles.push_back(option("", by.say("All")));
  for (const auto &row : roles) all_roles.push_back(option(std::string(row.id), by.say(row.label)));
  places.push_back(option("", by.say("All")));
  for (const auto &place : by.people->locations) places.push_back(option(place.id, place.name));
  groups.push_back(option("", by.say("All")));
  for (const auto &group : by.with.types.categories()) groups.push_back(option(group.key, by.say(group.title)));
  auto show = choice("show", by.say("Show"), sent.one("show"), std::move(shown));
  show["wide"] = true;
  json fields = json::array({std::move(search), std::move(show),
                             choice("role", by.say("Role"), sent.one("role"), std::move(all_roles)),
                             choice("location", by.say("Location"), sent.one("location"), std::move(places)),
                             choice("category", by.say("Category"), sent.one("category"), std::move(groups))});
  json keep{{"tab", "rights"}};
  for (const auto *name : {"fold", "unfold"}) {
    if (const auto keys = sent.all(name); !keys.empty()) keep[name] = keys;
  }
  return {{"type", "filters"},           {"id", "filters"},         {"label", by.say("Filter users")},
          {"fields", std::move(fields)}, {"keep", std::move(keep)}, {"submit", by.say("Apply")}};
}

}  // namespace lead_system::screens
