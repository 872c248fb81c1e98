#include "intake/mail_findings.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "intake/encoding.hpp"
#include "intake/mail_text.hpp"
#include "intake/packed_parts.hpp"
#include "intake/plain_text.hpp"

namespace lead_system::intake {
namespace {

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](auto ending) { return name.ends_with(ending); });
}

text_kind kind_of(const mail_leaf &leaf) {
  const auto &type = leaf.type;
  if (type.ends_with("/xml") || type.ends_with("+xml") || ends_with_any(leaf.name, {".xml", ".adf"}))
    return text_kind::xml;
  if (type == "text/html" || ends_with_any(leaf.name, {".htm", ".html"})) return text_kind::html;
  if (type.starts_with("text/")) return text_kind::plain;
  // Mail programs and portals have many names for what they do not know: its content says what it is.
  const bool shown_or_heard = type.starts_with("image/") || type.starts_with("audio/") || type.starts_with("video/");
  return shown_or_heard ? text_kind::none : text_kind::other;
}

/// The charset of the part counts before the XML declaration (RFC 7303), except where it is only the default of mail.
decoded text_of(const mail_leaf &leaf) {
  const auto charset = lower_ascii(leaf.charset);
  const bool says_nothing = charset.empty() || charset == "us-ascii" || charset == "ascii";
  return decode(leaf.bytes, says_nothing ? declared_encoding(leaf.bytes) : charset);
}

bool has_mark(const definition &source, std::string_view lower_text) {
  const auto &marks = source.how->marks;
  return marks.empty() || std::any_of(marks.begin(), marks.end(), [&](const std::string &mark) {
           return lower_text.find(mark) != std::string_view::npos;
         });
}

constexpr bool is_name_letter(char letter) noexcept {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == ':' || letter == '_' ||
         letter == '-' || letter == '.';
}

/// From the "<" of an element to the last end of that name; nothing where it has no end.
std::string_view element_at(std::string_view text, std::string_view lower, std::size_t at) {
  auto end = at + 1;
  while (end < lower.size() && is_name_letter(lower[end])) ++end;
  if (end == at + 1) return {};
  const auto closing = "</" + std::string(lower.substr(at + 1, end - at - 1));
  const auto closes = lower.rfind(closing);
  if (closes == std::string_view::npos || closes < end) return {};
  const auto last = lower.find('>', closes);
  return text.substr(at, last == std::string_view::npos ? last : last + 1 - at);
}

/// The XML inside of a body, between what people and mail programs write before and behind it: the element that a mark
/// begins, also where it is cut off, so that the reader can say so; else the first element that has an end.
std::string_view xml_within(const definition &source, std::string_view text, std::string_view lower) {
  for (const auto &mark : source.how->marks) {
    const auto at = mark.starts_with('<') ? lower.find(mark) : std::string_view::npos;
    if (at == std::string_view::npos) continue;
    const auto whole = element_at(text, lower, at);
    return whole.empty() ? text.substr(at) : whole;
  }
  constexpr int most_looked_at = 100;
  auto at = lower.find('<');
  for (int looked_at = 0; at != std::string_view::npos && looked_at < most_looked_at; ++looked_at) {
    if (const auto whole = element_at(text, lower, at); !whole.empty()) return whole;
    at = lower.find('<', at + 1);
  }
  return {};
}

/// Whether bytes are text: of UTF-16 the first ones say so.
bool is_text(std::string_view bytes) {
  if (!marked_encoding(bytes).encoding.empty()) return true;
  return std::none_of(bytes.begin(), bytes.end(), [](char letter) {
    return static_cast<unsigned char>(letter) < ' ' && letter != '\n' && letter != '\r' && letter != '\t';
  });
}

/// The XML that stands whole among other bytes, as an attachment does in Outlook's winmail.dat (TNEF).
decoded text_among_bytes(const definition &source, std::string_view bytes) {
  const auto lower = lower_ascii(bytes);
  for (const auto &mark : source.how->marks) {
    const auto at = mark.starts_with('<') ? lower.find(mark) : std::string::npos;
    if (at == std::string::npos) continue;
    const auto declaration = lower.rfind("<?xml", at);
    const auto head =
        declaration == std::string::npos ? std::string_view{} : bytes.substr(declaration, at - declaration);
    if (const auto inside = element_at(bytes, lower, at); !inside.empty()) {
      return decode(inside, declared_encoding(head));
    }
  }
  return {};
}

/// HTML shows XML as text: "&lt;adf&gt;", indented with blanks that do not break.
std::string shown_text(std::string text) {
  if (lower_ascii(text).find("&lt;") == std::string::npos) return text;
  text = without_markup(text);
  constexpr std::string_view hard_blank = "\xC2\xA0";
  for (auto at = text.find(hard_blank); at != std::string::npos; at = text.find(hard_blank, at))
    text.replace(at, 2, " ");
  return text;
}

constexpr bool is_quote_mark(char letter) noexcept {
  return letter == '>' || letter == '|';
}

