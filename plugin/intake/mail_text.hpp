// mail_text.hpp - the encodings of mail (RFC 2045 "Content-Transfer-Encoding", RFC 2047 encoded words, RFC 5322 dates),
// read leniently: what is broken gives what can be read of it. None of them throws for what the text holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lead/time.hpp"

namespace lead_system::intake {

std::string lower_ascii(std::string_view text);
std::string_view without_blanks(std::string_view text);

/// The bytes of base64 text; what is not of its alphabet (line breaks, a footer) is passed over.
std::string from_base64(std::string_view text);

/// The bytes of quoted-printable text. "=" before anything but two hexadecimal digits or a line break stays. In a
/// header (`words`) "_" is a blank.
std::string from_quoted_printable(std::string_view text, bool words = false);

/// By the value of Content-Transfer-Encoding, in any letter case; what is not known is taken as it is.
std::string from_transfer_encoding(std::string_view encoding, std::string_view text);

/// A header's value as UTF-8: "=?iso-8859-1?Q?M=FCller?= Lead" → "Müller Lead". Blanks between two encoded words go.
std::string decoded_words(std::string_view header);

/// "Wed, 22 Jul 2020 09:15:00 +0200 (CEST)" (RFC 5322 3.3 and 4.3: also without weekday and seconds, two digits of the
/// year, zones by name); nothing where it is no date.
std::optional<time_us> parse_mail_date(std::string_view text);

}  // namespace lead_system::intake
