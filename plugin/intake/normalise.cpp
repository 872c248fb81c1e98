#include "intake/normalise.hpp"

#include <unicode/uloc.h>

#include <algorithm>
#include <cstring>

#include "lead/fold.hpp"

namespace lead_system::intake {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

constexpr bool is_ascii_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

constexpr bool is_vin_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

std::string in_big_letters(std::string_view text) {
  std::string result(text);
  for (char &letter : result) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return result;
}

/// A word in its folded form and what it means.
struct word {
  std::string_view folded, value;
};

template <std::size_t size>
std::optional<std::string> look_up(const word (&table)[size], std::string_view text) {
  const auto folded = fold_name(text);
  for (const auto &entry : table) {
    if (entry.folded == folded) return std::string(entry.value);
  }
  return std::nullopt;
}

constexpr word countries[] = {
    {"a", "AT"},       {"aut", "AT"},           {"austria", "AT"},     {"osterreich", "AT"},
    {"d", "DE"},       {"deu", "DE"},           {"germany", "DE"},     {"deutschland", "DE"},
    {"che", "CH"},     {"schweiz", "CH"},       {"switzerland", "CH"}, {"fl", "LI"},
    {"lie", "LI"},     {"liechtenstein", "LI"}, {"i", "IT"},           {"ita", "IT"},
    {"italien", "IT"}, {"italy", "IT"},         {"hun", "HU"},         {"ungarn", "HU"},
    {"hungary", "HU"}, {"cze", "CZ"},           {"tschechien", "CZ"},  {"czech republic", "CZ"},
    {"czechia", "CZ"}, {"svk", "SK"},           {"slowakei", "SK"},    {"slovakia", "SK"},
    {"svn", "SI"},     {"slo", "SI"},           {"slowenien", "SI"},   {"slovenia", "SI"},
    {"hrv", "HR"},     {"kroatien", "HR"},      {"croatia", "HR"},     {"pol", "PL"},
    {"polen", "PL"},   {"poland", "PL"},        {"fra", "FR"},         {"frankreich", "FR"},
    {"france", "FR"},  {"nld", "NL"},           {"niederlande", "NL"}, {"netherlands", "NL"},
    {"rou", "RO"},     {"rumanien", "RO"},      {"romania", "RO"},     {"srb", "RS"},
    {"serbien", "RS"}, {"serbia", "RS"},        {"tur", "TR"},         {"turkei", "TR"},
    {"turkey", "TR"},  {"bih", "BA"},           {"bosnien", "BA"},     {"gbr", "GB"},
};

constexpr word languages[] = {
    {"german", "de"},      {"deutsch", "de"},   {"ger", "de"},       {"deu", "de"},         {"english", "en"},
    {"englisch", "en"},    {"eng", "en"},       {"italian", "it"},   {"italienisch", "it"}, {"french", "fr"},
    {"franzosisch", "fr"}, {"hungarian", "hu"}, {"ungarisch", "hu"}, {"turkish", "tr"},     {"turkisch", "tr"},
    {"croatian", "hr"},    {"kroatisch", "hr"}, {"serbian", "sr"},   {"serbisch", "sr"},
};

constexpr word salutation_words[] = {
    {"herr", "mr"},         {"herrn", "mr"},   {"hr", "mr"},         {"mr", "mr"},
    {"mister", "mr"},       {"m", "mr"},       {"male", "mr"},       {"sir", "mr"},
    {"frau", "ms"},         {"fr", "ms"},      {"mrs", "ms"},        {"ms", "ms"},
    {"miss", "ms"},         {"f", "ms"},       {"w", "ms"},          {"female", "ms"},
    {"madam", "ms"},        {"signora", "ms"}, {"firma", "company"}, {"fa", "company"},
    {"company", "company"},
};

}  // namespace

std::optional<std::string> normal_country(std::string_view text) {
  text = trimmed(text);
  if (text.size() == 2 && is_ascii_letter(text[0]) && is_ascii_letter(text[1])) {
    auto code = in_big_letters(text);
    for (const auto *known = uloc_getISOCountries(); *known != nullptr; ++known) {
      if (code == *known) return code;
    }
  }
  return look_up(countries, text);
}

std::optional<std::string> normal_language(std::string_view text) {
  text = trimmed(text);
  const bool tag = text.size() == 2 || (text.size() > 2 && (text[2] == '-' || text[2] == '_'));
  if (tag && is_ascii_letter(text[0]) && is_ascii_letter(text[1])) return fold_email(text.substr(0, 2));
  return look_up(languages, text);
}

std::optional<std::string> normal_salutation(std::string_view text) {
  return look_up(salutation_words, text);
}

std::optional<std::string> normal_vin(std::string_view text) {
  auto vin = in_big_letters(text);
  std::erase_if(vin, [](char letter) { return letter == ' ' || letter == '-'; });
  const bool fits = std::all_of(vin.begin(), vin.end(), [](char letter) {
    return is_vin_digit(letter) || (letter >= 'A' && letter <= 'Z' && std::strchr("IOQ", letter) == nullptr);
  });
  if (!fits || vin.size() != 17) return std::nullopt;
  // A copy by pointer: of a move of 17 characters g++ 12 believes that it could be one of the short string's 16 bytes.
  return std::string(vin.data(), vin.size());
}

}  // namespace lead_system::intake
