#include "reference_host/core/log_lines.hpp"

#include <spdlog/details/log_msg.h>
#include <spdlog/pattern_formatter.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>
#include <utility>

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

/// Of the request that this thread works for; null between requests.
thread_local const std::string *correlation_of_thread = nullptr;

/// "2026-11-30T08:15:02.123Z"
std::string utc_of(std::chrono::system_clock::time_point at) {
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
  const auto seconds = static_cast<std::time_t>(since / 1000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 32> day{}, whole{};
  std::strftime(day.data(), day.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(whole.data(), whole.size(), "%.19s.%03dZ", day.data(), static_cast<int>(since % 1000));
  return whole.data();
}

class json_line final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg &message, spdlog::memory_buf_t &to) override {
    const auto level = spdlog::level::to_string_view(message.level);
    // The same signs are taken out as in plain lines: who shows the members steers no terminal with them either.
    nlohmann::ordered_json line{{"time", utc_of(message.time)},
                                {"level", std::string(level.data(), level.size())},
                                {"message", one_line({message.payload.data(), message.payload.size()})}};
    if (correlation_of_thread != nullptr) line["correlation"] = *correlation_of_thread;
    const auto text = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
    to.append(text.data(), text.data() + text.size());
  }
  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<json_line>(); }
};

}  // namespace

log_context::log_context(std::string correlation)
    : correlation_(std::move(correlation)), outer_(std::exchange(correlation_of_thread, &correlation_)) {}

log_context::~log_context() {
  correlation_of_thread = outer_;
}

std::unique_ptr<spdlog::formatter> json_line_formatter() {
  return std::make_unique<json_line>();
}

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
