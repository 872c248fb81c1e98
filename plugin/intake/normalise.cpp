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

constexpr bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char &letter : result) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return result;
}

bool is_domain(std::string_view domain) {
  if (domain.size() > 253 || domain.find('.') == std::string_view::npos) return false;
  while (true) {
    const auto label = domain.substr(0, domain.find('.'));
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    const bool fits = std::all_of(label.begin(), label.end(), [](char letter) {
      return is_ascii_letter(letter) || is_digit(letter) || letter == '-' || (letter & 0x80) != 0;
    });
    if (!fits) return false;
    if (label.size() == domain.size()) return true;
    domain.remove_prefix(label.size() + 1);
  }
}

bool is_local_part(std::string_view local) {
  return !local.empty() && local.size() <= 64 && std::all_of(local.begin(), local.end(), [](char letter) {
    return letter > ' ' ? std::strchr("()<>[]:;,\\\"@", letter) == nullptr : (letter & 0x80) != 0;
  });
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

constexpr word salutations[] = {
    {"herr", "mr"},         {"herrn", "mr"},   {"hr", "mr"},         {"mr", "mr"},
    {"mister", "mr"},       {"m", "mr"},       {"male", "mr"},       {"sir", "mr"},
    {"frau", "ms"},         {"fr", "ms"},      {"mrs", "ms"},        {"ms", "ms"},
    {"miss", "ms"},         {"f", "ms"},       {"w", "ms"},          {"female", "ms"},
    {"madam", "ms"},        {"signora", "ms"}, {"firma", "company"}, {"fa", "company"},
    {"company", "company"},
};

constexpr std::string_view titles[] = {
    "dr",   "ddr",      "prof",    "mag",         "maga",  "mmag",    "ing",      "dipling",
    "dipl", "univprof", "diplkfm", "diplwirting", "drmed", "drtechn", "driur",    "bsc",
    "msc",  "phd",      "bakk",    "komm",        "kommr", "hofrat",  "dipl ing",
};

/// Those that are names as well ("Ma", "Di"): titles only in capitals.
constexpr std::string_view capital_titles[] = {"di", "ma", "ba", "fh", "kr", "mba", "bed", "llm"};

/// "Dipl.-Ing." → "dipling".
bool is_title(std::string_view text) {
  std::string plain;
  for (char letter : fold_name(text)) {
    if (letter != ' ') plain += letter;
  }
  const auto known = [&](const auto &list) {
    return std::find(std::begin(list), std::end(list), plain) != std::end(list);
  };
  if (known(capital_titles)) return text.size() > 1 && text[1] >= 'A' && text[1] <= 'Z';
  return known(titles);
}

bool is_particle(std::string_view text) {
  for (auto known :
       {"von", "van", "vom", "zu", "zur", "de", "del", "della", "den", "der", "dos", "da", "el", "al", "bin"}) {
    if (text == known) return true;
  }
  return false;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> result;
  while (!(text = trimmed(text)).empty()) {
    const auto end = std::min(text.find(' '), text.size());
    result.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return result;
}

template <typename Iterator>
std::string joined(Iterator from, Iterator to) {
  std::string result;
  for (; from != to; ++from) result += (result.empty() ? "" : " ") + *from;
  return result;
}

void fill(std::string &field, const std::string &value) {
  if (field.empty()) field = value;
}

/// The names of `words`: the last one is the last name, with the particles before it.
void fill_names(const std::vector<std::string> &words, person &into) {
  if (words.empty()) return;
  auto last = words.end() - 1;
  while (last - words.begin() > 1 && is_particle(*(last - 1))) --last;
  if (words.size() == 2 && is_particle(words.front())) last = words.begin();
  fill(into.first_name, joined(words.begin(), last));
  fill(into.last_name, joined(last, words.end()));
}

}  // namespace

std::optional<std::string> normal_email(std::string_view text) {
  text = trimmed(text.substr(0, text.find_first_of(";,")));
  if (const auto open = text.find('<'); open != std::string_view::npos && text.back() == '>') {
    text = text.substr(open + 1, text.size() - open - 2);
  }
  if (text.size() > 7 && fold_email(text.substr(0, 7)) == "mailto:") text.remove_prefix(7);
  text = trimmed(text);
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || text.size() > 254) return std::nullopt;
  if (!is_local_part(text.substr(0, at)) || !is_domain(text.substr(at + 1))) return std::nullopt;
  return std::string(text.substr(0, at + 1)) + fold_email(text.substr(at + 1));
}

