// assignment_rows.hpp - where new leads are given to somebody by themselves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"

namespace lead_system::store {

/// Stands for leads without a location, in settings and addresses: no location's id has a star.
inline constexpr std::string_view without_location = "*none";

struct assignment_rule {
  std::string type, location;  ///< location "": leads without one
  time_us since = 0;           ///< leads that came before are not given away by themselves
  bool operator==(const assignment_rule &) const = default;
};

/// [any] Throws as the store does.
class assignment_rows {
 public:
  explicit assignment_rows(store &in) : in_(in) {}

  std::vector<assignment_rule> rules();
  /// Locations of the type where it is on from now on; those that were on stay so since when they were. Writes a line
  /// of the settings' history where it changes something. `seen` is what the admin saw ("graz, wien"); false: it is so
  /// no longer, and nothing was written.
  bool set(const std::string &type, std::vector<std::string> locations, const std::string *seen,
           const std::string &actor, time_us at);
  /// Open leads of the rule that nobody had yet and nobody gave back, as they came.
  std::vector<std::int64_t> waiting(const assignment_rule &rule, int limit);

 private:
  store &in_;
};

/// "graz, wien": as the history tells it.
std::string written_locations(std::vector<std::string> locations);

}  // namespace lead_system::store
