// times.hpp - points in time as people write them, in the dealership's time zone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dms::reference::web {

/// "23.11.2026, 10:31", in English "23 Nov 2026, 10:31".
std::string written_time(std::int64_t at_us, std::string_view locale);
/// "2026-11-23 10:31:00", for exports.
std::string sortable_time(std::int64_t at_us);

}  // namespace dms::reference::web
