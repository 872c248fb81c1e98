// locations.hpp - the sites of the dealership.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

struct opening_hours {
  std::string days;      ///< "1-5" or "6", 1 Monday to 7 Sunday
  std::string from, to;  ///< local time, "08:00"
};

struct location {
  std::string id;  ///< "wien"
  std::string name, street, postal_code, city;
  std::string time_zone = "Europe/Vienna";
  std::string region;  ///< ISO 3166-2, "AT-9": decides the public holidays
  bool open = true;
  std::vector<opening_hours> hours;
};

class locations {
 public:
  explicit locations(database &in) : database_(in) {}
  std::vector<location> all() const;  ///< as they were added, closed ones too
  std::optional<location> find(std::string_view id) const;
  /// Throws failure(dms_invalid / dms_refused) for bad hours, a bad id, or an id that is taken.
  void add(const location &item);
  void change(const location &item);
  void set_open(std::string_view id, bool open);

 private:
  database &database_;
};

/// Whether each line has days and two times of a day, the second after the first.
bool are_hours(const std::vector<opening_hours> &hours);
/// "1-5 08:00-18:00,6 09:00-12:00" → hours; throws failure(dms_invalid).
std::vector<opening_hours> parse_hours(std::string_view text);

}  // namespace dms::reference
