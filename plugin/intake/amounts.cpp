// Amounts of money, whose writing differs from country to country, and in one file from column to column.
#include <algorithm>

#include "intake/normalise.hpp"

namespace lead_system::intake {
namespace {

constexpr bool is_digit_sign(char letter) {
  return letter >= '0' && letter <= '9';
}

/// The text without its currency, blanks of any kind and apostrophes of any kind as ' ; empty: other words are in it.
std::string number_part(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto rest = text.substr(at);
    std::size_t skip = 0;
    for (std::string_view word : {"EUROS", "EURO", "EUR", "Euro", "Eur", "euro", "eur", "CHF", "chf", "€"}) {
      if (rest.starts_with(word)) skip = std::max(skip, word.size());
    }
    if (skip == 0 && (rest.starts_with("’") || rest.starts_with("´"))) {
      result += '\'';
      skip = rest.starts_with("’") ? 3 : 2;
    } else if (skip > 0 && !result.empty() && is_digit_sign(result.back()) && rest.size() > skip &&
               is_digit_sign(rest[skip])) {
      result += ',';  // "289€90"
    } else if (skip == 0 && (rest.starts_with("–") || rest.starts_with("—") || rest.starts_with("−"))) {
      result += '-';
      skip = 3;
    } else if (skip == 0) {
      const char letter = rest.front();
      if (!is_digit_sign(letter) && std::string_view(".,' -+").find(letter) == std::string_view::npos) return {};
      result += letter;
      skip = 1;
    }
    at += skip;
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  result.erase(0, std::min(result.find_first_not_of(' '), result.size()));
  return result;
}

/// Whether every group of digits behind a sign of `signs` has three digits, as of thousands.
bool grouped_by(std::string_view whole, std::string_view signs) {
  bool first = true;
  while (true) {
    const auto end = std::min(whole.find_first_of(signs), whole.size());
    if (first ? end == 0 || (end > 3 && end != whole.size()) : end != 3) return false;
    if (!std::all_of(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(end), is_digit_sign)) return false;
    if (end == whole.size()) return true;
    whole.remove_prefix(end + 1);
    first = false;
  }
}

/// Where the cents begin: the place of their sign; npos: there are none.
std::size_t sign_of_cents(std::string_view text, char decimal, bool &doubtful) {
  const auto last = text.find_last_of(".,");
  if (last == std::string_view::npos) return last;
  const char sign = text[last];
  const char other = sign == '.' ? ',' : '.';
  if (text.find(other) != std::string_view::npos) return last;  // "1.234,56": the last one
  if (text.find(sign) != last) return std::string_view::npos;   // "1.234.567"
  if (text.find_first_of("' ") != std::string_view::npos) return last;
  const auto behind = text.size() - last - 1;
  // "1.234" is a thousand, whoever writes it; "0.234" and "12345.678" are not.
  if (behind != 3 || last == 0 || last > 3 || text.front() == '0') return last;
  doubtful = sign == decimal;
  return std::string_view::npos;
}

}  // namespace

std::optional<found_money> find_money(std::string_view text, char decimal) {
  auto number = number_part(text);
  bool negative = false;
  if (number.starts_with('-') || number.starts_with('+')) {
    negative = number.front() == '-';
    number.erase(0, std::min(number.find_first_not_of("-+ "), number.size()));
  }
  // "389,-", "389.--", "389-"
  if (const auto end = number.find_last_not_of("- "); end != std::string::npos && end + 1 < number.size()) {
    const bool no_cents = number[end] == ',' || number[end] == '.';
    negative = negative || !no_cents;
    number.resize(no_cents ? end : end + 1);
  }
  if (number.empty()) return std::nullopt;
  found_money found;
  const auto sign = std::min(sign_of_cents(number, decimal, found.doubtful), number.size());
  const auto whole = std::string_view(number).substr(0, sign);
  const auto cents = std::string_view(number).substr(std::min(sign + 1, number.size()));
  if (!std::all_of(cents.begin(), cents.end(), is_digit_sign) || (whole.empty() && cents.empty())) return std::nullopt;
  const bool plain = std::all_of(whole.begin(), whole.end(), is_digit_sign);
  if (!plain && !grouped_by(whole, ".,' ")) return std::nullopt;
  std::int64_t units = 0, tenths = 0, scale = 100;
  for (char letter : whole) {
    if (!is_digit_sign(letter)) continue;
    if ((units = units * 10 + (letter - '0')) > 1'000'000'000'000) return std::nullopt;
  }
  for (char letter : cents) {
    tenths += (letter - '0') * scale;
    scale /= 10;
  }
  found.cents = units * 100 + (tenths + 5) / 10;
  if (negative) found.cents = -found.cents;
  return found;
}

}  // namespace lead_system::intake
