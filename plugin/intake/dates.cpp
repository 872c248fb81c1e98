#include "intake/dates.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include "intake/spoken_dates.hpp"

namespace lead_system::intake {
namespace {

struct parts {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  std::int64_t fraction_us = 0;
  std::optional<int> offset_minutes;
  bool has_time = false;
};

constexpr bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

/// Takes `least` to `most` digits off the front.
bool take_number(std::string_view &text, std::size_t least, std::size_t most, int &number) {
  std::size_t count = 0;
  number = 0;
  while (count < most && count < text.size() && is_digit(text[count])) number = number * 10 + (text[count++] - '0');
  text.remove_prefix(count);
  return count >= least;
}

bool take(std::string_view &text, char letter) {
  if (text.empty() || text.front() != letter) return false;
  text.remove_prefix(1);
  return true;
}

/// ".1234567": more digits than microseconds are dropped.
bool take_fraction(std::string_view &text, std::int64_t &fraction_us) {
  std::int64_t scale = 100'000;
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) {
    fraction_us += (text[digits++] - '0') * scale;
    scale /= 10;
  }
  text.remove_prefix(digits);
  return digits > 0;
}

bool take_offset(std::string_view &text, parts &into) {
  if (text.empty()) return true;
  if (take(text, 'Z') || take(text, 'z')) {
    into.offset_minutes = 0;
    return true;
  }
  const int sign = text.front() == '-' ? -1 : 1;
  if (!take(text, '+') && !take(text, '-')) return false;
  int hours = 0, minutes = 0;
  if (!take_number(text, 2, 2, hours)) return false;
  take(text, ':');
  if (!text.empty() && !take_number(text, 2, 2, minutes)) return false;
  if (hours > 18 || minutes > 59) return false;
  into.offset_minutes = sign * (hours * 60 + minutes);
  return true;
}

bool read_iso(std::string_view text, parts &into) {
  if (!take_number(text, 4, 4, into.year) || !take(text, '-') || !take_number(text, 2, 2, into.month) ||
      !take(text, '-') || !take_number(text, 2, 2, into.day)) {
    return false;
  }
  if (text.empty()) return true;
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return false;
  into.has_time = true;
  if (!take_number(text, 2, 2, into.hour) || !take(text, ':') || !take_number(text, 2, 2, into.minute)) return false;
  if (take(text, ':') && !take_number(text, 2, 2, into.second)) return false;
  if ((take(text, '.') || take(text, ',')) && !take_fraction(text, into.fraction_us)) return false;
  take(text, ' ');
  return take_offset(text, into) && text.empty();
}

struct token {
  std::string_view name;
  int parts::*member;
  std::size_t least, most;
};
constexpr std::array<token, 6> tokens{{{"YYYY", &parts::year, 4, 4},
                                       {"MM", &parts::month, 1, 2},
                                       {"DD", &parts::day, 1, 2},
                                       {"hh", &parts::hour, 1, 2},
                                       {"mm", &parts::minute, 1, 2},
                                       {"ss", &parts::second, 1, 2}}};

const token *token_at(std::string_view format) {
  for (const auto &item : tokens) {
    if (format.starts_with(item.name)) return &item;
  }
  return nullptr;
}

/// AM or PM after a time.
bool take_half_of_day(std::string_view &text, parts &into) {
  take(text, ' ');
  if (text.size() < 2 || (text[1] | 0x20) != 'm') return true;
  const char half = static_cast<char>(text[0] | 0x20);
  if ((half != 'a' && half != 'p') || into.hour < 1 || into.hour > 12) return false;
  into.hour = into.hour % 12 + (half == 'p' ? 12 : 0);
  text.remove_prefix(2);
  return true;
}

bool read_format(std::string_view text, std::string_view format, parts &into) {
  while (!format.empty()) {
    if (text.empty()) return into.day != 0 && into.month != 0 && into.year != 0;  // the time may be missing
    if (const auto *item = token_at(format); item != nullptr) {
      if (!take_number(text, item->least, item->most, into.*item->member)) return false;
      into.has_time = into.has_time || item->member == &parts::hour;
      format.remove_prefix(item->name.size());
    } else if (take(text, format.front())) {
      format.remove_prefix(1);
    } else if (format.front() == ':' && text.front() == ' ') {
      format = {};  // "9:15 AM" where seconds may stand
    } else {
      return false;
    }
  }
  return take_half_of_day(text, into) && text.empty();
}

bool plausible(const parts &found) {
  const auto day = date::year{found.year} / found.month / found.day;
  return found.year >= 1900 && found.year < 2200 && day.ok() && found.hour < 24 && found.minute < 60 &&
         found.second <= 60;
}

std::optional<parts> read(std::string_view text, const std::vector<std::string> &formats) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  parts found;
  if (read_iso(text, found) && plausible(found)) return found;
  for (const auto &format : formats) {
    found = {};
    if (read_format(text, format, found) && plausible(found)) return found;
  }
  return std::nullopt;
}

}  // namespace

