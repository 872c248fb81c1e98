#include "lead/texts.hpp"

#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"

namespace lead_system {

namespace {

int hex_nibble(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  return -1;
}

}  // namespace

std::string texts_to_json(const std::map<std::string, std::string> &texts) {
  return nlohmann::json(texts).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::map<std::string, std::string> texts_from_json(const std::string &text) {
  std::map<std::string, std::string> result;
  const auto object = dms::json_or_null(text);
  if (!object.is_object()) return result;
  for (const auto &[name, item] : object.items()) {
    if (item.is_string()) result[name] = item.get<std::string>();
  }
  return result;
}

std::string with_commas(const std::vector<std::string> &names) {
  std::string result;
  for (const auto &name : names) result += (result.empty() ? "" : ",") + name;
  return result;
}

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size() && hex_nibble(text[at + 1]) >= 0 && hex_nibble(text[at + 2]) >= 0) {
      result += static_cast<char>(hex_nibble(text[at + 1]) * 16 + hex_nibble(text[at + 2]));
      at += 2;
    } else {
      result += text[at] == '+' ? ' ' : text[at];
    }
  }
  return result;
}

}  // namespace lead_system
