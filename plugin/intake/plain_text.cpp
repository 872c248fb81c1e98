#include "intake/plain_text.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <stdexcept>

#include "intake/utf8.hpp"

namespace lead_system::intake {
namespace {

bool is_plain_ascii_line(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() == ' ' || text.back() == ' ') return false;
  char before = 0;
  for (char letter : text) {
    if (letter < ' ' || letter == 0x7F || (letter == ' ' && before == ' ')) return false;
    before = letter;
  }
  return true;
}

std::string nfc(std::string text) {
  auto status = U_ZERO_ERROR;
  const auto *compose = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU has no normalisation data.");
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  if (compose->isNormalizedUTF8(piece, status) != 0 && U_SUCCESS(status) != 0) return text;
  std::string result;
  icu::StringByteSink<std::string> sink(&result);
  status = U_ZERO_ERROR;
  compose->normalizeUTF8(0, piece, sink, nullptr, status);
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU could not normalise a text.");
  return result;
}

enum class kept_as { nothing, blank, line, itself };

kept_as judge(UChar32 letter) {
  if (letter == '\n') return kept_as::line;
  if (u_isUWhiteSpace(letter) != 0) return letter == 0x2028 || letter == 0x2029 ? kept_as::line : kept_as::blank;
  // Direction overrides and isolates make text look like another one; zero-width ones hide.
  const bool turns = (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069) ||
                     letter == 0x200E || letter == 0x200F;
  const bool hides = letter == 0x00AD || letter == 0x180E || letter == 0x200B || letter == 0xFEFF ||
                     (letter >= 0x2060 && letter <= 0x2064);
  const bool control = u_charType(letter) == U_CONTROL_CHAR || (letter & 0xFFFE) == 0xFFFE;
  return turns || hides || control ? kept_as::nothing : kept_as::itself;
}

/// Scripts that join letters, and emoji made of several, need the joiners; elsewhere they only hide.
bool is_joiner(UChar32 letter) {
  return letter == 0x200C || letter == 0x200D;
}
bool needs_joiners(UChar32 before) {
  constexpr UChar32 first_joining_script = 0x0590, last_letter_below_signs = 0x1FFF;
  return (before >= first_joining_script && before <= last_letter_below_signs) || before == 0xFE0F || before >= 0x1F000;
}

/// Cuts between characters.
void cut_at(std::string &text, std::size_t longest, bool *cut) {
  if (text.size() <= longest) return;
  std::size_t at = 0;
  for (std::size_t count = 0; count < longest && at < text.size(); ++count) next_character(text, at);
  if (at >= text.size()) return;
  text.resize(at);
  if (cut != nullptr) *cut = true;
}

std::string clean(std::string_view text, std::size_t longest, bool *cut, int lines_in_a_row) {
  std::string result;
  result.reserve(text.size());
  int blanks = 0, lines = 0;
  UChar32 before = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto letter = next_character(text, at);
    if (letter < 0) letter = 0xFFFD;
    if (is_joiner(letter) && !needs_joiners(before)) continue;
    before = letter;
    switch (judge(letter)) {
      case kept_as::nothing:
        break;
      case kept_as::blank:
        ++blanks;
        break;
      case kept_as::line:
        ++lines;
        ++blanks;
        break;
      case kept_as::itself:
        if (!result.empty() && lines > 0 && lines_in_a_row > 0) {
          result.append(static_cast<std::size_t>(std::min(lines, lines_in_a_row)), '\n');
        } else if (!result.empty() && blanks > 0) {
          result += ' ';
        }
        blanks = lines = 0;
        append_character(result, letter);
    }
  }
  result = nfc(std::move(result));
  cut_at(result, longest, cut);
  return result;
}

struct entity {
  std::string_view name;
  UChar32 letter;
};
constexpr entity entities[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},     {"nbsp", 0xA0},
    {"auml", 0xE4},    {"ouml", 0xF6},    {"uuml", 0xFC},    {"Auml", 0xC4},    {"Ouml", 0xD6},     {"Uuml", 0xDC},
    {"szlig", 0xDF},   {"euro", 0x20AC},  {"ndash", 0x2013}, {"mdash", 0x2014}, {"hellip", 0x2026}, {"bdquo", 0x201E},
    {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"sbquo", 0x201A},  {"laquo", 0xAB},
    {"raquo", 0xBB},   {"eacute", 0xE9},  {"egrave", 0xE8},  {"agrave", 0xE0},  {"aacute", 0xE1},   {"ccedil", 0xE7},
    {"iacute", 0xED},  {"oacute", 0xF3},  {"uacute", 0xFA},  {"ntilde", 0xF1},  {"ecirc", 0xEA},    {"copy", 0xA9},
    {"reg", 0xAE},     {"trade", 0x2122}, {"deg", 0xB0},     {"middot", 0xB7},  {"bull", 0x2022},   {"sect", 0xA7},
    {"frac12", 0xBD},  {"sup2", 0xB2},    {"shy", 0xAD},
};

