// coverage.hpp - the coverage guarantee (plugin/README.md "Access"): every open lead is visible to at least one active
// user who is here, and every category keeps at least one such user with ALLE, so that no lead to come is overlooked
// either. One implementation for the settings, the work on leads, the user administration, locations, dealer codes and
// types.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "access/access.hpp"

namespace lead_system::access {

/// Open leads that share what visibility depends on.
struct open_leads {
  std::string type, category, location, assignee;
  std::int64_t count = 0;
};

struct place_coverage {
  std::string location;            ///< empty: leads without location
  std::vector<std::string> users;  ///< active users who are here, with a grant on it
};

struct type_coverage {
  std::string type;
  std::int64_t open = 0;
  std::vector<place_coverage> places;  ///< every open location, in the host's order; last those without location
  std::vector<std::string> all_users;  ///< those with ALLE
};

/// Leads that nobody active can see, or a type without anybody who has ALLE (count may be 0 then).
struct gap {
  std::string type;
  std::string location;
  bool no_all = false;  ///< nobody has ALLE on this type
  std::int64_t leads = 0;
};

struct coverage_report {
  std::vector<type_coverage> types;
  std::vector<gap> gaps;
  std::int64_t open = 0;
  bool complete() const noexcept { return gaps.empty(); }
  std::int64_t unseen() const noexcept;  ///< open leads that nobody sees
};

/// Everything that coverage depends on, at one moment. A grant on a location that is closed looks after nothing: only
/// ALLE or the assignee does.
struct situation {
  std::vector<std::string> active_users;  ///< without those who are away
  std::vector<std::string> open_locations;
  std::vector<grant> grants;
  std::vector<open_leads> leads;
  std::vector<std::string> away{};                ///< active, and not here today
  std::map<std::string, std::string> deputies{};  ///< of those who are away: who works their leads

  coverage_report report(const catalog &types) const;
  /// Whether an active user sees such leads.
  bool seen(const open_leads &such, const catalog &types) const;
  /// As it will be when everybody who is away is back.
  situation with_all_back() const;
  /// Somebody goes for good.
  void remove_user(const std::string &user);
};

/// `grants` with each of `wanted` in place of the one on the same user and subject.
std::vector<grant> with_grants(std::vector<grant> grants, const std::vector<grant> &wanted);

/// The gaps of `after` that `before` did not have, or had smaller: what a change would break.
std::vector<gap> new_gaps(const coverage_report &before, const coverage_report &after);
/// The same today and, where today nothing breaks, once everybody is back: that somebody is away must not hide that
/// nobody will see to it afterwards.
std::vector<gap> new_gaps(const situation &before, const situation &after, const catalog &types);

}  // namespace lead_system::access
