// demo_times.hpp - the lengths of time in which the demo's story is told, in microseconds.
#pragma once

#include <cstdint>

namespace dms::reference {

constexpr std::int64_t minute_us = 60'000'000, hour_us = 60 * minute_us, day_us = 24 * hour_us;

}  // namespace dms::reference