UChar32 numbered(std::string_view digits) {
  const bool hex = !digits.empty() && (digits.front() | 0x20) == 'x';
  if (hex) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 7) return -1;
  UChar32 value = 0;
  for (char letter : digits) {
    const auto digit = u_digit(static_cast<UChar32>(static_cast<unsigned char>(letter)), hex ? 16 : 10);
    if (digit < 0) return -1;
    value = value * (hex ? 16 : 10) + digit;
  }
  return value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) ? 0xFFFD : value;
}

/// The entity at the front of `text` ("&auml;…"), its length in bytes in `length`; -1: none.
UChar32 entity_at(std::string_view text, std::size_t &length) {
  const auto end = text.substr(0, 12).find(';');
  if (end == std::string_view::npos || end < 2) return -1;
  const auto name = text.substr(1, end - 1);
  length = end + 1;
  if (name.front() == '#') return numbered(name.substr(1));
  for (const auto &item : entities) {
    if (item.name == name) return item.letter;
  }
  return -1;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char &letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return result;
}

/// The name of the tag that begins `text` ("<br/>" → "br", "</p>" → "p"); empty: no tag.
std::string tag_name(std::string_view text) {
  std::size_t at = 1;
  if (at < text.size() && text[at] == '/') ++at;
  if (at < text.size() && (text[at] == '!' || text[at] == '?')) return "!";
  const auto from = at;
  while (at < text.size() && at - from < 20 && u_isalnum(static_cast<unsigned char>(text[at])) != 0) ++at;
  if (at == from || (text[from] >= '0' && text[from] <= '9')) return {};
  return lower(text.substr(from, at - from));
}

/// Where the element that begins at the front of `text` ends, for those whose content is no text.
std::size_t end_of_element(std::string_view text, const std::string &name) {
  for (auto at = text.find("</"); at != std::string_view::npos; at = text.find("</", at + 2)) {
    if (lower(text.substr(at + 2, name.size())) != name) continue;
    const auto end = text.find('>', at);
    return end == std::string_view::npos ? text.size() : end + 1;
  }
  return text.size();
}

bool breaks_line(std::string_view name) {
  for (auto known : {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table"}) {
    if (name == known) return true;
  }
  return false;
}

/// The length of the tag at the front of `text`, what it stands for appended to `into`; 0: no tag.
std::size_t skip_tag(std::string_view text, std::string &into) {
  if (text.starts_with("<!--")) {
    const auto end = text.find("-->", 4);
    return end == std::string_view::npos ? text.size() : end + 3;
  }
  const auto name = tag_name(text);
  if (name.empty()) return 0;
  const auto end = text.find('>');
  if (end == std::string_view::npos) return 0;
  if ((name == "script" || name == "style") && text[1] != '/') return end_of_element(text, name);
  if (breaks_line(name)) {
    into += '\n';
  } else if (name == "td" || name == "th") {
    into += ' ';
  }
  return end + 1;
}

}  // namespace

std::string clean_line(std::string_view text, std::size_t longest, bool *cut) {
  if (text.size() <= longest && is_plain_ascii_line(text)) return std::string(text);
  return clean(text, longest, cut, 0);
}

std::string clean_lines(std::string_view text, std::size_t longest, bool *cut) {
  if (text.size() <= longest && is_plain_ascii_line(text)) return std::string(text);
  return clean(text, longest, cut, 2);
}

std::string without_markup(std::string_view text) {
  if (text.find_first_of("<&") == std::string_view::npos) return std::string(text);
  std::string result;
  result.reserve(text.size());
  // Behind the last ">" no tag can end; knowing that keeps the time linear.
  const auto last_end = text.rfind('>');
  const auto whole = text.size();
  while (!text.empty()) {
    std::size_t length = 0;
    if (text.front() == '<') {
      const auto at = whole - text.size();
      if (last_end != std::string_view::npos && at < last_end) length = skip_tag(text, result);
    } else if (text.front() == '&') {
      if (const auto letter = entity_at(text, length); letter >= 0) {
        append_character(result, letter);
      } else {
        length = 0;
      }
    } else {
      length = std::min(text.find_first_of("<&", 1), text.size());
      result += text.substr(0, length);
    }
    if (length == 0) result += text[length++];
    text.remove_prefix(length);
  }
  return result;
}

}  // namespace lead_system::intake
