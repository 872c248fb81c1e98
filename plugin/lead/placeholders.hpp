// placeholders.hpp - values that stand in for one that is not known (resources/placeholders.info): a form's constant
// id, "n/a", test@test.at, 00000000. They tell nobody from anybody.
#pragma once

#include <string_view>

namespace lead_system {

/// An external id that is none: nothing but punctuation or zeros, a word for "unknown", a template that was never
/// filled in, or a number that a table has damaged ("2,01788E+11").
bool is_placeholder_id(std::string_view id);

/// An address that many share because it is nobody's.
bool is_placeholder_email(std::string_view address);

/// `digits`: with or without the country. Repeated digits and 12345… in both directions are nobody's number.
bool is_placeholder_phone(std::string_view digits);

}  // namespace lead_system
