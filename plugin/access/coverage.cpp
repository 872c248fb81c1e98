// coverage.cpp - who covers what, and where nobody does.
#include "access/coverage.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace lead_system::access {

namespace {

bool holds(const std::vector<std::string> &list, const std::string &item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// What every active user sees, resolved once.
class watchers {
 public:
  watchers(const std::vector<std::string> &active, const std::vector<grant> &grants, const catalog &types) {
    for (const auto &user : active) seen_.push_back(visible_to(user, grants, types));
  }

  std::vector<std::string> with_all(const std::string &type) const {
    return those([&](const type_visibility &one) { return one.type == type && one.all; });
  }
  std::vector<std::string> at(const std::string &type, const std::string &location) const {
    return those([&](const type_visibility &one) { return one.type == type && holds(one.locations, location); });
  }

 private:
  template <typename Condition>
  std::vector<std::string> those(Condition &&condition) const {
    std::vector<std::string> result;
    for (const auto &who : seen_) {
      if (std::any_of(who.types.begin(), who.types.end(), condition)) result.push_back(who.user);
    }
    return result;
  }
  std::vector<visibility> seen_;
};

type_coverage coverage_of(const std::string &type, const watchers &who, const std::vector<std::string> &locations) {
  type_coverage result;
  result.type = type;
  result.all_users = who.with_all(type);
  for (const auto &location : locations) {
    place_coverage place{location, result.all_users};
    for (auto &user : who.at(type, location)) {
      if (!holds(place.users, user)) place.users.push_back(std::move(user));
    }
    result.places.push_back(std::move(place));
  }
  // Leads without location are those with ALLE's alone.
  result.places.push_back({std::string{}, result.all_users});
  return result;
}

bool covered(const type_coverage &coverage, const std::string &location) {
  if (!coverage.all_users.empty()) return true;
  // Where a location was closed down, a grant on it looks after nothing: only ALLE or the assignee does.
  return std::any_of(coverage.places.begin(), coverage.places.end(),
                     [&](const place_coverage &place) { return place.location == location && !place.users.empty(); });
}

}  // namespace

coverage_report check_coverage(const std::vector<std::string> &active_users,
                               const std::vector<std::string> &open_locations, const std::vector<grant> &grants,
                               const std::vector<open_leads> &leads, const catalog &types) {
  const watchers who(active_users, grants, types);
  coverage_report report;
  std::map<std::string, std::size_t> index;
  const auto coverage_for = [&](const std::string &type) -> type_coverage & {
    auto [found, fresh] = index.try_emplace(type, report.types.size());
    if (fresh) report.types.push_back(coverage_of(type, who, open_locations));
    return report.types[found->second];
  };
  for (const auto &type : types.types()) coverage_for(type.key);

  std::map<std::pair<std::string, std::string>, std::int64_t> uncovered;
  for (const auto &group : leads) {
    auto &coverage = coverage_for(group.type);  // also a type that no definition declares any more
    coverage.open += group.count;
    report.open += group.count;
    if (!group.assignee.empty() && holds(active_users, group.assignee)) continue;
    if (!covered(coverage, group.location)) uncovered[{group.type, group.location}] += group.count;
  }

  for (const auto &coverage : report.types) {
    const bool no_all = coverage.all_users.empty();
    const bool declared = types.find_type(coverage.type) != nullptr;
    std::int64_t without_place = 0;
    for (const auto &[where, count] : uncovered) {
      if (where.first != coverage.type) continue;
      if (where.second.empty()) {
        without_place = count;
      } else {
        report.gaps.push_back({coverage.type, where.second, false, count});
      }
    }
    if ((no_all && declared) || without_place > 0) {
      report.gaps.push_back({coverage.type, std::string{}, no_all, without_place});
    }
  }
  return report;
}

}  // namespace lead_system::access
