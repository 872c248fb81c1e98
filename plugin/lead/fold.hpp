// fold.hpp - text as people compare it: keys for search and matching, never shown.
#pragma once

#include <string>
#include <string_view>

namespace lead_system {

/// A key under which the writings of one name are equal: case, diacritics, hyphens and blanks do not count, and
/// "Müller", "Mueller" and "MULLER" give "muller". ASCII letters and digits with single blanks between words; letters
/// of other scripts stay, in lower case. Input that is not UTF-8 is read as far as it can be.
std::string fold_name(std::string_view text);

/// The whole address in lower case without blanks around it: e-mails are compared case-blind.
std::string fold_email(std::string_view text);

/// The digits alone: "+43 664 1234567" and "+436641234567" give "436641234567".
std::string phone_digits(std::string_view text);

/// The digits that a search for a number in any writing has in common with its E.164 form, to be found inside of it:
/// "0664/123", "+43 (0)664 123" and "0043 664 123" give "664123", "43664123" and "43664123". Empty when `text` is not a
/// number (letters in it, or fewer than three digits).
std::string phone_search_digits(std::string_view text);

}  // namespace lead_system
