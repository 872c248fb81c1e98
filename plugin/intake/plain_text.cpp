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
    {"amp", '&'},       {"lt", '<'},        {"gt", '>'},       {"quot", '"'},     {"apos", '\''},
    {"nbsp", 0xA0},     {"iexcl", 0xA1},    {"cent", 0xA2},    {"pound", 0xA3},   {"curren", 0xA4},
    {"yen", 0xA5},      {"brvbar", 0xA6},   {"sect", 0xA7},    {"uml", 0xA8},     {"copy", 0xA9},
    {"ordf", 0xAA},     {"laquo", 0xAB},    {"not", 0xAC},     {"shy", 0xAD},     {"reg", 0xAE},
    {"macr", 0xAF},     {"deg", 0xB0},      {"plusmn", 0xB1},  {"sup2", 0xB2},    {"sup3", 0xB3},
    {"acute", 0xB4},    {"micro", 0xB5},    {"para", 0xB6},    {"middot", 0xB7},  {"cedil", 0xB8},
    {"sup1", 0xB9},     {"ordm", 0xBA},     {"raquo", 0xBB},   {"frac14", 0xBC},  {"frac12", 0xBD},
    {"frac34", 0xBE},   {"iquest", 0xBF},   {"Agrave", 0xC0},  {"Aacute", 0xC1},  {"Acirc", 0xC2},
    {"Atilde", 0xC3},   {"Auml", 0xC4},     {"Aring", 0xC5},   {"AElig", 0xC6},   {"Ccedil", 0xC7},
    {"Egrave", 0xC8},   {"Eacute", 0xC9},   {"Ecirc", 0xCA},   {"Euml", 0xCB},    {"Igrave", 0xCC},
    {"Iacute", 0xCD},   {"Icirc", 0xCE},    {"Iuml", 0xCF},    {"ETH", 0xD0},     {"Ntilde", 0xD1},
    {"Ograve", 0xD2},   {"Oacute", 0xD3},   {"Ocirc", 0xD4},   {"Otilde", 0xD5},  {"Ouml", 0xD6},
    {"times", 0xD7},    {"Oslash", 0xD8},   {"Ugrave", 0xD9},  {"Uacute", 0xDA},  {"Ucirc", 0xDB},
    {"Uuml", 0xDC},     {"Yacute", 0xDD},   {"THORN", 0xDE},   {"szlig", 0xDF},   {"agrave", 0xE0},
    {"aacute", 0xE1},   {"acirc", 0xE2},    {"atilde", 0xE3},  {"auml", 0xE4},    {"aring", 0xE5},
    {"aelig", 0xE6},    {"ccedil", 0xE7},   {"egrave", 0xE8},  {"eacute", 0xE9},  {"ecirc", 0xEA},
    {"euml", 0xEB},     {"igrave", 0xEC},   {"iacute", 0xED},  {"icirc", 0xEE},   {"iuml", 0xEF},
    {"eth", 0xF0},      {"ntilde", 0xF1},   {"ograve", 0xF2},  {"oacute", 0xF3},  {"ocirc", 0xF4},
    {"otilde", 0xF5},   {"ouml", 0xF6},     {"divide", 0xF7},  {"oslash", 0xF8},  {"ugrave", 0xF9},
    {"uacute", 0xFA},   {"ucirc", 0xFB},    {"uuml", 0xFC},    {"yacute", 0xFD},  {"thorn", 0xFE},
    {"yuml", 0xFF},     {"euro", 0x20AC},   {"ndash", 0x2013}, {"mdash", 0x2014}, {"hellip", 0x2026},
    {"bdquo", 0x201E},  {"ldquo", 0x201C},  {"rdquo", 0x201D}, {"lsquo", 0x2018}, {"rsquo", 0x2019},
    {"sbquo", 0x201A},  {"trade", 0x2122},  {"bull", 0x2022},  {"OElig", 0x152},  {"oelig", 0x153},
    {"Scaron", 0x160},  {"scaron", 0x161},  {"Zcaron", 0x17D}, {"zcaron", 0x17E}, {"Ccaron", 0x10C},
    {"ccaron", 0x10D},  {"cacute", 0x107},  {"Cacute", 0x106}, {"Yuml", 0x178},   {"ensp", 0x2002},
    {"emsp", 0x2003},   {"thinsp", 0x2009}, {"zwnj", 0x200C},  {"zwj", 0x200D},   {"lsaquo", 0x2039},
    {"rsaquo", 0x203A}, {"sol", '/'},       {"commat", '@'},   {"lpar", '('},     {"rpar", ')'},
    {"num", '#'},       {"colon", ':'},     {"period", '.'},   {"comma", ','},    {"NewLine", '\n'},
    {"Tab", '\t'},      {"lowbar", '_'},    {"plus", '+'},
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

