// absence_words.hpp - a person as lists and choices name him: with a word where he is away.
#pragma once

#include "screens/kit/parts.hpp"

namespace lead_system::screens {

/// "away until 5.12.2026, represented by Karl Gruber"; empty for somebody who is not away.
std::string away_text(const request &by, const std::string &user);
/// "Maria Huber", or "Maria Huber (away until 5.12.2026, represented by Karl Gruber)".
std::string person_text(const request &by, const std::string &user);
/// Why a lead is among those of the reader: "instead of Maria Huber"; empty for his own, and for those of others.
std::string represented_text(const request &by, const std::string &assignee);

}  // namespace lead_system::screens
