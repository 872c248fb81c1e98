#include "screens/kit/parameters.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/encoding.hpp"
#include "dms/cpp/json.hpp"
#include "lead/texts.hpp"

namespace lead_system::screens {
namespace {

using nlohmann::json;
constexpr std::size_t most_values = 2000;
constexpr std::size_t largest_input = std::size_t{64} << 20U;  ///< a file travels as base64

std::string trimmed(const std::string &text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::optional<std::string> as_text(const json &value) {
  if (value.is_string()) {
    auto text = value.get<std::string>();
    if (text.find('\0') != std::string::npos) {
      throw dms::failure(dms_invalid, "A text holds a NUL character. Remove it and try again.");
    }
    return text;
  }
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  if (value.is_number()) return value.dump();
  return std::nullopt;
}

std::string encoded(std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string result;
  for (const auto letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                       byte == '-' || byte == '_' || byte == '.' || byte == '~';
    if (plain) {
      result += letter;
    } else {
      result += {'%', hex[byte >> 4U], hex[byte & 15U]};
    }
  }
  return result;
}

}  // namespace

parameters::parameters(std::string_view text) {
  if (text.empty()) return;
  const auto document = dms::json_or_null(text, {.bytes = largest_input});
  if (!document.is_object()) throw dms::failure(dms_invalid, "The parameters are not a JSON object.");
  std::size_t count = 0;
  for (const auto &[name, value] : document.items()) {
    auto &list = values_[name];
    if (value.is_array()) {
      for (const auto &item : value) {
        if (++count > most_values) throw dms::failure(dms_too_large, "Too many values at once.");
        if (auto single = as_text(item)) list.push_back(std::move(*single));
      }
    } else if (auto single = as_text(value)) {
      list.push_back(std::move(*single));
    }
    if (++count > most_values) throw dms::failure(dms_too_large, "Too many values at once.");
  }
}

parameters parameters::from_address(std::string_view address) {
  parameters result;
  std::size_t count = 0;
  while (!address.empty() && ++count < most_values) {
    const auto end = address.find('&');
    const auto part = address.substr(0, end);
    const auto equals = part.find('=');
    if (equals != std::string_view::npos && equals > 0) {
      result.values_[dms::percent_decoded(part.substr(0, equals), true)].push_back(
          dms::percent_decoded(part.substr(equals + 1), true));
    }
    address = end == std::string_view::npos ? std::string_view{} : address.substr(end + 1);
  }
  return result;
}

std::string parameters::one(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? std::string{} : trimmed(found->second.back());
}

std::vector<std::string> parameters::all(std::string_view name) const {
  std::vector<std::string> result;
  if (const auto found = values_.find(name); found != values_.end()) {
    for (const auto &value : found->second) {
      if (auto text = trimmed(value); !text.empty()) result.push_back(std::move(text));
    }
  }
  return result;
}

std::optional<std::int64_t> parameters::integer(std::string_view name) const {
  return to_integer(one(name));
}

void parameters::set(std::string_view name, std::string value) {
  values_[std::string(name)] = {std::move(value)};
}

void parameters::remove(std::string_view name) {
  values_.erase(std::string(name));
}

std::string parameters::address() const {
  std::string result;
  for (const auto &[name, list] : values_) {
    for (const auto &value : list) {
      if (value.empty()) continue;
      if (!result.empty()) result += '&';
      result += encoded(name) + '=' + encoded(value);
    }
  }
  return result;
}

std::string to_choice(const std::string &text) {
  if (text.empty()) return "none";
  return text == "none" || text.front() == '=' ? "=" + text : text;
}

std::string from_choice(const std::string &value) {
  if (value == "none") return {};
  return value.starts_with('=') ? value.substr(1) : value;
}

std::optional<std::int64_t> to_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace lead_system::screens
