// expression.hpp - compiling what a definition writes for "where this value stands".
#pragma once

#include <string>
#include <string_view>

#include "intake/reading.hpp"

namespace lead_system::intake {

/// Throws std::invalid_argument with a sentence that says what is wrong with `text`.
expression compile(payload_format format, const std::string &text);

/// XML names are compared in lower case: the same text with everything outside of quotes in lower case.
std::string lower_names(std::string_view xpath);

}  // namespace lead_system::intake
