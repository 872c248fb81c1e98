// Phone numbers: libphonenumber, and a fast path for the most frequent ones.
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "intake/normalise.hpp"
#include "intake/utf8.hpp"

namespace lead_system::intake {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr bool is_phone_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

std::string digits_in(std::string_view text) {
  std::string result;
  std::copy_if(text.begin(), text.end(), std::back_inserter(result), is_phone_digit);
  return result;
}

/// The national part of a number written with the usual signs; nothing where there is something else in it, or where
/// it is of another country.
std::optional<std::string> austrian_national(std::string_view text, bool at_home) {
  std::string digits;
  bool international = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (text.substr(at, 3) == "(0)" && international) {
      at += 2;
    } else if (is_phone_digit(letter)) {
      digits += letter;
    } else if (letter == '+' && digits.empty() && !international) {
      international = true;
    } else if (letter != ' ' && letter != '/' && letter != '-' && letter != '.') {
      return std::nullopt;
    }
  }
  const std::string_view all = digits;
  if (international) {
    if (!all.starts_with("43")) return std::nullopt;
    return std::string(all.substr(2));
  }
  if (!at_home) return std::nullopt;
  if (all.starts_with("0043")) return std::string(all.substr(4));
  if (all.starts_with("0") && !all.starts_with("00")) return std::string(all.substr(1));
  return std::nullopt;
}

/// "06641234567.0", as a table program writes a number that it took for an amount.
std::string_view without_decimals(std::string_view text) {
  if (text.size() < 8 || !text.ends_with(".0")) return text;
  const auto whole = text.substr(0, text.size() - 2);
  const auto digits = whole.starts_with('+') ? whole.substr(1) : whole;
  return std::all_of(digits.begin(), digits.end(), is_phone_digit) ? whole : text;
}

/// "00000000", "+43 111111", "123456789": what people write where they do not want to give one.
bool is_made_up(std::string_view number) {
  auto digits = digits_in(number);
  if (number.starts_with('+') && digits.size() > 6) digits.erase(0, 2);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return true;
  const bool same = digits.find_first_not_of(digits.front()) == std::string::npos;
  return (same && digits.size() > 2) || std::string_view("1234567890123").starts_with(digits);
}

/// "22.07.2020", "17:00", "17.00 - 19.00": libphonenumber would read some of these as numbers.
bool is_date_or_time(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return true;
  std::size_t dots = 0, longest = 0, run = 0;
  for (char letter : text) {
    if (letter == '.') ++dots;
    if (is_phone_digit(letter)) {
      longest = std::max(longest, ++run);
    } else if (letter == '.' || letter == ' ' || letter == '-') {
      run = 0;
    } else {
      return false;
    }
  }
  const auto first = text.substr(0, text.find('.'));
  return dots >= 2 && longest <= 4 && first.size() <= 2 && digits_in(text).size() <= 8;
}

/// "2026-12-24", "24122026", "20261224": no number of anybody.
bool is_plain_date(std::string_view text) {
  const auto digits = digits_in(text);
  if (digits.size() != 8 || text.find_first_not_of("0123456789-./ ") != std::string_view::npos) return false;
  const auto at = [&](std::size_t from, std::size_t length) { return std::stoi(digits.substr(from, length)); };
  const auto fits = [](int year, int month, int day) {
    return year >= 1900 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  };
  return fits(at(0, 4), at(4, 2), at(6, 2)) || fits(at(4, 4), at(2, 2), at(0, 2));
}

/// Digits, signs and blanks of other scripts as those of ASCII; an O between digits is a zero.
std::string plain_signs(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto from = at;
    const auto letter = next_character(text, at);
    const auto digit = letter >= 0x80 ? u_charDigitValue(letter) : -1;
    if (digit >= 0) {
      result += static_cast<char>('0' + digit);
    } else if (letter == 0xFF0B) {
      result += '+';
    } else if (letter == '_' || letter == 0x3000) {
      result += ' ';
    } else if (letter >= 0x2010 && letter <= 0x2015) {
      result += '-';
    } else {
      result += text.substr(from, at - from);
    }
  }
  for (std::size_t at = 0; at + 1 < result.size(); ++at) {
    const bool before = at == 0 || is_phone_digit(result[at - 1]);
    if ((result[at] == 'O' || result[at] == 'o') && before && is_phone_digit(result[at + 1])) result[at] = '0';
  }
  return result;
}

