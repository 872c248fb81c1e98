// plain_text.hpp - text of a payload → text as it is kept.
#pragma once

#include <string>
#include <string_view>

namespace lead_system::intake {

/// NFC UTF-8 without control characters and without marks that turn the direction of writing; blanks at the ends are
/// gone. One line: runs of blanks are one blank. Cut at `longest` characters; `cut` (may be null) tells.
std::string clean_line(std::string_view text, std::size_t longest, bool *cut = nullptr);
/// The same for text of several lines, which stay, at most one empty line in a row.
std::string clean_lines(std::string_view text, std::size_t longest, bool *cut = nullptr);

/// Text without markup: tags removed (line breaks and paragraphs become lines, scripts and styles go whole, of links
/// the address stays), entities decoded. A "<" that begins no tag stays.
std::string without_markup(std::string_view text);

/// Entities alone decoded, also those that were escaped twice ("M&amp;uuml;ller"): names and addresses are no HTML.
std::string without_entities(std::string_view text);
/// "M\u00fcller" and "M%C3%BCller" as they were before a program escaped them; addresses of pages stay.
std::string without_escapes(std::string_view text);

}  // namespace lead_system::intake
