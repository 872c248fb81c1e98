#include "reference_host/core/mail/mail_parts.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "dms/cpp/encoding.hpp"

namespace dms::reference {
namespace {

constexpr int deepest_part = 10, most_parts = 100;

constexpr bool is_blank(char letter) noexcept {
  return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// The next line without its end; `rest` moves behind it.
std::string_view next_mail_line(std::string_view &rest) {
  const auto end = rest.find('\n');
  auto line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// Lenient: what is no letter of it is left out.
std::string base64_bytes(std::string_view text) {
  std::string plain;
  for (const char letter : text) {
    const bool alphabet = (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
                          (letter >= '0' && letter <= '9') || letter == '+' || letter == '/';
    if (alphabet) plain += letter;
  }
  if (plain.size() % 4 == 1) plain.pop_back();
  while (plain.size() % 4 != 0) plain += '=';
  return from_base64(plain).value_or(std::string{});
}

/// `word`: of an encoded word, in which an underscore is a blank.
std::string unquoted_printable(std::string_view text, bool word) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (word && text[at] == '_') {
      result += ' ';
      continue;
    }
    if (text[at] != '=') {
      result += text[at];
      continue;
    }
    const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
    if (low >= 0) {
      result += static_cast<char>(high * 16 + low);
      at += 2;
      continue;
    }
    // A line that goes on.
    auto end = at + 1;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r')) ++end;
    if (end < text.size() && text[end] == '\n') {
      at = end;
    } else {
      result += '=';
    }
  }
  return result;
}

void walk_parts(std::string_view message, int depth, int &parts,
                const std::function<void(const mail_head &, std::string_view)> &take) {
  if (depth > deepest_part || ++parts > most_parts) return;
  std::string_view body;
  const auto head = head_of(message, body);
  const auto type = field_of(head, "content-type");
  const auto boundary = parameter_of(type, "boundary");
  if (!value_of(type).starts_with("multipart/") || boundary.empty()) return take(head, body);
  const auto mark = "--" + boundary;
  auto rest = body;
  const char *begin = nullptr;
  while (!rest.empty()) {
    const auto *here = rest.data();
    const auto line = next_mail_line(rest);
    if (!line.starts_with(mark)) continue;
    // The whole line: the mark of a part further in may begin with this one.
    const auto behind = without_blanks(line.substr(mark.size()));
    if (!behind.empty() && behind != "--") continue;
    if (begin != nullptr) walk_parts({begin, static_cast<std::size_t>(here - begin)}, depth + 1, parts, take);
    begin = rest.data();
    if (!behind.empty()) return;
  }
  const auto *end = body.data() + body.size();
  if (begin != nullptr && begin < end)
    walk_parts({begin, static_cast<std::size_t>(end - begin)}, depth + 1, parts, take);
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (auto &letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return result;
}

mail_head head_of(std::string_view message, std::string_view &body) {
  mail_head head;
  std::string *last = nullptr;
  while (!message.empty()) {
    const auto line = next_mail_line(message);
    if (line.empty()) break;
    if ((line.front() == ' ' || line.front() == '\t') && last != nullptr) {
      last->append(" ").append(without_blanks(line));
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;  // as the first line of a mailbox file
    const auto [field, fresh] =
        head.try_emplace(lower_case(without_blanks(line.substr(0, colon))), without_blanks(line.substr(colon + 1)));
    last = fresh ? &field->second : nullptr;
  }
  body = message;
  return head;
}

std::string field_of(const mail_head &head, std::string_view name) {
  const auto found = head.find(name);
  return found == head.end() ? std::string{} : found->second;
}

std::string value_of(const std::string &field) {
  return lower_case(without_blanks(std::string_view(field).substr(0, field.find(';'))));
}

namespace {

/// Where the quotes that begin there end; npos: never.
std::size_t closing_quote(std::string_view text, std::size_t from) {
  for (auto at = from + 1; at < text.size(); ++at) {
    if (text[at] == '"') return at;
    // Of the escapes only that one: others write the paths of their disks as they are.
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == '"') ++at;
  }
  return std::string_view::npos;
}

/// A semicolon in quotes is part of a value. `closed`: quotes that begin have ended so far; behind those that never do
/// none are looked for, however many a hostile message has.
std::size_t end_of_parameter(std::string_view field, std::size_t from, bool &closed) {
  for (auto at = from; at < field.size(); ++at) {
    if (field[at] == ';') return at;
    if (field[at] != '"' || !closed) continue;
    const auto end = closing_quote(field, at);
    closed = end != std::string_view::npos;
    if (closed) at = end;
  }
  return field.size();
}

std::string unquoted_value(std::string_view value) {
  if (!value.starts_with('"')) return std::string(value);
  const auto quoted = value.substr(1, std::min(closing_quote(value, 0), value.size()) - 1);
  std::string result;
  for (std::size_t at = 0; at < quoted.size(); ++at) {
    if (quoted.substr(at).starts_with("\\\"")) ++at;
    result += quoted[at];
  }
  return result;
}

}  // namespace

std::string parameter_of(const std::string &field, std::string_view name) {
  const std::string_view all(field);
  bool closed = true;
  for (auto at = end_of_parameter(all, 0, closed); at < all.size();) {
    const auto end = end_of_parameter(all, at + 1, closed);
    const std::string part(without_blanks(all.substr(at + 1, end - at - 1)));
    at = end;
    const auto sign = part.find('=');
    if (sign == std::string::npos || lower_case(without_blanks(part.substr(0, sign))) != name) continue;
    return unquoted_value(without_blanks(std::string_view(part).substr(sign + 1)));
  }
  return {};
}

std::string encoded_text(const std::string &field) {
  std::string result;
  std::string_view rest = field;
  bool after_word = false;
  while (!rest.empty()) {
    const auto begin = rest.find("=?");
    if (begin == std::string_view::npos) break;
    const auto charset = rest.find('?', begin + 2);
    const auto way = charset == std::string_view::npos ? charset : rest.find('?', charset + 1);
    const auto end = way == std::string_view::npos ? way : rest.find("?=", way + 1);
    if (end == std::string_view::npos) break;
    // Blanks between two encoded words are none of the text.
    const auto between = rest.substr(0, begin);
    if (!after_word || !without_blanks(between).empty()) result += between;
    const auto text = rest.substr(way + 1, end - way - 1);
    const auto letter = rest.substr(charset + 1, way - charset - 1);
    const auto bytes = letter == "B" || letter == "b" ? base64_bytes(text) : unquoted_printable(text, true);
    result += as_utf8(bytes, std::string(rest.substr(begin + 2, charset - begin - 2)));
    rest.remove_prefix(end + 2);
    after_word = true;
  }
  result = as_utf8(result.append(rest), "utf-8");
  // An encoded word may hold what a head never does.
  std::replace(result.begin(), result.end(), '\n', ' ');
  return result;
}

std::string decoded_body(std::string_view body, const std::string &encoding) {
  const auto way = lower_case(without_blanks(encoding));
  if (way == "base64") return base64_bytes(body);
  if (way == "quoted-printable") return unquoted_printable(body, false);
  return std::string(body);
}

std::string as_utf8(const std::string &bytes, const std::string &charset) {
  auto status = U_ZERO_ERROR;
  const auto known = charset.empty() ? std::string("utf-8") : charset.substr(0, charset.find('*'));
  std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open(known.c_str(), &status), &ucnv_close);
  if (U_FAILURE(status)) {
    status = U_ZERO_ERROR;
    from.reset(ucnv_open("windows-1252", &status));
  }
  const icu::UnicodeString letters(bytes.data(), static_cast<std::int32_t>(bytes.size()), from.get(), status);
  icu::UnicodeString kept;
  for (std::int32_t at = 0; at < letters.length(); at = letters.moveIndex32(at, 1)) {
    const auto letter = letters.char32At(at);
    if (letter == '\n' || letter == '\t' || (letter >= 0x20 && letter != 0x7F)) kept.append(letter);
  }
  std::string text;
  kept.toUTF8String(text);
  return text;
}

void each_part(std::string_view message, const std::function<void(const mail_head &, std::string_view)> &take) {
  int parts = 0;
  walk_parts(message, 0, parts, take);
}

}  // namespace dms::reference
