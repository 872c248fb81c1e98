// json_members.hpp - members of documents that come from outside.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace dms::host_core {

/// The member as text; empty where it is absent or of another kind.
inline std::string text_of(const nlohmann::json &object, const char *member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}
/// The member as a list of texts; other elements are left out.
inline std::vector<std::string> list_of(const nlohmann::json &object, const char *member) {
  std::vector<std::string> list;
  if (const auto found = object.find(member); found != object.end() && found->is_array()) {
    for (const auto &item : *found) {
      if (item.is_string()) list.push_back(item.get<std::string>());
    }
  }
  return list;
}

}  // namespace dms::host_core
