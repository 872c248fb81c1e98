// content_lines.hpp - the lines that iCalendar (RFC 5545) and vCard (RFC 6350) are made of.
#pragma once

#include <string>
#include <string_view>

namespace dms::reference {

/// As a TEXT value: separators are escaped, a line break is written as \\n; other control characters have no place
/// there.
std::string escaped_text(std::string_view text);
/// One line with its end, folded at 75 octets, never within a character.
void add_line(std::string &file, std::string line);
/// "NAME:value"; nothing where the value is empty.
void add_text(std::string &file, const char *name, const std::string &value);

}  // namespace dms::reference
