// document.hpp - reading documents that another side wrote: what is missing or of another kind is empty.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "dms/cpp/json.hpp"

namespace dms::render {

using json = nlohmann::json;

/// A document of another side; null where it is none, longer or deeper than any may be.
inline json document_in(std::string_view text) {
  return read_json(text).value_or(json());
}

inline const json &member(const json &from, const char *name) {
  static const json nothing;
  if (!from.is_object()) return nothing;
  auto found = from.find(name);
  return found == from.end() ? nothing : *found;
}

inline bool has(const json &from, const char *name) {
  return !member(from, name).is_null();
}

/// Strings as they are; numbers and truth values as JSON writes them.
inline std::string text_of(const json &value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number() || value.is_boolean()) return value.dump();
  return {};
}

inline std::string text(const json &from, const char *name) {
  return text_of(member(from, name));
}

inline bool truth(const json &from, const char *name) {
  const auto &value = member(from, name);
  return value.is_boolean() && value.get<bool>();
}

/// The elements of an array member; nothing where it is no array.
inline const json &list(const json &from, const char *name) {
  static const json none = json::array();
  const auto &value = member(from, name);
  return value.is_array() ? value : none;
}

/// A cell that is only a string, as the object that it stands for.
inline json as_cell(const json &cell) {
  return cell.is_object() ? cell : json{{"text", text_of(cell)}};
}

}  // namespace dms::render
