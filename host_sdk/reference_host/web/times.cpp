#include "reference_host/web/times.hpp"

#include <date/tz.h>

#include <chrono>
#include <sstream>

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
  std::istringstream in{std::string(day)};
  date::local_days at;
  in >> date::parse("%F", at);
  if (in.fail() || day.size() != 10) return std::nullopt;
  const auto begin = home()->to_sys(at + date::days{days}, date::choose::earliest);
  return std::chrono::duration_cast<std::chrono::microseconds>(begin.time_since_epoch()).count();
}

}  // namespace dms::reference::web
