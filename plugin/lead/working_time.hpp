// working_time.hpp - minutes that count: a location's opening hours without its holidays. Deadlines are measured in
// them (plugin/README.md "Deadlines").
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lead/time.hpp"

namespace lead_system {

/// Holidays of one country, as resources/holidays/*.info declares them. Immutable.
class holiday_table {
 public:
  struct entry {
    std::string name;                  ///< in the country's language, as it is
    int month = 0, day = 0;            ///< a fixed date; 0: movable
    int after_easter = 0;              ///< days after Easter Sunday, for a movable one
    std::vector<std::string> regions;  ///< ISO 3166-2; empty: the whole country
    bool closed = true;                ///< false: known, but business is open (a patron saint's day)
  };
  /// Parses the text of an .info file; throws std::runtime_error with the line.
  static holiday_table parse(std::string_view text);
  /// The shipped table of Austria (Arbeitsruhegesetz, section 7).
  static std::shared_ptr<const holiday_table> austria();

  const std::vector<entry> &entries() const noexcept { return entries_; }
  /// Whether business is closed on that date in that region.
  bool closed_on(int year, int month, int day, std::string_view region) const;

 private:
  std::vector<entry> entries_;
};

/// Opening on some days of the week, in local minutes since midnight.
struct working_hours {
  int first_day = 1, last_day = 5;  ///< 1 Monday … 7 Sunday
  int from_minute = 480, to_minute = 1080;
};

/// When a location works. The defaults serve a lead without location: Monday to Friday, 8 to 18 o'clock, Vienna.
struct working_calendar {
  std::string time_zone = "Europe/Vienna";            ///< IANA; an unknown one counts as Europe/Vienna
  std::string region;                                 ///< ISO 3166-2, "AT-9"; empty: only the country's holidays
  std::vector<working_hours> hours{working_hours{}};  ///< without any usable entry the default hours hold
  std::shared_ptr<const holiday_table> holidays;      ///< null: none
};

/// The moment at which `minutes` working minutes have passed since `from`; `from` itself where minutes is 0 or less
/// and the location is open, else the next opening.
time_us add_working_minutes(time_us from, std::int64_t minutes, const working_calendar &when);

/// Whether both moments lie in one day of the calendar's zone.
bool same_local_day(time_us a, time_us b, const working_calendar &when);

/// The calendar day of that moment in the calendar's zone, "2026-12-05": such days compare as texts.
std::string local_day(time_us at, const working_calendar &when);
/// A day of the calendar, written so.
bool is_day(std::string_view text) noexcept;
/// Its noon in Central Europe: in each of its time zones the moment lies in that day. 0 where the text is no day.
time_us noon_of(std::string_view day) noexcept;
/// That many days after it (before it, where negative); the text itself where it is no day.
std::string day_after(const std::string &day, int days = 1);

/// Whole working minutes in [from, to); 0 where to is not after from. Spans over ten years count as ten years.
std::int64_t working_minutes_between(time_us from, time_us to, const working_calendar &when);

}  // namespace lead_system
