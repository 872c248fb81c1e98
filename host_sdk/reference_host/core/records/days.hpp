// days.hpp - days as they are written: "2026-12-05".
#pragma once

#include <string_view>

namespace dms::reference {

/// Whether that is a day of the calendar.
bool is_day(std::string_view text) noexcept;

}  // namespace dms::reference
