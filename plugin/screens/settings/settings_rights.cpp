#include "screens/settings/settings_rights.hpp"

#include <algorithm>

namespace lead_system::screens {

using access::grant;
using access::scope;

rights_view::rights_view(const request &with, const parameters &from, access::situation state)
    : by(with), sent(from), now(std::move(state)), report(now.report(with.with.types)) {
  for (const auto &one : now.grants) by_user_[one.user].push_back(one);
  const auto address = sent.one("cell");
  if (const auto colon = address.find(':'); colon != std::string::npos) {
    open_user = address.substr(0, colon);
    open_subject = address.substr(colon + 1);
  }
}

const std::vector<grant> &rights_view::grants_of(const std::string &user) const {
  static const std::vector<grant> none;
  const auto found = by_user_.find(user);
  return found == by_user_.end() ? none : found->second;
}

const grant *rights_view::find(const std::string &user, bool on_category, const std::string &subject) const {
  for (const auto &one : grants_of(user)) {
    if (one.on_category == on_category && one.subject == subject) return &one;
  }
  return nullptr;
}

bool rights_view::has_rights(const std::string &user) const {
  const auto &own = grants_of(user);
  return std::any_of(own.begin(), own.end(), [](const auto &one) { return reach_kind(&one) != "none"; });
}

std::int64_t rights_view::seen_by(const std::string &user) const {
  const auto sees = access::visible_to(user, grants_of(user), by.with.types);
  std::int64_t count = 0;
  lead sample;
  for (const auto &group : now.leads) {
    sample.content.type = group.type;
    sample.location = group.location;
    sample.assignee = group.assignee;
    if (access::sees(sees, sample)) count += group.count;
  }
  return count;
}

json rights_view::params() const {
  auto result = json::object();
  for (const auto *name : {"q", "show", "role", "location", "category", "page_from"}) {
    if (sent.has(name)) result[name] = sent.one(name);
  }
  for (const auto *name : {"fold", "unfold"}) {
    if (const auto list = sent.all(name); !list.empty()) result[name] = list;
  }
  result["tab"] = "rights";
  return result;
}

std::vector<const category *> rights_view::categories() const {
  std::vector<const category *> result;
  const auto wanted = sent.one("category");
  const bool known = by.with.types.find_category(wanted) != nullptr;
  for (const auto &group : by.with.types.categories()) {
    if (known && group.key != wanted) continue;
    if (!by.with.types.types_of(group.key).empty()) result.push_back(&group);
  }
  return result;
}

bool rights_view::folded(const category &group) const {
  // As many columns as a page can take; beyond, each category is opened by itself.
  constexpr std::size_t most_open = 12;
  const auto lists = [&](const char *name) {
    const auto keys = sent.all(name);
    return std::find(keys.begin(), keys.end(), group.key) != keys.end();
  };
  if (lists("fold")) return true;
  if (lists("unfold")) return false;
  std::size_t columns = 0;
  for (const auto *one : categories()) columns += by.with.types.types_of(one->key).size();
  return columns > most_open;
}

std::string reach_text(const request &by, const grant *what) {
  if (reach_kind(what) == "none") return "–";
  if (what->reach == scope::all) return by.say("ALLE");
  if (what->locations.size() > 2) {
    return by.say.count("{1} location", "{1} locations", static_cast<std::int64_t>(what->locations.size()));
  }
  std::string text;
  for (const auto &location : what->locations) text += (text.empty() ? "" : ", ") + by.people->location_name(location);
  return text;
}

std::string_view reach_kind(const grant *what) {
  if (what == nullptr || what->reach == scope::none || what->reach == scope::inherit) return "none";
  if (what->reach == scope::all) return "all";
  return what->locations.empty() ? "none" : "some";
}

std::string all_places(const request &by, const grant *what) {
  if (what == nullptr || what->reach != scope::locations) return {};
  std::vector<std::string> names;
  for (const auto &location : what->locations) names.push_back(by.people->location_name(location));
  return enumerated(by, names);
}

}  // namespace lead_system::screens
