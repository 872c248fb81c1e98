// definition_bounds.hpp - what a definition that is written on the screen may cost. Files of the data directory are
// written by whoever runs the machine, and are bound by the parsers alone.
#pragma once

#include <string>
#include <string_view>

#include "intake/definition.hpp"
#include "intake/reading.hpp"

namespace lead_system::intake {

inline constexpr std::size_t largest_own_definition = std::size_t{128} << 10U;
inline constexpr std::size_t most_expressions = 1'000;

/// Whether the text is too large to be looked at.
mistakes size_mistakes(std::string_view text);

/// How far an XPath reaches: "//", axes such as ancestor:: and following-sibling::, and within brackets ".." visit many
/// elements from each of many. A few of them one after the other are cheap, one inside of brackets is quadratic at
/// worst, more would take hours on a small payload. What lies beside each of many is quadratic in memory, so only the
/// next one of each may be asked for. There are no regular expressions in a definition. Throws expression_error.
void check_reach(std::string_view xpath);

/// Adds a mistake where there are more expressions than anybody needs.
void check_bounds(const definition::reading &how, mistakes &into);

}  // namespace lead_system::intake
