// absences.hpp - who is away, as this host's staff records know it; plugins read it as dms.absences/1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/data/database.hpp"
#include "reference_host/core/records/days.hpp"

namespace dms::reference {

struct absence {
  std::int64_t id = 0;
  std::string user, from, to;  ///< days, both included: "2026-12-05"
  std::string deputy;          ///< login; empty: nobody is named
};

/// [any]
class absences {
 public:
  explicit absences(database &in) : database_(in) {}
  /// Those that end on that day or later, by their beginning; an empty day: all.
  std::vector<absence> since(std::string_view day) const;
  /// Returns the id; throws failure(dms_invalid / dms_not_found) for days that are none, for users that do not exist.
  std::int64_t add(const absence &item);
  void remove(std::int64_t id);  ///< throws failure(dms_not_found)
  /// Another number after each change.
  std::int64_t generation() const;

 private:
  database &database_;
};

}  // namespace dms::reference
