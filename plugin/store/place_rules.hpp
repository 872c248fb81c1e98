// place_rules.hpp - settings that are on by lead type and location: a row is on, nothing is off.
#pragma once

#include <string>
#include <vector>

#include "store/assignment_rows.hpp"
#include "store/database.hpp"

namespace lead_system::store {

/// Which setting: its table and the word of the settings' history.
struct place_setting {
  const char *table, *kind;
};

std::vector<assignment_rule> places_set(connection &on, const place_setting &what);
/// As assignment_rows::set.
bool set_places(connection &on, const place_setting &what, const std::string &type,
                const std::vector<std::string> &locations, const std::string *seen, const std::string &actor,
                time_us at);

}  // namespace lead_system::store
