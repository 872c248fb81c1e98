// json.hpp - the one way in which JSON from outside is read and JSON for outside is written. Needs nlohmann/json.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace dms {

/// What a document from outside may be at most.
struct json_limits {
  std::size_t bytes = std::size_t{16} << 20;
  int levels = 32;  ///< deeper than any document of this interface
};

/// Whether `text` opens more than `levels` objects and lists at once. Reads the text once, allocates nothing; what is
/// no JSON at all gets an answer as well.
inline bool nested_deeper(std::string_view text, int levels) noexcept {
  int level = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char each = text[at];
    if (quoted) {
      if (each == '\\') ++at;
      if (each == '"') quoted = false;
    } else if (each == '"') {
      quoted = true;
    } else if (each == '{' || each == '[') {
      if (++level > levels) return true;
    } else if (each == '}' || each == ']') {
      --level;
    }
  }
  return false;
}

/// The value that `text` holds, or nullopt: no JSON, longer or deeper than `limits` allow. Size and depth are looked at
/// first, because copying, comparing, writing and destroying a value recurse: a deep one would end the process.
inline std::optional<nlohmann::json> read_json(std::string_view text, const json_limits &limits = {}) {
  if (text.size() > limits.bytes || nested_deeper(text, limits.levels)) return std::nullopt;
  auto value = nlohmann::json::parse(text, nullptr, false);
  if (value.is_discarded()) return std::nullopt;
  return value;
}

/// The same; null for what it refuses.
inline nlohmann::json json_or_null(std::string_view text, const json_limits &limits = {}) {
  return read_json(text, limits).value_or(nlohmann::json());
}

/// Compact; bytes that are not UTF-8 become U+FFFD instead of an exception.
inline std::string to_text(const nlohmann::json &value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace dms
