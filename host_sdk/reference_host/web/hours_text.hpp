// hours_text.hpp - opening hours as people write and read them: "Mo–Fr 08:00–18:00, Sa 09:00–12:00".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/people/locations.hpp"

namespace dms::reference::web {

/// In the day names of the locale.
std::string written_hours(const std::vector<opening_hours> &hours, std::string_view locale);
/// Days by their German or English names (of which the first letters are enough) or as 1 to 7, any dash, commas or
/// lines between. Throws failure(dms_invalid) with a sentence.
std::vector<opening_hours> read_hours(std::string_view text);

}  // namespace dms::reference::web