std::optional<std::string> normal_country(std::string_view text) {
  text = trimmed(text);
  if (text.size() == 2 && is_ascii_letter(text[0]) && is_ascii_letter(text[1])) {
    auto code = upper(text);
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
  return look_up(salutations, text);
}

std::optional<std::string> normal_vin(std::string_view text) {
  auto vin = upper(text);
  std::erase_if(vin, [](char letter) { return letter == ' ' || letter == '-'; });
  const bool fits = std::all_of(vin.begin(), vin.end(), [](char letter) {
    return is_digit(letter) || (letter >= 'A' && letter <= 'Z' && std::strchr("IOQ", letter) == nullptr);
  });
  if (!fits || vin.size() != 17) return std::nullopt;
  // A copy by pointer: of a move of 17 characters g++ 12 believes that it could be one of the short string's 16 bytes.
  return std::string(vin.data(), vin.size());
}

std::optional<std::int64_t> normal_money(std::string_view text, char decimal) {
  std::int64_t units = 0, tenths_of_cents = 0, scale = 100;
  bool digits = false, behind = false;
  const bool negative = text.find('-') != std::string_view::npos && text.find('-') < text.find_first_of("0123456789");
  for (char letter : text) {
    if (letter == decimal && !behind) {
      behind = true;
    } else if (is_digit(letter)) {
      digits = true;
      if (behind) {
        tenths_of_cents += (letter - '0') * scale;
        scale /= 10;
      } else if ((units = units * 10 + (letter - '0')) > 1'000'000'000'000) {
        return std::nullopt;
      }
    } else if (letter == decimal || (std::strchr(" .,'-", letter) == nullptr && digits && is_ascii_letter(letter) &&
                                     std::strchr("EURCHFeur", letter) == nullptr)) {
      return std::nullopt;
    }
  }
  if (!digits) return std::nullopt;
  const auto cents = units * 100 + (tenths_of_cents + 5) / 10;
  return negative ? -cents : cents;
}

void split_name(std::string_view full, person &into) {
  std::string_view behind;
  if (const auto comma = full.find(','); comma != std::string_view::npos) {
    behind = trimmed(full.substr(comma + 1));
    full = trimmed(full.substr(0, comma));
  }
  auto words = words_of(full);
  std::string titles_or_given(behind);
  std::replace(titles_or_given.begin(), titles_or_given.end(), ',', ' ');
  const auto tail = words_of(titles_or_given);
  std::vector<std::string> found_titles;
  if (!tail.empty() && !is_title(tail.front())) {  // "Moser, Karl"
    std::vector<std::string> given;
    for (const auto &word : tail) (is_title(word) ? found_titles : given).push_back(word);
    fill(into.first_name, joined(given.begin(), given.end()));
    fill(into.last_name, joined(words.begin(), words.end()));
    words.clear();
  }
  while (words.size() > 1) {
    if (auto salutation = normal_salutation(words.front()); salutation && words.front().size() > 1) {
      fill(into.salutation, *salutation);
    } else if (is_title(words.front())) {
      found_titles.push_back(words.front());
    } else {
      break;
    }
    words.erase(words.begin());
  }
  if (!tail.empty() && is_title(tail.front())) found_titles.emplace_back(behind);
  while (words.size() > 2 && is_title(words.back())) {
    found_titles.push_back(words.back());
    words.pop_back();
  }
  fill(into.title, joined(found_titles.begin(), found_titles.end()));
  fill_names(words, into);
}

}  // namespace lead_system::intake
