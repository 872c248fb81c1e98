#include "reference_host/web/times.hpp"

#include <date/tz.h>

#include <charconv>
#include <chrono>

namespace dms::reference::web {
namespace {

/// The dealership's sites are all in one zone; who serves several sets the plugin's own per location.
const date::time_zone *home() {
  static const auto *zone = date::locate_zone("Europe/Vienna");
  return zone;
}

std::string formatted(std::int64_t at_us, const char *format) {
  date::sys_time<std::chrono::seconds> at{std::chrono::seconds{at_us / 1'000'000}};
  std::ostringstream out;
  out.imbue(std::locale::classic());
  date::to_stream(out, format, date::make_zoned(home(), at));
  return out.str();
}

}  // namespace

std::string written_time(std::int64_t at_us, std::string_view locale) {
  return formatted(at_us, locale.starts_with("de") ? "%d.%m.%Y, %H:%M" : "%d %b %Y, %H:%M");
}

std::int64_t start_of_day(std::int64_t at_us, int days) {
  using std::chrono::microseconds;
  const auto today = date::floor<date::days>(home()->to_local(date::sys_time<microseconds>(microseconds(at_us))));
  const auto start = home()->to_sys(today + date::days{days}, date::choose::earliest);
  return std::chrono::duration_cast<microseconds>(start.time_since_epoch()).count();
}

std::string sortable_time(std::int64_t at_us) {
  return formatted(at_us, "%Y-%m-%d %H:%M:%S");
}

std::optional<std::int64_t> start_of_day(std::string_view day, int days) {
  if (day.size() != 10 || day[4] != '-' || day[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t count) {
    int value = -1;
    const auto *end = day.data() + at + count;
    return std::from_chars(day.data() + at, end, value).ptr == end ? value : -1;
  };
  const int year = number(0, 4), month = number(5, 2), of_month = number(8, 2);
  if (year < 0 || month < 0 || of_month < 0) return std::nullopt;
  const date::year_month_day at{date::year{year}, date::month{static_cast<unsigned>(month)},
                                date::day{static_cast<unsigned>(of_month)}};
  if (!at.ok()) return std::nullopt;
  const auto begin = home()->to_sys(date::local_days{at} + date::days{days}, date::choose::earliest);
  return std::chrono::duration_cast<std::chrono::microseconds>(begin.time_since_epoch()).count();
}

}  // namespace dms::reference::web