std::string as_e164(const PhoneNumber &number) {
  std::string formatted;
  PhoneNumberUtil::GetInstance()->Format(number, PhoneNumberUtil::E164, &formatted);
  return formatted;
}

std::string region_or_home(std::string_view region) {
  return region.empty() ? "AT" : std::string(region);
}

/// Where one number ends and words begin for certain: the matcher takes "0664 1234567 / 01 5550199" for one.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> result;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool separates = text[at] == ',' || text[at] == ';' || text[at] == '|' || text[at] == '\n' ||
                           (text[at] == '/' && at > 0 && at + 1 < text.size() && text[at - 1] == ' ' &&
                            text[at + 1] == ' ' && digits_in(text.substr(from, at - from)).size() >= 7);
    if (!separates) continue;
    result.push_back(text.substr(from, at - from));
    from = at + 1;
  }
  result.push_back(text.substr(from));
  return result;
}

void match_numbers(std::string_view text, const std::string &region, std::vector<std::string> &into) {
  using i18n::phonenumbers::PhoneNumberMatch;
  using i18n::phonenumbers::PhoneNumberMatcher;
  constexpr int most_tries = 20;
  PhoneNumberMatcher matcher(*PhoneNumberUtil::GetInstance(), std::string(text), region, PhoneNumberMatcher::VALID,
                             most_tries);
  PhoneNumberMatch match;
  while (matcher.HasNext() && matcher.Next(&match)) {
    auto number = as_e164(match.number());
    if (is_date_or_time(match.raw_string()) || is_made_up(number)) continue;
    if (std::find(into.begin(), into.end(), number) == into.end()) into.push_back(std::move(number));
  }
}

}  // namespace

std::optional<std::string> quick_mobile(std::string_view text, std::string_view region) {
  if (text.size() > 24) return std::nullopt;
  auto national = austrian_national(without_decimals(text), region.empty() || region == "AT");
  // 650, 660, 664, 676, 680, 681, 688, 699 with seven or eight digits: mobile whatever follows.
  if (!national || national->size() < 10 || national->size() > 11) return std::nullopt;
  for (auto prefix : {"650", "660", "664", "676", "680", "681", "688", "699"}) {
    if (national->starts_with(prefix)) return "+43" + *national;
  }
  return std::nullopt;
}

std::optional<std::string> normal_phone(std::string_view text, std::string_view region) {
  if (auto quick = quick_mobile(text, region)) return quick;
  constexpr std::size_t longest = 60;
  text = without_decimals(text);
  if (text.empty() || text.size() > longest || is_date_or_time(text)) return std::nullopt;
  // The library takes letters for the digits on their keys: "555 09 26 (Wien)".
  const bool letters = std::any_of(text.begin(), text.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter & 0x80) != 0;
  });
  if (letters) return std::nullopt;
  const auto &util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (util.Parse(std::string(text), region_or_home(region), &number) != PhoneNumberUtil::NO_PARSING_ERROR) {
    return std::nullopt;
  }
  // E.164 has no room for an extension: such a number stays as it came.
  if (!util.IsValidNumber(number) || number.has_extension()) return std::nullopt;
  auto formatted = as_e164(number);
  if (is_made_up(formatted)) return std::nullopt;
  return formatted;
}

namespace {

constexpr std::string_view signs_of_phones = "0123456789+()/.- ";

/// Two numbers without a word between them: "06641234567 06765550925", "0664-1234567-0676-5550925".
bool split_numbers(std::string_view text, std::string_view region, std::vector<std::string> &into) {
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    const bool begins = text[at] == '+' || (text[at] == '0' && !is_phone_digit(text[at - 1]) && text[at - 1] != '(');
    if (!begins) continue;
    auto first = normal_phone(text.substr(0, text.find_last_of(signs_of_phones.substr(0, 10), at - 1) + 1), region);
    auto second = normal_phone(text.substr(at), region);
    if (!first || !second) continue;
    into = {std::move(*first), std::move(*second)};
    return true;
  }
  return false;
}