/// HTML's own elements, and those of mail programs: what else stands in angle brackets is text.
bool is_html(std::string_view name) {
  constexpr std::string_view names[] = {
      "a",        "abbr",   "acronym", "address", "area",  "article",    "aside",    "audio",  "b",        "base",
      "basefont", "bdi",    "bdo",     "big",     "blink", "blockquote", "body",     "br",     "button",   "canvas",
      "caption",  "center", "cite",    "code",    "col",   "colgroup",   "data",     "dd",     "del",      "details",
      "dfn",      "dialog", "dir",     "div",     "dl",    "dt",         "em",       "embed",  "fieldset", "figcaption",
      "figure",   "font",   "footer",  "form",    "frame", "frameset",   "h1",       "h2",     "h3",       "h4",
      "h5",       "h6",     "head",    "header",  "hr",    "html",       "i",        "iframe", "img",      "input",
      "ins",      "kbd",    "label",   "legend",  "li",    "link",       "main",     "map",    "mark",     "marquee",
      "menu",     "meta",   "meter",   "nav",     "nobr",  "noscript",   "object",   "ol",     "optgroup", "option",
      "output",   "p",      "param",   "picture", "pre",   "progress",   "q",        "s",      "samp",     "script",
      "section",  "select", "small",   "source",  "span",  "strike",     "strong",   "style",  "sub",      "summary",
      "sup",      "svg",    "table",   "tbody",   "td",    "template",   "textarea", "tfoot",  "th",       "thead",
      "time",     "title",  "tr",      "track",   "tt",    "u",          "ul",       "var",    "video",    "wbr"};
  return std::binary_search(std::begin(names), std::end(names), name);
}

/// Whether what follows a tag's name is what follows it in HTML: its end, or attributes. "<b und c>" is no tag.
bool is_rest_of_tag(std::string_view rest, bool whole_word) {
  constexpr std::string_view blanks = " \t\r\n/";
  if (rest.empty() || (rest.front() != '>' && blanks.find(rest.front()) == std::string_view::npos)) return false;
  // A "<" before the end says that it is none, and keeps the time linear.
  const auto end = rest.find_first_of("<>");
  if (end == std::string_view::npos || rest[end] == '<') return false;
  const auto inside = rest.substr(0, end);
  return whole_word || inside.find_first_not_of(blanks) == std::string_view::npos ||
         inside.find('=') != std::string_view::npos;
}

/// The name of the tag that begins `text` ("<br/>" → "br", "</p>" → "p"); empty: no tag.
std::string tag_name(std::string_view text) {
  std::size_t at = 1;
  if (at < text.size() && text[at] == '/') ++at;
  if (at < text.size() && (text[at] == '!' || text[at] == '?')) {
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1] | 0x20) : 0U;
    return (next >= 'a' && next <= 'z') || next == ('[' | 0x20) ? "!" : "";
  }
  const auto from = at;
  while (at < text.size() && at - from < 20 && u_isalnum(static_cast<unsigned char>(text[at])) != 0) ++at;
  if (at == from || (text[from] >= '0' && text[from] <= '9')) return {};
  auto name = lower(text.substr(from, at - from));
  if (at < text.size() && text[at] == ':') {  // "<o:p>", "<st1:place>"
    for (auto office : {"o", "v", "w", "x", "m", "st1"}) {
      if (name == office) return name;
    }
    return {};
  }
  const bool table = name == "td" || name == "th" || name == "tr" || name == "table";
  return is_html(name) && is_rest_of_tag(text.substr(at), table) ? name : std::string{};
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

std::string without_entities(std::string_view text) {
  std::string result(text);
  // Some senders escape twice.
  for (int round = 0; round < 3 && result.find('&') != std::string::npos; ++round) {
    std::string plain;
    plain.reserve(result.size());
    for (std::string_view rest = result; !rest.empty();) {
      std::size_t length = 0;
      const auto letter = rest.front() == '&' ? entity_at(rest, length) : -1;
      if (letter >= 0) {
        append_character(plain, letter);
      } else {
        length = std::max<std::size_t>(1, std::min(rest.find('&', rest.front() == '&' ? 1 : 0), rest.size()));
        plain += rest.substr(0, length);
      }
      rest.remove_prefix(length);
    }
    if (plain == result) break;
    result = std::move(plain);
  }
  return result;
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
