// mail_parts.hpp - the head and the parts of a message (RFC 5322, 2045-2047), as far as an answer needs them.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace dms::reference {

/// Field names in lower_case case; of several of one name the first. Folded lines are one.
using mail_head = std::map<std::string, std::string, std::less<>>;

/// Splits at the first empty line.
mail_head head_of(std::string_view message, std::string_view &body);
std::string field_of(const mail_head &head, std::string_view name);
/// "text/plain" of "Text/Plain; charset=…"
std::string value_of(const std::string &field);
/// "utf-8" of "text/plain; charset=UTF-8", with its quotation marks off; empty where there is none.
std::string parameter_of(const std::string &field, std::string_view name);
/// Encoded words as letters (RFC 2047), UTF-8 in one line.
std::string encoded_text(const std::string &field);
/// base64 and quoted-printable undone.
std::string decoded_body(std::string_view body, const std::string &encoding);
/// UTF-8 without control characters but line feeds; what is no such charset is read as windows-1252.
std::string as_utf8(const std::string &bytes, const std::string &charset);
std::string lower_case(std::string_view text);

/// Each part that is no multipart itself, in its order, with its head; the whole message where it has no parts.
void each_part(std::string_view message, const std::function<void(const mail_head &, std::string_view)> &take);

}  // namespace dms::reference
