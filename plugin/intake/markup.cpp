// HTML in messages, entities, and what programs escape besides.
#include <unicode/uchar.h>

#include <algorithm>
#include <set>

#include "intake/plain_text.hpp"
#include "intake/utf8.hpp"

namespace lead_system::intake {
namespace {

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

/// The German letters and numbers that senders write without the semicolon behind: "M&uumlller", "M&#252ller".
UChar32 unclosed_entity_at(std::string_view text, std::size_t &length) {
  for (std::string_view name : {"auml", "ouml", "uuml", "Auml", "Ouml", "Uuml", "szlig"}) {
    if (!text.substr(1).starts_with(name)) continue;
    length = name.size() + 1;
    const auto *const found =
        std::find_if(std::begin(entities), std::end(entities), [&](const auto &item) { return item.name == name; });
    return found->letter;
  }
  if (!text.starts_with("&#")) return -1;
  const auto digits = std::min(text.find_first_not_of("0123456789", 2), text.size()) - 2;
  if (digits < 3 || digits > 5) return -1;
  length = digits + 2;
  return numbered(text.substr(2, digits));
}

/// The entity at the front of `text` ("&auml;…"), its length in bytes in `length`; -1: none.
UChar32 entity_at(std::string_view text, std::size_t &length) {
  const auto end = text.substr(0, 12).find(';');
  if (end == std::string_view::npos || end < 2) return unclosed_entity_at(text, length);
  const auto name = text.substr(1, end - 1);
  length = end + 1;
  if (name.front() == '#') {
    const auto letter = numbered(name.substr(1));
    return letter >= 0 ? letter : unclosed_entity_at(text, length);
  }
  for (const auto &item : entities) {
    if (item.name == name) return item.letter;
  }
  return unclosed_entity_at(text, length);
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

/// Elements that need no end, or that nobody names in angle brackets for something else.
bool may_stay_open(std::string_view name) {
  for (auto known :
       {"p",        "br",    "hr",    "li",   "td",       "th",    "tr",    "dt",         "dd",     "img",   "wbr",
        "col",      "html",  "head",  "body", "tbody",    "thead", "tfoot", "div",        "span",   "ul",    "ol",
        "meta",     "input", "table", "font", "colgroup", "!",     "area",  "blockquote", "script", "style", "iframe",
        "noscript", "svg",   "base",  "link", "o",        "v",     "w",     "x",          "m",      "st1"}) {
    if (name == known) return true;
  }
  return false;
}

/// The names whose end stands in the text.
std::set<std::string> closed_names(std::string_view text) {
  std::set<std::string> result;
  for (auto at = text.find("</"); at != std::string_view::npos; at = text.find("</", at + 2)) {
    const auto name = text.substr(at + 2, std::min<std::size_t>(20, text.size() - at - 2));
    result.insert(lower(name.substr(0, name.find_first_of("> \t\r\n"))));
  }
  return result;
}

/// The address of a link's tag: href="…"; empty: it has none.
std::string href_of(std::string_view tag) {
  auto at = lower(tag).find("href=");
  if (at == std::string::npos) return {};
  tag.remove_prefix(at + 5);
  const char quote = tag.front() == '"' || tag.front() == '\'' ? tag.front() : '\0';
  if (quote != '\0') tag.remove_prefix(1);
  const auto end = quote != '\0' ? tag.find(quote) : tag.find_first_of(" \t\r\n>");
  return std::string(tag.substr(0, end));
}

/// Text without its markup, as far as it is read.
class markup_reader {
 public:
  explicit markup_reader(std::string_view whole) : closed_(closed_names(whole)) {}

  std::string text;

  /// The length of the tag at the front of `rest`, what it stands for appended to the text; 0: no tag.
  std::size_t skip_tag(std::string_view rest);
  std::string take() {
    end_link();
    return std::move(text);
  }

 private:
  /// Where a link leads is said behind its words, unless they are that.
  void end_link() {
    if (link_.empty()) return;
    const auto said = std::string_view(text).substr(std::min(link_at_, text.size()));
    const auto colon = link_.find(':');
    const auto core = std::string_view(link_).substr(link_.starts_with("mailto:") ? colon + 1 : 0);
    const auto plain = core.ends_with('/') ? core.substr(0, core.size() - 1) : core;
    if (colon != std::string::npos && !plain.empty() && said.find(plain) == std::string_view::npos) {
      text += (said.empty() ? "" : " ") + std::string("(") + std::string(core) + ")";
    }
    link_.clear();
  }

  std::set<std::string> closed_;
  std::string link_;
  std::size_t link_at_ = 0;
};

std::size_t markup_reader::skip_tag(std::string_view rest) {
  if (rest.starts_with("<!--")) {
    const auto end = rest.find("-->", 4);
    return end == std::string_view::npos ? rest.size() : end + 3;
  }
  constexpr std::string_view raw = "<![CDATA[";
  if (rest.starts_with(raw)) {
    const auto end = rest.find("]]>");
    text += rest.substr(raw.size(), end == std::string_view::npos ? end : end - raw.size());
    return end == std::string_view::npos ? rest.size() : end + 3;
  }
  const auto name = tag_name(rest);
  if (name.empty()) return 0;
  const auto end = rest.find('>');
  if (end == std::string_view::npos) return 0;
  const bool opens = rest[1] != '/';
  // "<Video> bitte": no element of HTML, somebody's word.
  const bool bare = rest.substr(0, end).find('=') == std::string_view::npos && rest[end - 1] != '/';
  if (opens && bare && !may_stay_open(name) && !closed_.contains(name)) return 0;
  if (name == "a") end_link();
  if (name == "a" && opens) {
    link_ = without_entities(href_of(rest.substr(0, end + 1)));
    link_at_ = text.size();
  }
  if ((name == "script" || name == "style") && opens) return end_of_element(rest, name);
  if (breaks_line(name)) {
    text += '\n';
  } else if (name == "td" || name == "th") {
    text += ' ';
  }
  return end + 1;
}

}  // namespace

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

std::string without_escapes(std::string_view text) {
  const auto hex = [&](std::size_t from, std::size_t count) {
    UChar32 value = 0;
    for (auto at = from; at < from + count; ++at) {
      const auto digit =
          at < text.size() ? u_digit(static_cast<UChar32>(static_cast<unsigned char>(text[at])), 16) : -1;
      if (digit < 0) return UChar32{-1};
      value = value * 16 + digit;
    }
    return value;
  };
  const bool address = text.find("://") != std::string_view::npos;
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto unicode = text.substr(at).starts_with("\\u") ? hex(at + 2, 4) : -1;
    if (unicode >= 0xA0 && (unicode < 0xD800 || unicode > 0xDFFF)) {
      append_character(result, unicode);
      at += 6;
      continue;
    }
    std::string bytes;
    for (auto next = at; !address && next < text.size() && text[next] == '%' && hex(next + 1, 2) >= 0x80; next += 3) {
      bytes += static_cast<char>(hex(next + 1, 2));
    }
    if (!bytes.empty() && is_utf8(bytes)) {
      result += bytes;
      at += 3 * bytes.size();
    } else {
      result += text[at++];
    }
  }
  return result;
}

std::string without_markup(std::string_view text) {
  if (text.find_first_of("<&") == std::string_view::npos) return std::string(text);
  markup_reader reader(text);
  auto &result = reader.text;
  result.reserve(text.size());
  // Behind the last ">" no tag can end; knowing that keeps the time linear.
  const auto last_end = text.rfind('>');
  const auto whole = text.size();
  while (!text.empty()) {
    std::size_t length = 0;
    if (text.front() == '<') {
      const auto at = whole - text.size();
      if (last_end != std::string_view::npos && at < last_end) length = reader.skip_tag(text);
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
  return reader.take();
}

}  // namespace lead_system::intake
