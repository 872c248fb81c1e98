// coverage.cpp - who covers what, and where nobody does.
#include "access/coverage.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace lead_system::access {

namespace {

using names = std::vector<std::string>;

/// Who looks after one type.
struct type_watchers {
  names all;
  std::unordered_map<std::string, names> at;  ///< by location, without those with ALLE
};

/// What every active user sees, resolved once and turned round: with 500 users and 20 categories each question is asked
/// thousands of times.
class watchers {
 public:
  watchers(const names &active, const std::vector<grant> &grants, const catalog &types) {
    std::unordered_map<std::string_view, std::vector<grant>> by_user;
    for (const auto &one : grants) by_user[one.user].push_back(one);
    for (const auto &user : active) {
      const auto own = by_user.find(user);
      if (own == by_user.end()) continue;
      for (const auto &seen : visible_to(user, own->second, types).types) {
        auto &type = types_[seen.type];
        if (seen.all) type.all.push_back(user);
        if (seen.all) continue;
        for (const auto &location : seen.locations) type.at[location].push_back(user);
      }
    }
  }

  const type_watchers &of(const std::string &type) const {
    static const type_watchers nobody;
    const auto found = types_.find(type);
    return found == types_.end() ? nobody : found->second;
  }

 private:
  std::unordered_map<std::string, type_watchers> types_;
};

type_coverage coverage_of(const std::string &type, const type_watchers &who, const names &locations) {
  type_coverage result;
  result.type = type;
  result.all_users = who.all;
  for (const auto &location : locations) {
    place_coverage place{location, who.all};
    const auto here = who.at.find(location);
    if (here != who.at.end()) place.users.insert(place.users.end(), here->second.begin(), here->second.end());
    result.places.push_back(std::move(place));
  }
  // Leads without location are those with ALLE's alone.
  result.places.push_back({std::string{}, who.all});
  return result;
}

using name_set = std::unordered_set<std::string_view>;

bool looked_after(const open_leads &such, const type_watchers &who, const situation &at, const name_set &active,
                  const name_set &open) {
  if (!such.assignee.empty() && active.contains(such.assignee)) return true;
  if (const auto deputy = at.deputies.find(such.assignee);
      deputy != at.deputies.end() && active.contains(deputy->second)) {
    return true;
  }
  return !who.all.empty() || (open.contains(such.location) && who.at.contains(such.location));
}

}  // namespace

std::int64_t coverage_report::unseen() const noexcept {
  std::int64_t sum = 0;
  for (const auto &one : gaps) sum += one.leads;
  return sum;
}

coverage_report situation::report(const catalog &types) const {
  const watchers who(active_users, grants, types);
  const name_set active(active_users.begin(), active_users.end()), open(open_locations.begin(), open_locations.end());
  coverage_report report;
  std::unordered_map<std::string, std::size_t> index;
  const auto coverage_for = [&](const std::string &type) -> type_coverage & {
    const auto [found, fresh] = index.try_emplace(type, report.types.size());
    if (fresh) report.types.push_back(coverage_of(type, who.of(type), open_locations));
    return report.types[found->second];
  };
  for (const auto &type : types.types()) coverage_for(type.key);

  std::map<std::string, std::map<std::string, std::int64_t>> uncovered;  // type → location → leads
  for (const auto &group : leads) {
    coverage_for(group.type).open += group.count;  // also a type that no definition declares any more
    report.open += group.count;
    if (!looked_after(group, who.of(group.type), *this, active, open))
      uncovered[group.type][group.location] += group.count;
  }

  for (const auto &coverage : report.types) {
    const bool no_all = coverage.all_users.empty() && types.find_type(coverage.type) != nullptr;
    std::int64_t without_place = 0;
    for (const auto &[location, count] : uncovered[coverage.type]) {
      if (location.empty()) without_place = count;
      if (!location.empty()) report.gaps.push_back({coverage.type, location, false, count});
    }
    if (no_all || without_place > 0) report.gaps.push_back({coverage.type, std::string{}, no_all, without_place});
  }
  return report;
}

bool situation::seen(const open_leads &such, const catalog &types) const {
  const watchers who(active_users, grants, types);
  return looked_after(such, who.of(such.type), *this, {active_users.begin(), active_users.end()},
                      {open_locations.begin(), open_locations.end()});
}

situation situation::with_all_back() const {
  auto result = *this;
  result.active_users.insert(result.active_users.end(), away.begin(), away.end());
  result.away.clear();
  result.deputies.clear();
  return result;
}

void situation::remove_user(const std::string &user) {
  std::erase(active_users, user);
  std::erase(away, user);
  std::erase_if(deputies, [&](const auto &one) { return one.first == user || one.second == user; });
}

std::vector<grant> with_grants(std::vector<grant> grants, const std::vector<grant> &wanted) {
  for (const auto &one : wanted) {
    std::erase_if(grants, [&](const grant &old) { return same_cell(old, one); });
    if (one.reach != scope::inherit) grants.push_back(one);
  }
  return grants;
}

std::vector<gap> new_gaps(const coverage_report &before, const coverage_report &after) {
  std::vector<gap> result;
  for (const auto &gap : after.gaps) {
    const bool known = std::any_of(before.gaps.begin(), before.gaps.end(), [&](const auto &old) {
      return old.type == gap.type && old.location == gap.location && (old.no_all || !gap.no_all) &&
             old.leads >= gap.leads;
    });
    if (!known) result.push_back(gap);
  }
  return result;
}

std::vector<gap> new_gaps(const situation &before, const situation &after, const catalog &types) {
  auto result = new_gaps(before.report(types), after.report(types));
  if (!result.empty() || (before.away.empty() && after.away.empty())) return result;
  return new_gaps(before.with_all_back().report(types), after.with_all_back().report(types));
}

}  // namespace lead_system::access
