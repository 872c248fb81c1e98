#include "feedback/render.hpp"

#include <nlohmann/json.hpp>

namespace lead_system::feedback {
namespace {

std::string json_escaped(std::string_view text) {
  auto quoted = nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r') result += c;
    }
  }
  return result;
}

std::string fill_template(std::string_view text, const std::map<std::string, std::string> &values,
                          std::string_view media_type) {
  const auto escape = media_type.find("json") != std::string_view::npos ? json_escaped : xml_escaped;
  std::string result;
  for (;;) {
    const auto begin = text.find("{{");
    const auto end = begin == std::string_view::npos ? begin : text.find("}}", begin);
    if (end == std::string_view::npos) break;
    result += text.substr(0, begin);
    if (const auto found = values.find(std::string(text.substr(begin + 2, end - begin - 2))); found != values.end()) {
      result += escape(found->second);
    }
    text.remove_prefix(end + 2);
  }
  result += text;
  return result;
}

}  // namespace lead_system::feedback
