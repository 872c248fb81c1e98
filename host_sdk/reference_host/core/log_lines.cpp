#include "reference_host/core/log_lines.hpp"

#include <spdlog/details/log_msg.h>
#include <spdlog/pattern_formatter.h>

#include <array>
#include <cstdint>
#include <cstdio>

namespace dms::reference {
namespace {

struct decoded_sign {
  char32_t code = 0;
  std::size_t bytes = 0;  ///< 0: no UTF-8
};

/// The sign at the front, as RFC 3629 has it: the shortest way of writing only, no surrogates.
decoded_sign sign_at_front(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const auto first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 && first < 0xF5   ? 4
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xC2 && first < 0xE0 ? 2
                                                             : 0;
  if (length == 0 || text.size() < length) return {};
  char32_t code = first & (0x7FU >> length);
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (byte(at) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, length};
}

bool is_steering(char32_t code) {
  struct range {
    char32_t from, to;
  };
  constexpr std::array<range, 8> steering{{{0, 0x1F},
                                           {0x7F, 0x9F},
                                           {0x61C, 0x61C},
                                           {0x200B, 0x200F},
                                           {0x2028, 0x202E},
                                           {0x2060, 0x206F},
                                           {0xFEFF, 0xFEFF},
                                           {0xFFF9, 0xFFFB}}};
  for (const auto &[from, to] : steering) {
    if (code >= from && code <= to) return true;
  }
  return false;
}

std::string escape_of(char32_t code) {
  if (code == '\n') return "\\n";
  if (code == '\r') return "\\r";
  if (code == '\t') return "\\t";
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), code < 0x100 ? "\\x%02x" : "\\u%04x", static_cast<unsigned>(code));
  return text.data();
}

class one_line_pattern final : public spdlog::formatter {
 public:
  explicit one_line_pattern(std::string pattern) : pattern_(std::move(pattern)), inner_(pattern_) {}
  void format(const spdlog::details::log_msg &message, spdlog::memory_buf_t &to) override {
    const auto text = one_line({message.payload.data(), message.payload.size()});
    auto clean = message;
    clean.payload = spdlog::string_view_t(text.data(), text.size());
    inner_.format(clean, to);
    // Where the level stands: a sink colours it.
    message.color_range_start = clean.color_range_start;
    message.color_range_end = clean.color_range_end;
  }
  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<one_line_pattern>(pattern_); }

 private:
  std::string pattern_;
  spdlog::pattern_formatter inner_;
};

}  // namespace

std::string one_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  while (!text.empty()) {
    const auto sign = sign_at_front(text);
    if (sign.bytes == 0) {
      line += escape_of(static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
      continue;
    }
    if (is_steering(sign.code)) {
      line += escape_of(sign.code);
    } else {
      line += text.substr(0, sign.bytes);
    }
    text.remove_prefix(sign.bytes);
  }
  return line;
}

std::unique_ptr<spdlog::formatter> one_line_formatter(const std::string &pattern) {
  return std::make_unique<one_line_pattern>(pattern);
}

}  // namespace dms::reference
