#include "lead/message.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"

namespace lead_system {

using json = nlohmann::json;

std::string in_english(const message &text) {
  std::string result;
  for (std::size_t at = 0; at < text.id.size(); ++at) {
    const bool place = text.id[at] == '{' && at + 2 < text.id.size() && text.id[at + 2] == '}';
    const auto index = place ? static_cast<std::size_t>(text.id[at + 1] - '1') : text.arguments.size();
    if (index < text.arguments.size()) {
      result += text.arguments[index];
      at += 2;
    } else {
      result += text.id[at];
    }
  }
  return result;
}

std::string message_json(const message &text) {
  if (text.empty()) return {};
  const json document{{"id", text.id}, {"arguments", text.arguments}};
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<message> message_from_json(const std::string &kept) {
  const auto document = dms::json_or_null(kept);
  if (!document.is_object()) return std::nullopt;
  message text;
  if (const auto id = document.find("id"); id != document.end() && id->is_string()) text.id = id->get<std::string>();
  for (const auto *name : {"arguments", "args"}) {
    if (!document.contains(name) || !document[name].is_array()) continue;
    for (const auto &argument : document[name]) {
      text.arguments.push_back(argument.is_string() ? argument.get<std::string>() : argument.dump());
    }
  }
  return text;
}

void add_message(std::string &lines, const message &text) {
  if (!lines.empty()) lines += '\n';
  lines += message_json(text);
}

std::vector<message> messages_in(const std::string &lines) {
  std::vector<message> result;
  for (std::size_t from = 0; from < lines.size();) {
    const auto end = std::min(lines.find('\n', from), lines.size());
    auto one = message_from_json(lines.substr(from, end - from));
    if (!one || one->empty()) return {};
    result.push_back(std::move(*one));
    from = end + 1;
  }
  return result;
}

}  // namespace lead_system
