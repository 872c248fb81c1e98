// utf8.hpp - walking and writing UTF-8. Strict: overlong forms, surrogates and cut sequences are invalid.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lead_system::intake {

/// The character at `at`, which moves behind it; -1 for a byte that begins none (`at` moves by one).
inline std::int32_t next_character(std::string_view text, std::size_t &at) noexcept {
  const auto byte = [&](std::size_t index) {
    return index < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[index])) : 0U;
  };
  const auto first = byte(at);
  if (first < 0x80) return static_cast<std::int32_t>(text[at++]);
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return ++at, -1;
  std::uint32_t letter = first & (0xFFU >> (length + 1));
  for (std::size_t index = 1; index < length; ++index) {
    const auto more = byte(at + index);
    if ((more & 0xC0U) != 0x80U) return ++at, -1;
    letter = (letter << 6U) | (more & 0x3FU);
  }
  const bool overlong = (length == 3 && letter < 0x800) || (length == 4 && letter < 0x10000);
  if (overlong || letter > 0x10FFFF || (letter >= 0xD800 && letter <= 0xDFFF)) return ++at, -1;
  at += length;
  return static_cast<std::int32_t>(letter);
}

inline void append_character(std::string &into, std::int32_t letter) {
  const auto value = static_cast<std::uint32_t>(letter);
  const auto put = [&](std::uint32_t byte) { into += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0U | (value >> 6U)), put(0x80U | (value & 0x3FU));
  } else if (value < 0x10000) {
    put(0xE0U | (value >> 12U)), put(0x80U | ((value >> 6U) & 0x3FU)), put(0x80U | (value & 0x3FU));
  } else {
    put(0xF0U | (value >> 18U)), put(0x80U | ((value >> 12U) & 0x3FU));
    put(0x80U | ((value >> 6U) & 0x3FU)), put(0x80U | (value & 0x3FU));
  }
}

inline bool is_utf8(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    if (next_character(text, at) < 0) return false;
  }
  return true;
}

}  // namespace lead_system::intake
