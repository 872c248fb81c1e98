// working_time.cpp - walks day by day over the spans in which a location is open.
#include "lead/working_time.hpp"

#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <optional>

namespace lead_system {

namespace {

using std::chrono::microseconds;
using utc_time = std::chrono::time_point<std::chrono::system_clock, microseconds>;

constexpr int minutes_a_day = 24 * 60;
/// Longer than any deadline, evaluation or chain of holidays; bounds the walk whatever the data says.
constexpr int longest_walk_days = 3660;

struct span {
  time_us from, to;
};

const date::time_zone *zone_of(const working_calendar &when) {
  try {
    return date::locate_zone(when.time_zone);
  } catch (const std::exception &) {
    return date::locate_zone("Europe/Vienna");
  }
}

bool usable(const working_hours &hours) {
  return hours.first_day >= 1 && hours.last_day <= 7 && hours.first_day <= hours.last_day && hours.from_minute >= 0 &&
         hours.to_minute <= minutes_a_day && hours.from_minute < hours.to_minute;
}

/// The hours in local minutes per weekday (1 to 7), sorted and without overlaps.
struct week {
  std::vector<std::pair<int, int>> days[8];

  explicit week(const working_calendar &when) {
    bool any = false;
    for (const auto &hours : when.hours) any = add(hours) || any;
    if (!any) add(working_hours{});
    for (auto &day : days) merge(day);
  }

 private:
  bool add(const working_hours &hours) {
    if (!usable(hours)) return false;
    for (int day = hours.first_day; day <= hours.last_day; ++day) {
      days[day].emplace_back(hours.from_minute, hours.to_minute);
    }
    return true;
  }
  static void merge(std::vector<std::pair<int, int>> &day) {
    std::sort(day.begin(), day.end());
    std::vector<std::pair<int, int>> merged;
    for (const auto &one : day) {
      if (!merged.empty() && one.first <= merged.back().second) {
        merged.back().second = std::max(merged.back().second, one.second);
      } else {
        merged.push_back(one);
      }
    }
    day = std::move(merged);
  }
};

/// The moment of a local time; one that the change to summer time skips is the moment of the change.
time_us moment(const date::time_zone *zone, date::local_days day, int minute) {
  const auto local = day + std::chrono::minutes{minute};
  const auto utc = zone->to_sys(local, date::choose::earliest);
  return std::chrono::duration_cast<microseconds>(utc.time_since_epoch()).count();
}

/// Calls `take(span)` for each open span from the one that holds `from` on, until it returns false.
template <typename Take>
void walk(time_us from, const working_calendar &when, Take &&take) {
  const auto *zone = zone_of(when);
  const week hours(when);
  const auto start = zone->to_local(utc_time{microseconds{from}});
  auto day = date::floor<date::days>(start);
  for (int walked = 0; walked < longest_walk_days; ++walked, day += date::days{1}) {
    const date::year_month_day calendar{day};
    const auto weekday = date::weekday{day}.iso_encoding();
    if (hours.days[weekday].empty()) continue;
    if (when.holidays &&
        when.holidays->closed_on(static_cast<int>(calendar.year()),
                                 static_cast<int>(static_cast<unsigned>(calendar.month())),
                                 static_cast<int>(static_cast<unsigned>(calendar.day())), when.region)) {
      continue;
    }
    for (const auto &[first, last] : hours.days[weekday]) {
      const span open{std::max(from, moment(zone, day, first)), moment(zone, day, last)};
      if (open.from < open.to && !take(open)) return;
    }
  }
}

}  // namespace

time_us add_working_minutes(time_us from, std::int64_t minutes, const working_calendar &when) {
  // A count beyond the walk's end cannot be reached; without a cap it would overflow.
  constexpr std::int64_t most = std::int64_t{longest_walk_days} * minutes_a_day;
  auto left = std::clamp<std::int64_t>(minutes, 0, most) * minute_us;
  auto result = from + left;
  walk(from, when, [&](const span &open) {
    result = open.from + left;
    if (result <= open.to) return false;
    left -= open.to - open.from;
    return true;
  });
  return result;
}

bool same_local_day(time_us a, time_us b, const working_calendar &when) {
  const auto *zone = zone_of(when);
  const auto day = [&](time_us at) { return date::floor<date::days>(zone->to_local(utc_time{microseconds{at}})); };
  return day(a) == day(b);
}

namespace {

std::string written_day(date::year_month_day day) {
  return date::format("%F", day);
}

/// Nothing where the text is no day.
std::optional<date::year_month_day> read_day(std::string_view text) noexcept {
  constexpr std::string_view shape = "0000-00-00";
  if (text.size() != shape.size()) return std::nullopt;
  int parts[3] = {0, 0, 0}, part = 0;
  for (std::size_t at = 0; at < shape.size(); ++at) {
    if (shape[at] == '-') {
      if (text[at] != '-') return std::nullopt;
      ++part;
    } else {
      if (text[at] < '0' || text[at] > '9') return std::nullopt;
      parts[part] = parts[part] * 10 + (text[at] - '0');
    }
  }
  const date::year_month_day day{date::year{parts[0]}, date::month{static_cast<unsigned>(parts[1])},
                                 date::day{static_cast<unsigned>(parts[2])}};
  if (!day.ok()) return std::nullopt;
  return day;
}

}  // namespace

std::string local_day(time_us at, const working_calendar &when) {
  return written_day(
      date::year_month_day{date::floor<date::days>(zone_of(when)->to_local(utc_time{microseconds{at}}))});
}

bool is_day(std::string_view text) noexcept {
  return read_day(text).has_value();
}

time_us noon_of(std::string_view day) noexcept {
  constexpr time_us noon = 11 * hour_us;  // in UTC
  const auto read = read_day(day);
  return read ? date::sys_days{*read}.time_since_epoch().count() * day_us + noon : 0;
}

std::string day_after(const std::string &day, int days) {
  const auto read = read_day(day);
  return read ? written_day(date::year_month_day{date::local_days{*read} + date::days{days}}) : day;
}

std::int64_t working_minutes_between(time_us from, time_us to, const working_calendar &when) {
  time_us sum = 0;
  if (to <= from) return 0;
  walk(from, when, [&](const span &open) {
    if (open.from >= to) return false;
    sum += std::min(open.to, to) - open.from;
    return true;
  });
  return sum / minute_us;
}

}  // namespace lead_system
