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
/// Start of the dealership's day that lies `days` from the one of `at_us`.
std::int64_t start_of_day(std::int64_t at_us, int days);

/// The start of that day, "2026-11-23", moved by `days`; nothing for what is no date.
std::optional<std::int64_t> start_of_day(std::string_view day, int days = 0);

}  // namespace dms::reference::web
