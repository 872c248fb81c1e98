// mail_text.hpp - what stands in the head of an e-mail: addresses, and texts in encoded words. Needs libsodium.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "encoding.hpp"

namespace dms {

/// An address without anything that could end its header or add another: "anna.huber@example.at".
inline bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.size() > 254) return false;
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c > ' ' && c != 0x7F && c != '<' && c != '>' && c != ',' && c != ';' && c != '"' && c != '(' && c != ')';
  });
}

/// A header's text in encoded words, cut between letters: 75 letters at most (RFC 2047), a third of them lost to
/// base64.
inline std::string encoded_words(std::string_view text) {
  constexpr std::size_t bytes_a_word = 42;
  std::string result;
  while (!text.empty()) {
    auto end = std::min(bytes_a_word, text.size());
    while (end > 1 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    result += (result.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + base64(text.substr(0, end)) + "?=");
    text.remove_prefix(end);
  }
  return result;
}

}  // namespace dms