/// "> " and "| " before the line in which the lead begins are before the others too: without them. False: there are
/// none.
bool take_quotes_off(const definition &source, std::string &text) {
  const auto lower = lower_ascii(text);
  auto at = std::string::npos;
  for (const auto &mark : source.how->marks) {
    if (mark.starts_with('<')) at = std::min(at, lower.find(mark));
  }
  if (at == std::string::npos) at = lower.find('<');
  if (at == std::string::npos) return false;
  const auto begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is the beginning
  auto before = std::string_view(text).substr(begin, at - begin);
  before = before.substr(0, std::min(before.find_first_not_of(">| \t"), before.size()));
  const auto depth = std::count_if(before.begin(), before.end(), is_quote_mark);
  if (depth == 0) return false;
  std::string result;
  for (std::string_view rest = text; !rest.empty();) {
    auto line = rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
    rest.remove_prefix(line.size());
    for (auto left = depth; left > 0 && !line.empty(); --left) {
      const auto mark = line.find_first_not_of(" \t");
      if (mark == std::string_view::npos || !is_quote_mark(line[mark])) break;
      line.remove_prefix(mark + 1);
    }
    if (line.starts_with(' ')) line.remove_prefix(1);
    result += line;
  }
  text = std::move(result);
  return true;
}

void note_part(const mail_leaf &leaf, found_texts &into) {
  constexpr std::size_t longest = 300;
  const auto &name = leaf.name.empty() ? leaf.type : leaf.name;
  if (into.parts.size() < longest) into.parts += (into.parts.empty() ? "" : ", ") + clean_line(name, 100);
  into.outlooks = into.outlooks || leaf.name == "winmail.dat" || leaf.type.ends_with("ms-tnef");
}

void consider_text(const definition &source, const mail_leaf &leaf, found_texts &into) {
  note_part(leaf, into);
  auto of = kind_of(leaf);
  const bool text = is_text(leaf.bytes);
  if (of == text_kind::none && !text) return;
  if (of == text_kind::none) of = text_kind::other;  // called a picture, and is none
  const bool bytes = of == text_kind::other && !text;
  auto part = bytes ? text_among_bytes(source, leaf.bytes) : text_of(leaf);
  if (of == text_kind::html) part.text = shown_text(std::move(part.text));
  const bool quoted = of != text_kind::xml && take_quotes_off(source, part.text);
  const auto lower = lower_ascii(part.text);
  if (!has_mark(source, lower)) return;
  auto inside = of == text_kind::xml ? std::string_view(part.text) : xml_within(source, part.text, lower);
  if (without_blanks(inside).empty()) return;
  const bool twice = std::any_of(into.all.begin(), into.all.end(), [&](const auto &one) { return one.text == inside; });
  if (twice) return;
  into.quoted = into.quoted || quoted;
  into.all.push_back({of, std::string(inside), part.remark, leaf.alternative});
}

}  // namespace

void consider(const definition &source, const mail_leaf &leaf, found_texts &into) {
  std::vector<mail_leaf> files;
  const auto answer = unpack_part(leaf, into.may_unpack, files);
  if (answer == unpacking::not_packed) return consider_text(source, leaf, into);
  note_part(leaf, into);
  for (const auto &file : files) consider_text(source, file, into);
  if (answer == unpacking::done || !into.not_unpacked.empty()) return;
  into.not_unpacked = leaf.name.empty() ? leaf.type : leaf.name;
  into.locked = answer == unpacking::locked;
}

message remark_of_unread(const found_texts &found) {
  if (found.not_unpacked.empty()) return {};
  return {"The mail holds {1} too, which could not be unpacked: leads in it are not here. Ask its sender.",
          {clean_line(found.not_unpacked, 100)}};
}

message no_lead_in(const definition &source, const mail_head &head, const found_texts &found) {
  const auto subject = clean_line(head.subject, 200);
  if (found.outlooks) {
    return {
        "The mail \"{1}\" holds no lead of the source {2} that can be read: winmail.dat is a format of Outlook's own. "
        "Have its sender attach the lead, and send the mail as plain text.",
        {subject, source.title}};
  }
  if (!found.not_unpacked.empty()) {
    return {found.locked ? "The mail \"{1}\" holds no lead of the source {2} that can be read: {3} is locked with a "
                           "password. Have its sender attach the lead without one."
                         : "The mail \"{1}\" holds no lead of the source {2} that can be read: {3} is damaged or too "
                           "large to be unpacked. Have its sender attach the lead as it is.",
            {subject, source.title, clean_line(found.not_unpacked, 100)}};
  }
  std::string marks;
  for (const auto &mark : source.how->marks) marks += (marks.empty() ? "" : ", ") + mark;
  return {
      "The mail \"{1}\" holds no lead of the source {2}: {3} was looked for in {4}. Read it, and have its sender "
      "attach the lead.",
      {subject, source.title, marks, found.parts}};
}

}  // namespace lead_system::intake