/// The runs of digits and signs between words, as far as they are numbers.
void numbers_between_words(std::string_view text, std::string_view region, std::vector<std::string> &into) {
  while (!text.empty()) {
    const auto from = text.find_first_of("0123456789+(");
    if (from == std::string_view::npos) return;
    text.remove_prefix(from);
    const auto to = std::min(text.find_first_not_of(signs_of_phones), text.size());
    auto run = text.substr(0, to);
    text.remove_prefix(to);
    while (!run.empty() && !is_phone_digit(run.back())) run.remove_suffix(1);
    if (digits_in(run).size() < 6) continue;
    if (auto found = normal_phone(run, region)) {
      into.push_back(std::move(*found));
    } else if (const auto begin = run.find(" 0"); begin != std::string_view::npos) {  // "8010 0664 1234567"
      if (auto behind = normal_phone(run.substr(begin + 1), region)) into.push_back(std::move(*behind));
    }
  }
}

}  // namespace

found_phones find_phones(std::string_view as_written, std::string_view region) {
  constexpr std::size_t longest = 200;
  const auto plain = plain_signs(as_written.substr(0, longest));
  const std::string_view text = plain;
  if (digits_in(text).size() < 5 || is_plain_date(text)) return {};
  found_phones found;
  // Of a text that may be a number and words only one that is no more than digits is taken as a whole.
  const bool only_signs = text.find_first_not_of(signs_of_phones) == std::string_view::npos;
  if (only_signs) {
    if (auto whole = normal_phone(text, region)) {
      found.numbers.push_back(std::move(*whole));
      found.alone = as_written == plain;
      return found;
    }
    if (split_numbers(text, region, found.numbers)) return found;
  }
  const auto home = region_or_home(region);
  for (const auto part : parts_of(text)) {
    if (is_utf8(part)) match_numbers(part, home, found.numbers);
  }
  if (found.numbers.empty()) numbers_between_words(text, region, found.numbers);
  return found;
}

bool may_be_phone(std::string_view text) {
  constexpr std::size_t fewest = 6, most = 20;
  const auto digits = digits_in(text);
  return digits.size() >= fewest && digits.size() <= most && !is_date_or_time(text) && !is_plain_date(text) &&
         !is_made_up(text) && text.find_first_not_of("0123456789+()/.- ") == std::string_view::npos;
}

std::string joined_phone(std::string_view country, std::string_view area, std::string_view local,
                         std::string_view region) {
  const auto local_digits = digits_in(local);
  auto country_digits = digits_in(country), area_digits = digits_in(area);
  country_digits.erase(0, std::min(country_digits.find_first_not_of('0'), country_digits.size()));
  const bool whole = local.starts_with('+') || local.starts_with("00");
  if (whole || (country_digits.empty() && area_digits.empty())) return std::string(local);
  // "AT" names the country as well.
  auto home = region_or_home(region);
  if (!country_digits.empty()) {
    PhoneNumberUtil::GetInstance()->GetRegionCodeForCountryCode(std::stoi(country_digits.substr(0, 4)), &home);
  } else if (country.size() == 2) {
    home = country;
    for (char &letter : home) letter = static_cast<char>(letter & ~0x20);
  }
  const auto code = PhoneNumberUtil::GetInstance()->GetCountryCodeForRegion(home);
  const auto prefix = code > 0 ? "+" + std::to_string(code) : std::string{};
  // Prefixes that are in the local number again: of the country, then of the area.
  if (!prefix.empty() && local_digits.starts_with(prefix.substr(1) + area_digits) && local_digits.size() > 9) {
    if (auto again = normal_phone("+" + local_digits, home)) return *again;
  }
  const auto national = area_digits.starts_with('0') ? area_digits.substr(1) : area_digits;
  const auto joined = (prefix.empty() ? "" : prefix + " ") + (prefix.empty() ? area_digits : national) +
                      (area_digits.empty() ? "" : " ") + std::string(local);
  const bool valid = normal_phone(joined, home).has_value();
  for (const auto &own : {national, "0" + national}) {
    // "1" of Vienna begins many local numbers.
    const bool telling = (own.size() > 2 || !valid) && local_digits.size() >= own.size() + 6;
    if (national.empty() || !telling || !local_digits.starts_with(own)) continue;
    if (auto again = normal_phone("0" + national + local_digits.substr(own.size()), home)) return *again;
  }
  if (local_digits.starts_with('0') && local_digits.size() >= 9) {
    if (auto own = normal_phone(local, home)) return *own;
  }
  // "43664" for the area is the country's prefix and the area's.
  if (!valid && !prefix.empty() && area_digits.size() > prefix.size() && area_digits.starts_with(prefix.substr(1))) {
    if (auto again = normal_phone("+" + area_digits + local_digits, home)) return *again;
  }
  return joined;
}

}  // namespace lead_system::intake
