// json_lists.hpp - lists as JSON text in one column: the host reads them always whole.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host_core/json_members.hpp"
#include "reference_host/core/host_core.hpp"

namespace dms::reference {

inline std::string list_text(const std::vector<std::string> &list) {
  return nlohmann::json(list).dump();
}
inline std::vector<std::string> to_list(const std::string &text) {
  return nlohmann::json::parse(text).get<std::vector<std::string>>();
}

}  // namespace dms::reference
