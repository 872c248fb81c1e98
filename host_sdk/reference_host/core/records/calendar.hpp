// calendar.hpp - an appointment as an iCalendar file (RFC 5545), for the calendar that a salesperson uses besides.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dms::reference {

struct calendar_entry {
  std::string uid;  ///< the same for the same appointment for ever: a second download moves the first
  std::int64_t from_us = 0, to_us = 0, written_us = 0;
  std::string summary, description, location, url;
  bool cancelled = false;
};

/// A VCALENDAR with a VEVENT for each entry; `title`: its name where a program subscribes to it, or empty. Times are
/// written in UTC, which no change of the clock can move; text is escaped and lines are folded at 75 octets, never
/// within a character.
std::string to_icalendar(const std::vector<calendar_entry> &entries, const std::string &title = {});

}  // namespace dms::reference
