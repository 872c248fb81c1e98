#include "intake/mail_text.hpp"

#include <date/date.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "intake/encoding.hpp"

namespace lead_system::intake {
namespace {

int hex_digit(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  const char lower = static_cast<char>(letter | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

int base64_digit(char letter) {
  if (letter >= 'A' && letter <= 'Z') return letter - 'A';
  if (letter >= 'a' && letter <= 'z') return letter - 'a' + 26;
  if (letter >= '0' && letter <= '9') return letter - '0' + 52;
  if (letter == '+' || letter == '-') return 62;
  return letter == '/' || letter == '_' ? 63 : -1;
}

/// Whether text that is called so is quoted-printable. In plain text with XML an equals sign stands before a quotation
/// mark and is not written "=3D"; "?id=AB12" is no byte then.
bool is_quoted_printable(std::string_view text) {
  bool plain = false;
  for (auto at = text.find('='); at != std::string_view::npos; at = text.find('=', at + 1)) {
    const auto rest = text.substr(at + 1);
    if (rest.starts_with("3D") || rest.starts_with("3d") || rest.starts_with("\n") || rest.starts_with("\r\n"))
      return true;
    const bool hexadecimal = rest.size() > 1 && hex_digit(rest[0]) >= 0 && hex_digit(rest[1]) >= 0;
    plain = plain || !hexadecimal;
  }
  return !plain;
}

/// Whether text that is called base64 is: its first line holds nothing else, whatever footer stands behind it.
bool is_base64(std::string_view text) {
  constexpr std::size_t least = 40;
  text = without_blanks(text);
  const auto line = without_blanks(text.substr(0, text.find('\n')));
  const bool fits =
      std::all_of(line.begin(), line.end(), [](char letter) { return letter == '=' || base64_digit(letter) >= 0; });
  return fits && (line.size() >= least || text.find('<') == std::string_view::npos);
}

/// XML in base64 of which the header says nothing.
bool is_unnamed_base64(std::string_view text) {
  constexpr std::size_t least = 60;
  const bool fits = std::all_of(text.begin(), text.end(), [](char letter) {
    return letter == '=' || letter == '\n' || letter == '\r' || base64_digit(letter) >= 0;
  });
  return text.size() >= least && fits && from_base64(text.substr(0, 200)).find('<') != std::string::npos;
}

/// Quoted-printable XML of which the header says nothing: no attribute stands in it as attributes do.
bool is_unnamed_quoted_printable(std::string_view text) {
  return text.find('<') != std::string_view::npos && text.find("=3D") != std::string_view::npos &&
         text.find("=\"") == std::string_view::npos && text.find("='") == std::string_view::npos;
}

/// The length of the line break at the front of `text`, blanks before it counted; 0: there is none.
std::size_t line_break(std::string_view text) {
  auto at = std::min(text.find_first_not_of(" \t"), text.size());
  if (at == text.size()) return at;
  if (text[at] == '\r') ++at;
  return at < text.size() && text[at] == '\n' ? at + 1 : 0;
}

struct encoded_word {
  std::string_view charset, encoding, text;
  std::size_t length = 0;
};

/// The encoded word at the front of `text`; a length of 0: there is none.
encoded_word word_at(std::string_view text) {
  constexpr std::size_t longest = 1'000;  // RFC 2047 says 75; a bound keeps headers of "=?" quick
  encoded_word found;
  if (!text.starts_with("=?")) return found;
  text = text.substr(0, longest);
  const auto charset = text.find('?', 2);
  if (charset == std::string_view::npos || charset + 2 >= text.size() || text[charset + 2] != '?') return found;
  const auto end = text.find("?=", charset + 3);
  if (end == std::string_view::npos) return found;
  found.charset = text.substr(2, charset - 2);
  found.charset = found.charset.substr(0, found.charset.find('*'));  // RFC 2231 adds the language
  found.encoding = text.substr(charset + 1, 1);
  found.text = text.substr(charset + 3, end - charset - 3);
  const bool known = found.encoding.find_first_of("QqBb") == 0;
  const bool whole = found.text.find_first_of("\r\n") == std::string_view::npos;
  if (known && whole) found.length = end + 2;
  return found;
}

/// Words of dates, "(comments)" and the weekday's comma left out.
std::vector<std::string> date_words(std::string_view text) {
  std::vector<std::string> words;
  int comment = 0;
  bool inside = false;
  for (char letter : text) {
    if (letter == '(') ++comment;
    const bool skipped =
        comment > 0 || letter == ' ' || letter == '\t' || letter == ',' || letter == '\r' || letter == '\n';
    if (letter == ')' && comment > 0) --comment;
    if (skipped) {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    inside = true;
    words.back() += letter;
  }
  return words;
}

std::optional<int> number_in(std::string_view text) {
  int value = 0;
  const auto *const end = text.data() + text.size();
  const auto found = std::from_chars(text.data(), end, value);
  if (found.ec != std::errc{} || found.ptr != end || value < 0) return std::nullopt;
  return value;
}

std::optional<unsigned> month_in(std::string_view text) {
  constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
  if (text.size() < 3) return std::nullopt;
  const auto at = months.find(lower_ascii(text.substr(0, 3)));
  if (at == std::string_view::npos || at % 3 != 0) return std::nullopt;
  return static_cast<unsigned>(at / 3 + 1);
}

/// Minutes east of UTC. A zone that nobody knows means nothing (RFC 5322 4.3): UTC.
int zone_minutes(const std::string &zone) {
  if (zone.size() == 5 && (zone[0] == '+' || zone[0] == '-')) {
    const auto digits = number_in(std::string_view(zone).substr(1)).value_or(0);
    const int minutes = digits / 100 * 60 + digits % 100;
    return digits > 1859 ? 0 : zone[0] == '-' ? -minutes : minutes;
  }
  struct named {
    std::string_view name;
    int minutes;
  };
  constexpr named zones[] = {{"EST", -300}, {"EDT", -240}, {"CST", -360}, {"CDT", -300}, {"MST", -420}, {"MDT", -360},
                             {"PST", -480}, {"PDT", -420}, {"CET", 60},   {"CEST", 120}, {"MEZ", 60},   {"MESZ", 120}};
  const auto *const found =
      std::find_if(std::begin(zones), std::end(zones), [&](const named &one) { return one.name == zone; });
  return found == std::end(zones) ? 0 : found->minutes;
}

/// "09:15" or "09:15:00" in seconds of the day.
std::optional<int> time_in(std::string_view text) {
  int seconds = 0, unit = 3600;
  for (int part = 0; part < 3; ++part, unit /= 60) {
    const auto end = std::min(text.find(':'), text.size());
    const auto value = number_in(text.substr(0, end));
    if (!value || *value > (part == 0 ? 23 : 60)) return std::nullopt;
    seconds += *value * unit;
    if (end == text.size()) return part == 0 ? std::nullopt : std::optional(seconds);
    text.remove_prefix(end + 1);
  }
  return std::nullopt;
}

}  // namespace

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  for (char &letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return result;
}

std::string_view without_blanks(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::string from_base64(std::string_view text) {
  std::string result;
  result.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (char letter : text) {
    if (letter == '=') count = 0;  // the next letter begins a group of its own
    const int digit = base64_digit(letter);
    if (digit < 0) continue;
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    if (++count == 1) continue;
    // Of a group's letters the second, third and fourth each complete a byte.
    const auto shift = static_cast<unsigned>(8 - 2 * count);
    result += static_cast<char>(bits >> shift & 0xFFU);
    if (count == 4) count = 0;
  }
  return result;
}

std::string from_quoted_printable(std::string_view text, bool words) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (words && text[at] == '_') {
      result += ' ';
    } else if (text[at] != '=') {
      result += text[at];
    } else if (at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 && hex_digit(text[at + 2]) >= 0) {
      result += static_cast<char>(hex_digit(text[at + 1]) * 16 + hex_digit(text[at + 2]));
      at += 2;
    } else if (const auto soft = line_break(text.substr(at + 1)); soft > 0 || at + 1 == text.size()) {
      at += soft;
    } else {
      result += '=';
    }
  }
  return result;
}

std::string from_transfer_encoding(std::string_view encoding, std::string_view text) {
  const auto name = lower_ascii(without_blanks(encoding));
  if (name == "base64" && is_base64(text)) return from_base64(text);
  if (name == "quoted-printable" && is_quoted_printable(text)) return from_quoted_printable(text);
  const bool says_nothing = name.empty() || name == "7bit" || name == "8bit" || name == "binary";
  if (says_nothing && is_unnamed_base64(text)) return from_base64(text);
  if (says_nothing && is_unnamed_quoted_printable(text)) return from_quoted_printable(text);
  return std::string(text);
}

std::string decoded_words(std::string_view header) {
  // Neighbours of one charset are put together first: some senders cut a character in two.
  std::string result, pending, pending_charset;
  const auto flush = [&] {
    if (!pending.empty()) result += decode(pending, pending_charset).text;
    pending.clear();
  };
  bool after_word = false;
  while (!header.empty()) {
    const auto blanks = std::min(header.find_first_not_of(" \t\r\n"), header.size());
    const auto word = word_at(header.substr(blanks));
    if (word.length > 0 && (after_word || blanks == 0)) {
      const auto charset = lower_ascii(word.charset);
      if (charset != pending_charset) flush();
      pending_charset = charset;
      const bool base64 = word.encoding == "B" || word.encoding == "b";
      pending += base64 ? from_base64(word.text) : from_quoted_printable(word.text, true);
      header.remove_prefix(blanks + word.length);
      after_word = true;
      continue;
    }
    flush();
    after_word = false;
    const auto length =
        blanks > 0 ? blanks : std::max<std::size_t>(1, std::min(header.find_first_of(" \t\r\n=", 1), header.size()));
    result += decode(header.substr(0, length), {}).text;
    header.remove_prefix(length);
  }
  flush();
  return result;
}

std::optional<time_us> parse_mail_date(std::string_view text) {
  constexpr std::size_t longest = 200;
  if (text.size() > longest) return std::nullopt;
  auto words = date_words(text);
  if (!words.empty() && !number_in(words.front())) words.erase(words.begin());  // the weekday
  if (words.size() < 4) return std::nullopt;
  const auto day = number_in(words[0]);
  const auto month = month_in(words[1]);
  auto year = number_in(words[2]);
  const auto seconds = time_in(words[3]);
  if (!day || !month || !year || !seconds || *day > 31 || *year > 9999) return std::nullopt;
  if (*year < 100) *year += *year < 50 ? 2000 : 1900;
  const auto date = date::year{*year} / date::month{*month} / date::day{static_cast<unsigned>(*day)};
  if (!date.ok() || *year < 1970) return std::nullopt;
  const std::int64_t days = date::sys_days{date}.time_since_epoch().count();
  const int offset = words.size() > 4 ? zone_minutes(words[4]) : 0;
  return days * day_us + *seconds * second_us - offset * minute_us;
}

}  // namespace lead_system::intake
