// normalise.hpp - single values of a payload → their normal form (plugin/intake/README.md "As a person would read it").
// Input is clean text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lead/lead.hpp"

namespace lead_system::intake {

/// Trimmed, the domain in lower case (internationalised ones stay as they are). Nothing where the text is not one
/// address, but for "mailto:", a name before <…>, quotation marks and a final sign.
std::optional<std::string> normal_email(std::string_view text);

/// What a text says where one value is asked for: the first valid one, and whether the text is no more than that.
struct found_email {
  std::string address;  ///< as normal_email; empty: there is none
  bool alone = false;
};
/// The first address in a text as people write it: "Anna <a@b.at>", "a @ b.at (privat)", "a(at)b.at oder c@d.at".
found_email find_email(std::string_view text);

/// E.164 ("+436641234567"), or nothing where it is no valid number. `region` (ISO 3166 alpha-2) is that of a number
/// without country code; empty: AT.
std::optional<std::string> normal_phone(std::string_view text, std::string_view region);
/// The part of normal_phone that needs no library: Austrian mobile numbers in the common writings. Nothing: ask it.
std::optional<std::string> quick_mobile(std::string_view text, std::string_view region);

struct found_phones {
  std::vector<std::string> numbers;  ///< E.164
  bool alone = false;                ///< the text is one number and nothing else
};
/// The numbers in a text as people write it: "0664 1234567 (ab 17 Uhr)", "0664 1234567 oder 01 5550199 DW 12".
found_phones find_phones(std::string_view text, std::string_view region);
/// Whether a text that is no valid number may be one that somebody can make sense of, as one without its area code: no
/// words, dates or times, six digits and more, and not the same one all the time.
bool may_be_phone(std::string_view text);
/// One number of its parts: "43", "0664", "1234567". Senders put the whole number, or one with its area code, into the
/// last one: then that is it. `region` as above.
std::string joined_phone(std::string_view country, std::string_view area, std::string_view local,
                         std::string_view region);

/// ISO 3166 alpha-2 of a country's code or name in German or English; nothing where it is none.
std::optional<std::string> normal_country(std::string_view text);
/// ISO 639 of "DE", "de-AT", "German", "Deutsch"; nothing where it is none.
std::optional<std::string> normal_language(std::string_view text);
/// "mr", "ms", "company"; nothing where it is none of them.
std::optional<std::string> normal_salutation(std::string_view text);

/// What a word or a sentence says to a consent, in German or English: "abgelehnt", "Ja, ich stimme zu", "opt-out".
/// Nothing where it is neither yes nor no: it counts as no consent.
std::optional<bool> consent_word(std::string_view text);

/// 17 characters in capitals without blanks and hyphens; nothing where it is no VIN (ISO 3779: no I, O, Q).
std::optional<std::string> normal_vin(std::string_view text);

struct found_money {
  std::int64_t cents = 0;  ///< minor units, rounded
  bool doubtful = false;   ///< "1,234" in a source that writes a comma before cents
};
/// "1.234,56", "1'234.56", "EUR 389,-" or "389.00": which sign stands before the cents the writing itself says, and
/// only where it does not, `decimal` ("," or "."). Nothing where it is no amount or over 10^12.
std::optional<found_money> find_money(std::string_view text, char decimal);

/// "Herr Dr. med. univ. Karl Friedrich Moser, MSc" → salutation, titles, first and last name; "Moser, Karl" and
/// "Moser Bau GmbH" (the company) too. A single word is a last name. Fills only what is empty. Returns whether all of
/// the text has found its place: "sen.", "(privat)" or a town have none.
bool split_name(std::string_view full, person &into);
/// Whether a word is an academic or professional title, "Dipl.-Ing.", "BSc".
bool is_title(std::string_view word);

}  // namespace lead_system::intake
