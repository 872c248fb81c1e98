// json_tree.hpp - JSON as it was written: members in their order, also those that are there twice, numbers as text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lead/message.hpp"

namespace lead_system::intake {

struct json_value {
  enum class kind { nothing, text, object, array } what = kind::nothing;
  std::string name;  ///< of a member
  std::string text;  ///< of a text, a number ("436641234567", "1e5") or a truth ("true")
  std::vector<json_value> items;

  bool is_structured() const noexcept { return what == kind::object || what == kind::array; }
};

/// Parses without recursion. Returns why it could not be read, or nothing.
message parse_json(const std::string &text, int depth, json_value &into);

/// Whether two names are the same in any letter case (ASCII), however their words are joined: "first_name",
/// "firstName", "First-Name".
bool same_name(std::string_view one, std::string_view other) noexcept;

}  // namespace lead_system::intake
