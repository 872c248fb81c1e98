// calendar.hpp - the periods that people evaluate, in local days, and how they are cut into parts.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lead/time.hpp"

namespace date {
class time_zone;
}

namespace lead_system::evaluation {

/// Local days since 1970-01-01, [from, to).
struct day_span {
  int from = 0, to = 0;
  int length() const noexcept { return to - from; }
  bool operator==(const day_span &) const = default;
};

enum class interval { day, week, month, year };
std::string_view key(interval by) noexcept;
std::optional<interval> interval_from(std::string_view key) noexcept;

/// A period as the page offers it.
struct named_period {
  std::string_view key, title;  ///< title: English, a gettext key
};
std::span<const named_period> named_periods() noexcept;      ///< without "range" and "all"
std::span<const named_period> named_comparisons() noexcept;  ///< previous, year, none

class calendar {
 public:
  /// `zone` is an IANA name; empty or unknown: Europe/Vienna.
  calendar(std::string_view zone, time_us now);

  int today() const noexcept { return today_; }
  int day_of(time_us at) const;
  time_us moment(int day) const;  ///< its first
  /// "2026-11-23"; nothing for anything else.
  static std::optional<int> parse(std::string_view iso);
  static std::string iso(int day);
  static int year_of(int day);
  static int month_of(int day);  ///< 1 to 12
  static int iso_week_of(int day);

  /// weeks12, this_week, … up to and with today; nothing for another name.
  std::optional<day_span> period(std::string_view name) const;
  /// The period before (as long, or as many months), or the same a year before; nothing for none.
  static std::optional<day_span> compared(std::string_view comparison, std::string_view name, const day_span &period);

  /// Days up to a month, weeks up to half a year, months up to five years.
  static interval usual_interval(const day_span &period) noexcept;
  /// Whether that makes no more parts than a page can show.
  static bool fits(interval by, const day_span &period) noexcept;
  /// First days of the parts, and the period's end: parts + 1 of them.
  static std::vector<int> parts(const day_span &period, interval by);

 private:
  const date::time_zone *zone_;
  int today_ = 0;
};

}  // namespace lead_system::evaluation
