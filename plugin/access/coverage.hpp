// coverage.hpp - the coverage guarantee (product.md 6): every open lead is visible to at least one active user, and
// every category keeps at least one active user with ALLE, so that no lead to come is overlooked either.
// One implementation for the settings, the user administration, locations, dealer codes and new types.
#pragma once

#include <string>
#include <vector>

#include "access/access.hpp"

namespace lead_system::access {

/// Open leads that share what visibility depends on.
struct open_leads {
  std::string type, location, assignee;
  std::int64_t count = 0;
};

struct place_coverage {
  std::string location;            ///< empty: leads without location
  std::vector<std::string> users;  ///< active users with a grant on it
};

struct type_coverage {
  std::string type;
  std::int64_t open = 0;
  std::vector<place_coverage> places;  ///< every open location, in the host's order
  std::vector<std::string> all_users;  ///< active users with ALLE
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
};

coverage_report check_coverage(const std::vector<std::string> &active_users,
                               const std::vector<std::string> &open_locations, const std::vector<grant> &grants,
                               const std::vector<open_leads> &leads, const catalog &types);

}  // namespace lead_system::access
