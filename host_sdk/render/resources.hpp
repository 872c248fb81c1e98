// resources.hpp - files that are part of the program: templates, style sheets, fonts, translations.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace dms::render {

/// File name to bytes; they live as long as the program. [any]
const std::map<std::string, std::string_view, std::less<>> &resources();

}  // namespace dms::render
