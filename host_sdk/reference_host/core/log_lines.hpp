// log_lines.hpp - one event, one line: what came from outside can neither begin a line of its own nor steer a terminal.
#pragma once

#include <spdlog/formatter.h>

#include <memory>
#include <string>
#include <string_view>

namespace dms::reference {

/// Control signs (C0, DEL, C1), line separators, signs that turn the direction of writing, and bytes that are no UTF-8
/// as \n, \x1b or \u202e; everything else as it is. A backslash stays one.
std::string one_line(std::string_view text);

/// Writes each message as one_line in a pattern of spdlog's.
std::unique_ptr<spdlog::formatter> one_line_formatter(const std::string &pattern);

/// Writes each message as a JSON object in one line: time (RFC 3339, UTC), level, message, and correlation where a
/// log_context lives.
std::unique_ptr<spdlog::formatter> json_line_formatter();

/// While it lives, what this thread logs belongs to one request. The innermost counts.
class log_context {
 public:
  explicit log_context(std::string correlation);
  log_context(const log_context &) = delete;
  log_context &operator=(const log_context &) = delete;
  ~log_context();

 private:
  std::string correlation_;
  const std::string *outer_;
};

}  // namespace dms::reference
