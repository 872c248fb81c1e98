#include "reference_host/web/times.hpp"

#include <date/tz.h>

#include <chrono>
#include <sstream>

namespace dms::reference::web {
namespace {

std::string formatted(std::int64_t at_us, const char *format) {
  // The dealership's sites are all in one zone; who serves several sets the plugin's own per location.
  static const auto *zone = date::locate_zone("Europe/Vienna");
  date::sys_time<std::chrono::seconds> at{std::chrono::seconds{at_us / 1'000'000}};
  std::ostringstream out;
  out.imbue(std::locale::classic());
  date::to_stream(out, format, date::make_zoned(zone, at));
  return out.str();
}

}  // namespace

std::string written_time(std::int64_t at_us, std::string_view locale) {
  return formatted(at_us, locale.starts_with("de") ? "%d.%m.%Y, %H:%M" : "%d %b %Y, %H:%M");
}

std::string sortable_time(std::int64_t at_us) {
  return formatted(at_us, "%Y-%m-%d %H:%M:%S");
}

}  // namespace dms::reference::web
