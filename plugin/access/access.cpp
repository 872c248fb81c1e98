// access.cpp - grants resolved to what a user sees.
#include "access/access.hpp"

#include <algorithm>

namespace lead_system::access {

namespace {

const grant *find_grant(const std::string &user, const std::vector<grant> &grants, bool on_category,
                        const std::string &subject) {
  auto found = std::find_if(grants.begin(), grants.end(), [&](const grant &one) {
    return one.user == user && one.on_category == on_category && one.subject == subject;
  });
  return found == grants.end() ? nullptr : &*found;
}

}  // namespace

visibility visible_to(const std::string &user, const std::vector<grant> &grants, const catalog &types) {
  visibility result;
  result.user = user;
  for (const auto &type : types.types()) {
    const auto *rule = find_grant(user, grants, false, type.key);
    if (rule == nullptr || rule->reach == scope::inherit) rule = find_grant(user, grants, true, type.category);
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

bool sees(const visibility &who, const lead &item) {
  if (who.everything) return true;
  if (!who.user.empty() && item.assignee == who.user) return true;
  return std::any_of(who.types.begin(), who.types.end(), [&](const type_visibility &one) {
    if (one.type != item.content.type) return false;
    return one.all || std::find(one.locations.begin(), one.locations.end(), item.location) != one.locations.end();
  });
}

}  // namespace lead_system::access
