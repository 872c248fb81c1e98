// dates.hpp - the dates of payloads → microseconds in UTC.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lead/time.hpp"

namespace lead_system::intake {

/// A name of the IANA time zone database.
bool is_zone(const std::string &name);

/// "MM/DD/YYYY hh:mm:ss": YYYY, MM and DD once each; hh, mm, ss after them, at most once each; other characters stand
/// for themselves.
bool is_date_format(std::string_view format);

/// ISO 8601 ("2020-07-22T09:15:00.1234567+02:00", also with a blank for the T, without seconds, or the date alone),
/// else the first of `formats` that fits; months, days and hours may have one digit, the time may be missing or end in
/// AM or PM. `zone` holds for what has no offset. Of an hour that a clock change repeats it is the first one, of one
/// that it skips the moment of the change. Nothing where no format fits or the year is not in 1900 to 2199.
std::optional<time_us> parse_time(std::string_view text, const std::vector<std::string> &formats,
                                  const std::string &zone);

/// The same for a date without time, as ISO date: "2020-10-31".
std::optional<std::string> parse_date(std::string_view text, const std::vector<std::string> &formats);

struct found_time {
  time_us at = 0;         ///< of a day without a time the day's begin in the zone
  std::string day;        ///< ISO date, as it was written
  bool has_time = false;  ///< false: a day, and nobody knows when
  bool alone = true;      ///< the text says no more than that
};
/// As parse_time, and what people and programs write else: seconds or milliseconds since 1970, "Do, 24.12.2026 10:00
/// Uhr", "24. Dezember 2026", "Dec 24th, 3 pm", "24.12. vormittags". A day without a year is the next one from
/// `reference` on.
std::optional<found_time> find_time(std::string_view text, const std::vector<std::string> &formats,
                                    const std::string &zone, time_us reference);

}  // namespace lead_system::intake