bool is_zone(const std::string &name) {
  try {
    return date::locate_zone(name) != nullptr;
  } catch (const std::runtime_error &) {
    return false;
  }
}

bool is_date_format(std::string_view format) {
  std::array<int, tokens.size()> seen{};
  while (!format.empty()) {
    const auto *item = token_at(format);
    if (item != nullptr) ++seen[static_cast<std::size_t>(item - tokens.data())];
    format.remove_prefix(item != nullptr ? item->name.size() : 1);
  }
  return seen[0] == 1 && seen[1] == 1 && seen[2] == 1 && seen[3] <= 1 && seen[4] <= 1 && seen[5] <= 1;
}

namespace {

time_us moment_of(const parts &found, const std::string &zone) {
  const date::local_seconds local{date::local_days{date::year{found.year} / found.month / found.day} +
                                  std::chrono::hours{found.hour} + std::chrono::minutes{found.minute} +
                                  std::chrono::seconds{found.second}};
  std::chrono::seconds utc = local.time_since_epoch();
  if (found.offset_minutes) {
    utc -= std::chrono::minutes{*found.offset_minutes};
  } else if (zone != "UTC") {
    utc = date::locate_zone(zone)->to_sys(local, date::choose::earliest).time_since_epoch();
  }
  return utc.count() * second_us + found.fraction_us;
}

std::string iso_day(int year, int month, int day) {
  char iso[32];
  std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day);
  return iso;
}

/// "1795424400" and "1795424400000": seconds and milliseconds since 1970, from 2001 on; "20261224".
std::optional<found_time> from_digits(std::string_view text, const std::string &zone) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  std::int64_t value = 0;
  if (text.size() > 13) return std::nullopt;
  for (char letter : text) value = value * 10 + (letter - '0');
  if (text.size() == 8) {
    parts found;
    found.year = static_cast<int>(value / 10'000);
    found.month = static_cast<int>(value / 100 % 100);
    found.day = static_cast<int>(value % 100);
    if (!plausible(found)) return std::nullopt;
    return found_time{moment_of(found, zone), iso_day(found.year, found.month, found.day), false, true};
  }
  if (text.size() != 10 && text.size() != 13) return std::nullopt;
  const auto at = value * (text.size() == 10 ? second_us : second_us / 1000);
  const date::year_month_day day{
      std::chrono::floor<date::days>(date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(at)))};
  return found_time{at,
                    iso_day(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                            static_cast<int>(static_cast<unsigned>(day.day()))),
                    true, true};
}

}  // namespace

std::optional<time_us> parse_time(std::string_view text, const std::vector<std::string> &formats,
                                  const std::string &zone) {
  const auto found = read(text, formats);
  if (!found) return std::nullopt;
  return moment_of(*found, zone);
}

std::optional<std::string> parse_date(std::string_view text, const std::vector<std::string> &formats) {
  const auto found = read(text, formats);
  if (!found) return std::nullopt;
  return iso_day(found->year, found->month, found->day);
}

std::optional<found_time> find_time(std::string_view text, const std::vector<std::string> &formats,
                                    const std::string &zone, time_us reference) {
  if (const auto found = read(text, formats)) {
    return found_time{moment_of(*found, zone), iso_day(found->year, found->month, found->day), found->has_time, true};
  }
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (auto found = from_digits(text, zone)) return found;
  const bool month_first = std::any_of(formats.begin(), formats.end(),
                                       [](const std::string &format) { return format.starts_with("MM/DD"); });
  const auto said = read_spoken_date(text, month_first);
  if (said.day == 0 || said.month == 0) return std::nullopt;
  parts found;
  found.year = said.year;
  found.month = said.month;
  found.day = said.day;
  found.hour = std::max(said.hour, 0);
  found.minute = said.minute;
  found.has_time = said.hour >= 0;
  if (found.year == 0) {
    const date::year_month_day now{std::chrono::floor<date::days>(
        date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(reference)))};
    found.year = static_cast<int>(now.year());
    if (date::month_day{date::month(static_cast<unsigned>(found.month)), date::day(static_cast<unsigned>(found.day))} <
        date::month_day{now.month(), now.day()}) {
      ++found.year;
    }
  }
  if (!plausible(found)) return std::nullopt;
  return found_time{moment_of(found, zone), iso_day(found.year, found.month, found.day), found.has_time, said.alone};
}

}  // namespace lead_system::intake
