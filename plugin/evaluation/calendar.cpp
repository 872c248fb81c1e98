#include "evaluation/calendar.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace lead_system::evaluation {

namespace {

using micros = std::chrono::microseconds;

/// How a named period begins, and how far the one before lies back.
struct period_row {
  named_period name;
  int back_days, back_months;
};
constexpr std::array period_rows{
    period_row{{"weeks12", "Last 12 weeks"}, 84, 0}, period_row{{"this_week", "This week"}, 7, 0},
    period_row{{"this_month", "This month"}, 0, 1},  period_row{{"last_month", "Last month"}, 0, 1},
    period_row{{"quarter", "This quarter"}, 0, 3},   period_row{{"last_quarter", "Last quarter"}, 0, 3},
    period_row{{"this_year", "This year"}, 0, 12},   period_row{{"last_year", "Last year"}, 0, 12},
};
constexpr auto offered_periods = [] {
  std::array<named_period, period_rows.size()> names;
  for (std::size_t at = 0; at < names.size(); ++at) names[at] = period_rows[at].name;
  return names;
}();
constexpr std::array comparisons{named_period{"previous", "Period before"}, named_period{"year", "Year before"},
                                 named_period{"none", "None"}};
constexpr std::array<std::string_view, 4> step_keys{"day", "week", "month", "year"};
constexpr std::size_t most_parts = 62;

date::year_month_day ymd(int day) {
  return date::year_month_day{date::local_days{date::days{day}}};
}

int number_of(const date::year_month_day &day) {
  return static_cast<int>(date::local_days{day}.time_since_epoch().count());
}

int monday_of(int day) {
  return day - static_cast<int>(date::weekday{date::local_days{date::days{day}}}.iso_encoding()) + 1;
}

int first_of_month(int day) {
  const auto at = ymd(day);
  return number_of(at.year() / at.month() / 1);
}

/// The same day of another month, or that month's last.
int plus_months(int day, int months) {
  const auto at = ymd(day) + date::months{months};
  return number_of(at.ok() ? at : date::year_month_day{at.year() / at.month() / date::last});
}

int next_edge(int day, interval by) {
  switch (by) {
    case interval::day:
      return day + 1;
    case interval::week:
      return monday_of(day) + 7;
    case interval::month:
      return plus_months(first_of_month(day), 1);
    case interval::year:
      break;
  }
  return number_of((ymd(day).year() + date::years{1}) / 1 / 1);
}

const date::time_zone *find_zone(std::string_view name) {
  try {
    return date::locate_zone(name.empty() ? "Europe/Vienna" : std::string(name));
  } catch (const std::exception &) {
    return date::locate_zone("Europe/Vienna");
  }
}

}  // namespace

std::string_view key(interval by) noexcept {
  return step_keys[static_cast<std::size_t>(by)];
}

std::optional<interval> interval_from(std::string_view key) noexcept {
  const auto *found = std::find(step_keys.begin(), step_keys.end(), key);
  if (found == step_keys.end()) return std::nullopt;
  return static_cast<interval>(found - step_keys.begin());
}

std::span<const named_period> named_periods() noexcept {
  return offered_periods;
}

std::span<const named_period> named_comparisons() noexcept {
  return comparisons;
}

calendar::calendar(std::string_view zone, time_us now) : zone_(find_zone(zone)) {
  today_ = day_of(now);
}

int calendar::day_of(time_us at) const {
  const auto local = zone_->to_local(date::sys_time<micros>(micros(at)));
  return static_cast<int>(date::floor<date::days>(local).time_since_epoch().count());
}

time_us calendar::moment(int day) const {
  const date::local_time<micros> midnight{date::local_days{date::days{day}}};
  return zone_->to_sys(midnight, date::choose::earliest).time_since_epoch().count();
}

std::optional<int> calendar::parse(std::string_view iso) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size, auto &into) {
    const auto *end = iso.data() + at + size;
    const auto [stopped, error] = std::from_chars(iso.data() + at, end, into);
    return error == std::errc{} && stopped == end;
  };
  if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return std::nullopt;
  const auto found = date::year{year} / date::month{month} / date::day{day};
  if (!found.ok() || year < 1970) return std::nullopt;
  return number_of(found);
}

std::string calendar::iso(int day) {
  const auto at = ymd(day);
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(at.year()), static_cast<unsigned>(at.month()),
                static_cast<unsigned>(at.day()));
  return buffer;
}

int calendar::year_of(int day) {
  return static_cast<int>(ymd(day).year());
}

int calendar::month_of(int day) {
  return static_cast<int>(static_cast<unsigned>(ymd(day).month()));
}

int calendar::iso_week_of(int day) {
  // The week belongs to the year of its Thursday.
  const int thursday = monday_of(day) + 3;
  return (thursday - number_of(ymd(thursday).year() / 1 / 1)) / 7 + 1;
}

std::optional<day_span> calendar::period(std::string_view name) const {
  const int end = today_ + 1, month = first_of_month(today_);
  const auto year = ymd(today_).year();
  if (name == "weeks12") return day_span{monday_of(today_) - 77, end};
  if (name == "this_week") return day_span{monday_of(today_), end};
  if (name == "this_month") return day_span{month, end};
  if (name == "last_month") return day_span{plus_months(month, -1), month};
  const int quarter = plus_months(month, -((month_of(month) - 1) % 3));
  if (name == "quarter") return day_span{quarter, end};
  if (name == "last_quarter") return day_span{plus_months(quarter, -3), quarter};
  if (name == "this_year") return day_span{number_of(year / 1 / 1), end};
  if (name == "last_year") return day_span{number_of((year - date::years{1}) / 1 / 1), number_of(year / 1 / 1)};
  return std::nullopt;
}

std::optional<day_span> calendar::compared(std::string_view comparison, std::string_view name, const day_span &period) {
  if (comparison == "year") return day_span{plus_months(period.from, -12), plus_months(period.to, -12)};
  if (comparison != "previous") return std::nullopt;
  for (const auto &row : period_rows) {
    if (row.name.key != name) continue;
    if (row.back_months == 0) return day_span{period.from - row.back_days, period.to - row.back_days};
    return day_span{plus_months(period.from, -row.back_months), plus_months(period.to, -row.back_months)};
  }
  return day_span{period.from - period.length(), period.from};
}

interval calendar::usual_interval(const day_span &period) noexcept {
  const int days = period.length();
  if (days <= 31) return interval::day;
  if (days <= 26 * 7) return interval::week;
  return days <= 5 * 366 ? interval::month : interval::year;
}

bool calendar::fits(interval by, const day_span &period) noexcept {
  constexpr std::array<int, 4> days{1, 7, 28, 365};
  const auto parts = period.length() / days[static_cast<std::size_t>(by)];
  return parts <= static_cast<int>(most_parts);
}

std::vector<int> calendar::parts(const day_span &period, interval by) {
  std::vector<int> edges;
  for (int day = period.from; day < period.to; day = next_edge(day, by)) edges.push_back(day);
  edges.push_back(period.to);
  return edges;
}

}  // namespace lead_system::evaluation
