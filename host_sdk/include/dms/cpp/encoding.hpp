// encoding.hpp - bytes as text and back: base64, hexadecimal, percent-encoding. Needs libsodium, which does the first
// two.
#pragma once

#include <sodium.h>

#include <optional>
#include <string>
#include <string_view>

namespace dms {

enum class base64_alphabet { plain, url };  ///< RFC 4648: section 4 with padding; section 5 without

inline int sodium_variant(base64_alphabet which) noexcept {
  return which == base64_alphabet::url ? sodium_base64_VARIANT_URLSAFE_NO_PADDING : sodium_base64_VARIANT_ORIGINAL;
}

inline std::string base64(std::string_view bytes, base64_alphabet which = base64_alphabet::plain) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_variant(which)), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size(),
                    sodium_variant(which));
  text.pop_back();  // the terminating NUL
  return text;
}

/// Nothing where it is not base64 from the first letter to the last.
inline std::optional<std::string> from_base64(std::string_view text, base64_alphabet which = base64_alphabet::plain) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  const char *end = nullptr;
  const auto failed = sodium_base642bin(reinterpret_cast<unsigned char *>(bytes.data()), bytes.size(), text.data(),
                                        text.size(), nullptr, &length, &end, sodium_variant(which)) != 0;
  if (failed || end != text.data() + text.size()) return std::nullopt;
  bytes.resize(length);
  return bytes;
}

/// Lower-case, two digits a byte.
inline std::string hex(const void *bytes, std::size_t count) {
  std::string text(2 * count + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), static_cast<const unsigned char *>(bytes), count);
  text.pop_back();  // the terminating NUL
  return text;
}

inline int hex_digit(char letter) noexcept {
  if (letter >= '0' && letter <= '9') return letter - '0';
  const char lower = static_cast<char>(letter | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// As a part of an address: all but RFC 3986's unreserved letters in "%41"; `plain` stay as well.
inline std::string percent_encoded(std::string_view text, std::string_view plain = "-._~") {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool alphanumeric =
        (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
    if (alphanumeric || plain.find(letter) != std::string_view::npos) {
      result += letter;
    } else {
      result += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return result;
}

/// A percent sign without two digits stays as it is. `form`: a plus sign is a blank.
inline std::string percent_decoded(std::string_view text, bool form) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
    if (low >= 0) {
      result += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      result += form && text[at] == '+' ? ' ' : text[at];
    }
  }
  return result;
}

}  // namespace dms
