#include "screens/kit/writing.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <charconv>
#include <cstdio>
#include <optional>

namespace lead_system::screens {

struct writer::parts {
  int year = 0, month = 1, day = 1, weekday = 1, hour = 0, minute = 0;
  int day_number = 0;  ///< local days since 1970-01-01
};

namespace {

using micros = std::chrono::microseconds;
using sys_us = date::sys_time<micros>;

const date::time_zone *find_zone(std::string_view name) {
  try {
    return date::locate_zone(name.empty() ? "Europe/Vienna" : std::string(name));
  } catch (const std::runtime_error &) {
    return date::locate_zone("Europe/Vienna");
  }
}

std::string two(int value) {
  return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

time_us to_utc(const date::time_zone *zone, date::local_time<micros> local) {
  // An hour that the clocks skip or repeat: the earlier reading.
  return zone->to_sys(local, date::choose::earliest).time_since_epoch().count();
}

/// Reads `count` digits at `at`; -1 where there are none.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = -1;
  if (at > text.size() || count > text.size() - at) return -1;
  const auto *end = text.data() + at + count;
  const auto [stopped, error] = std::from_chars(text.data() + at, end, value);
  return error == std::errc{} && stopped == end ? value : -1;
}

std::optional<date::year_month_day> read_date(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (year < 1970 || month < 1 || day < 1) return std::nullopt;
  const date::year_month_day found{date::year(year), date::month(static_cast<unsigned>(month)),
                                   date::day(static_cast<unsigned>(day))};
  return found.ok() ? std::optional(found) : std::nullopt;
}

}  // namespace

writer::writer(const language &say, std::string_view zone, time_us now)
    : say_(say), zone_(find_zone(zone)), now_(now) {}

writer::parts writer::local(time_us at) const {
  const auto local_time = zone_->to_local(sys_us(micros(at)));
  const auto day_point = date::floor<date::days>(local_time);
  const date::year_month_day day(day_point);
  const auto minutes = date::floor<std::chrono::minutes>(local_time - day_point).count();
  parts result;
  result.year = static_cast<int>(day.year());
  result.month = static_cast<int>(static_cast<unsigned>(day.month()));
  result.day = static_cast<int>(static_cast<unsigned>(day.day()));
  result.weekday = static_cast<int>(date::weekday(day_point).iso_encoding());
  result.hour = static_cast<int>(minutes / 60);
  result.minute = static_cast<int>(minutes % 60);
  result.day_number = day_point.time_since_epoch().count();
  return result;
}

std::string writer::pattern(std::string_view format, const parts &at) const {
  std::string result;
  const auto translated = say_(format);
  for (std::size_t index = 0; index < translated.size(); ++index) {
    if (translated[index] != '%' || index + 1 == translated.size()) {
      result += translated[index];
      continue;
    }
    switch (translated[++index]) {
      case 'a':
        result += say_.rules().weekdays[static_cast<std::size_t>(at.weekday - 1)];
        break;
      case 'b':
        result += say_.rules().months[static_cast<std::size_t>(at.month - 1)];
        break;
      case 'd':
        result += two(at.day);
        break;
      case 'e':
        result += std::to_string(at.day);
        break;
      case 'm':
        result += two(at.month);
        break;
      case 'Y':
        result += std::to_string(at.year);
        break;
      case 'H':
        result += two(at.hour);
        break;
      case 'M':
        result += two(at.minute);
        break;
      default:
        result += translated[index];
    }
  }
  return result;
}

std::string writer::time(time_us at) const {
  return pattern("%H:%M", local(at));
}

std::string writer::day(time_us at) const {
  const auto that = local(at), today = local(now_);
  switch (that.day_number - today.day_number) {
    case 0:
      return say_("today");
    case -1:
      return say_("yesterday");
    case 1:
      return say_("tomorrow");
    default:
      break;
  }
  const auto away = that.day_number - today.day_number;
  return pattern(away > -365 && away < 365 ? "%a, %e %b" : "%a, %e %b %Y", that);
}

std::string writer::day_time(time_us at) const {
  return day(at) + ", " + time(at);
}

std::string writer::stamp(time_us at) const {
  return pattern("%e %b, %H:%M", local(at));
}

std::string writer::short_day(time_us at) const {
  return at >= start_of_day(-1) ? day(at) : pattern("%e %b", local(at));
}

std::string writer::date(time_us at) const {
  return pattern("%e %b %Y", local(at));
}

std::string writer::full(time_us at) const {
  return pattern("%a, %e %b %Y, %H:%M", local(at));
}

std::string writer::iso_date(const std::string &text) const {
  const auto found = read_date(text);
  if (!found || text.size() != 10) return text;
  parts at;
  at.year = static_cast<int>(found->year());
  at.month = static_cast<int>(static_cast<unsigned>(found->month()));
  at.day = static_cast<int>(static_cast<unsigned>(found->day()));
  return pattern("%e %b %Y", at);
}

std::string writer::span(time_us length) const {
  const auto minutes = length / minute_us;
  if (minutes < 60) return say_("{1} min", std::to_string(minutes));
  const auto hours = std::to_string(minutes / 60);
  if (minutes < 120 && minutes % 60 != 0) return say_("{1} h {2} min", hours, std::to_string(minutes % 60));
  return say_("{1} h", hours);
}

std::string writer::until(time_us at) const {
  const auto left = at - now_;
  const auto days = local(at).day_number - local(now_).day_number;
  if (days == 0 || left < 2 * hour_us) return say_("{1} left", span(left));
  return days == 1 ? say_("until {1}", day_time(at)) : say_("until {1}", day(at));
}

std::string writer::since(time_us at) const {
  const auto gone = now_ - at;
  const auto days = local(now_).day_number - local(at).day_number;
  if (days == 0 || gone < 2 * hour_us) return say_("for {1}", span(gone));
  return say_("since {1}", days == 1 ? day_time(at) : stamp(at));
}

std::string writer::money(std::int64_t cents) const {
  const auto whole = cents < 0 ? -cents : cents;
  return say_("€{1}", (cents < 0 ? "-" : "") + say_.number(whole / 100) + say_.rules().decimal +
                          two(static_cast<int>(whole % 100)));
}

std::string writer::percent(int value) const {
  return say_("{1}%", say_.number(value));
}

time_us writer::start_of_day(int days) const {
  const auto today = date::local_days(date::days(local(now_).day_number + days));
  return to_utc(zone_, date::local_time<micros>(today));
}

time_us writer::parse(std::string_view text, bool end_of_day) const {
  const auto day = read_date(text);
  if (!day) return 0;
  const date::local_time<micros> midnight = date::local_days(*day);
  if (text.size() == 10) return to_utc(zone_, midnight + (end_of_day ? date::days(1) : date::days(0)));
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2);
  if ((text[10] != 'T' && text[10] != ' ') || hour < 0 || hour > 23 || minute < 0 || minute > 59 || text[13] != ':') {
    return 0;
  }
  auto local_time = midnight + std::chrono::hours(hour) + std::chrono::minutes(minute);
  auto rest = text.substr(16);
  if (rest.size() >= 3 && rest[0] == ':') {
    const auto second = digits(rest, 1, 2);
    if (second < 0 || second > 59) return 0;
    local_time += std::chrono::seconds(second);
    rest.remove_prefix(3);
    if (!rest.empty() && rest[0] == '.') {
      const auto end = rest.find_first_not_of("0123456789", 1);
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
    }
  }
  if (rest.empty()) return to_utc(zone_, local_time);
  const auto utc = local_time.time_since_epoch().count();
  if (rest == "Z") return utc;
  if ((rest[0] != '+' && rest[0] != '-') || rest.size() < 5) return 0;
  const auto offset_hour = digits(rest, 1, 2), offset_minute = digits(rest, rest.size() - 2, 2);
  if (offset_hour < 0 || offset_minute < 0) return 0;
  const auto offset = offset_hour * hour_us + offset_minute * minute_us;
  return rest[0] == '+' ? utc - offset : utc + offset;
}

std::string writer::input_date(time_us at) const {
  const auto that = local(at);
  return std::to_string(that.year) + "-" + two(that.month) + "-" + two(that.day);
}

std::string writer::input_date_time(time_us at) const {
  const auto that = local(at);
  return input_date(at) + "T" + two(that.hour) + ":" + two(that.minute);
}

std::string iso_utc(time_us at) {
  const auto point = sys_us(micros(at));
  const auto day_point = date::floor<date::days>(point);
  const date::year_month_day day(day_point);
  const auto seconds = date::floor<std::chrono::seconds>(point - day_point).count();
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return buffer;
}

}  // namespace lead_system::screens
