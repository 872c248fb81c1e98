// access.cpp - grants resolved to what a user sees.
#include "access/access.hpp"

#include <algorithm>

namespace lead_system::access {

namespace {

const grant *find_grant(const std::vector<const grant *> &own, bool on_category, const std::string &subject) {
  const auto found = std::find_if(own.begin(), own.end(), [&](const grant *one) {
    return one->on_category == on_category && one->subject == subject;
  });
  return found == own.end() ? nullptr : *found;
}

}  // namespace

visibility visible_to(const std::string &user, const std::vector<grant> &grants, const catalog &types,
                      std::vector<std::string> stands_in_for) {
  std::vector<const grant *> own;
  for (const auto &one : grants) {
    if (one.user == user) own.push_back(&one);
  }
  visibility result;
  result.user = user;
  result.stands_in_for = std::move(stands_in_for);
  if (own.empty()) return result;
  for (const auto &type : types.types()) {
    const auto *rule = find_grant(own, false, type.key);
    if (rule == nullptr || rule->reach == scope::inherit) rule = find_grant(own, true, type.category);
    if (rule == nullptr) continue;
    type_visibility seen{type.key, rule->reach == scope::all, {}};
    if (rule->reach == scope::locations) {
      seen.locations = rule->locations;
      std::sort(seen.locations.begin(), seen.locations.end());
      seen.locations.erase(std::unique(seen.locations.begin(), seen.locations.end()), seen.locations.end());
      // The empty name would mean "without location"; those leads are ALLE's.
      std::erase(seen.locations, std::string{});
    }
    if (seen.all || !seen.locations.empty()) result.types.push_back(std::move(seen));
  }
  return result;
}

visibility system_visibility() {
  visibility result;
  result.everything = true;
  return result;
}

bool works_for(const visibility &who, const std::string &assignee) {
  if (assignee.empty()) return false;
  return assignee == who.user || std::binary_search(who.stands_in_for.begin(), who.stands_in_for.end(), assignee);
}

bool sees(const visibility &who, const std::string &type, const std::string &location, const std::string &assignee) {
  if (who.everything) return true;
  if (works_for(who, assignee)) return true;
  return std::any_of(who.types.begin(), who.types.end(), [&](const type_visibility &one) {
    if (one.type != type) return false;
    return one.all || std::find(one.locations.begin(), one.locations.end(), location) != one.locations.end();
  });
}

bool sees(const visibility &who, const lead &item) {
  return sees(who, item.content.type, item.location, item.assignee);
}

bool sees_all_of(const visibility &who, const std::string &type) {
  return std::any_of(who.types.begin(), who.types.end(),
                     [&](const type_visibility &one) { return one.type == type && one.all; });
}

}  // namespace lead_system::access
