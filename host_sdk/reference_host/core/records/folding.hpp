// folding.hpp - text as it is compared: without case, accents and the two ways to write an umlaut.
#pragma once

#include <string>
#include <string_view>

namespace dms::reference {

/// "Müller", "MUELLER" and "mueller" become "mueller"; other scripts keep their letters.
std::string folded(std::string_view text);

}  // namespace dms::reference
