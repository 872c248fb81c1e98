// normalise.hpp - single values of a payload → their normal form (feeds.md "normalise strictly"). Input is clean text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lead/lead.hpp"

namespace lead_system::intake {

/// Trimmed, the domain in lower case (internationalised ones stay as they are); the first of several separated by ; or
/// ,. Nothing where it cannot be an address.
std::optional<std::string> normal_email(std::string_view text);

/// E.164 ("+436641234567"), or nothing where it is no valid number. `region` (ISO 3166 alpha-2) is that of a number
/// without country code; empty: AT.
std::optional<std::string> normal_phone(std::string_view text, std::string_view region);
/// The part of normal_phone that needs no library: Austrian mobile numbers in the common writings. Nothing: ask it.
std::optional<std::string> quick_mobile(std::string_view text, std::string_view region);

/// ISO 3166 alpha-2 of a country's code or name in German or English; nothing where it is none.
std::optional<std::string> normal_country(std::string_view text);
/// ISO 639 of "DE", "de-AT", "German", "Deutsch"; nothing where it is none.
std::optional<std::string> normal_language(std::string_view text);
/// "mr", "ms", "company"; nothing where it is none of them.
std::optional<std::string> normal_salutation(std::string_view text);

/// 17 characters in capitals without blanks and hyphens; nothing where it is no VIN (ISO 3779: no I, O, Q).
std::optional<std::string> normal_vin(std::string_view text);

/// Minor units of "1.234,56", "EUR 389" or "389.00", rounded to cents; `decimal` is "," or ".". Nothing where it is no
/// amount or over 10^12.
std::optional<std::int64_t> normal_money(std::string_view text, char decimal);

/// "Herr Dr. Karl Friedrich Moser" → salutation, title, first and last name; "Moser, Karl" too; titles behind the name
/// go to the title. A single word is a last name. Fills only what is empty.
void split_name(std::string_view full, person &into);

}  // namespace lead_system::intake
