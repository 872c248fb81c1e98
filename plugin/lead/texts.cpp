#include "lead/texts.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"

namespace lead_system {

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

std::string text_in(const std::map<std::string, std::string> &texts, const std::string &name) {
  const auto found = texts.find(name);
  return found == texts.end() ? std::string{} : found->second;
}

std::int64_t number_in(const std::map<std::string, std::string> &texts, const std::string &name) {
  const auto text = text_in(texts, name);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string beginning_of(std::string_view text, std::size_t most) {
  const auto shown = dms::whole_letters(text, most);
  return std::string(shown) + (shown.size() < text.size() ? "…" : "");
}

std::string with_commas(const std::vector<std::string> &names) {
  std::string result;
  for (const auto &name : names) result += (result.empty() ? "" : ",") + name;
  return result;
}

std::vector<std::string> names_from(const std::string &with_commas) {
  std::vector<std::string> result;
  for (std::size_t at = 0; at < with_commas.size();) {
    const auto end = std::min(with_commas.find(',', at), with_commas.size());
    if (end > at) result.push_back(with_commas.substr(at, end - at));
    at = end + 1;
  }
  return result;
}

}  // namespace lead_system
