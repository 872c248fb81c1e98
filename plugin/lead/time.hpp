// time.hpp - how this plugin counts time and money: integers, UTC, no floating point.
#pragma once

#include <cstdint>

namespace lead_system {

/// Microseconds since 1970-01-01T00:00Z; 0 means unknown.
using time_us = std::int64_t;

constexpr time_us second_us = 1'000'000;
constexpr time_us minute_us = 60 * second_us;
constexpr time_us hour_us = 60 * minute_us;
constexpr time_us day_us = 24 * hour_us;

}  // namespace lead_system
