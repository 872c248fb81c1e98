#include "reference_host/core/records/content_lines.hpp"

#include <algorithm>

namespace dms::reference {
namespace {

constexpr std::size_t longest_line = 75;  // octets, RFC 5545 section 3.1, RFC 6350 section 3.2

}  // namespace

std::string escaped_text(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\r') {
      if (text.substr(at + 1, 1) != "\n") result += "\\n";
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) >= ' ' && c != 0x7F) {
      result += c;
    }
  }
  return result;
}

void add_line(std::string &file, std::string line) {
  bool first = true;
  while (true) {
    const auto room = longest_line - (first ? 0 : 1);
    const auto within = [&](std::size_t at) {
      return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U;
    };
    const auto most = std::min(room, line.size());
    auto end = most;
    while (end > 0 && most - end < 3 && within(end)) --end;
    if (end == 0 || within(end)) end = most;  // bytes that are no UTF-8
    file += (first ? "" : " ") + line.substr(0, end) + "\r\n";
    line.erase(0, end);
    if (line.empty()) return;
    first = false;
  }
}

void add_text(std::string &file, const char *name, const std::string &value) {
  if (!value.empty()) add_line(file, name + (":" + escaped_text(value)));
}

}  // namespace dms::reference
