// info_text.hpp - PropertyTree INFO text as a tree that remembers its lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lead_system::intake {

/// A key with its value and children, in the order of the file. Duplicate keys are kept; a dot in a key is a dot.
struct info_node {
  std::string key, value;
  int line = 0;  ///< counted from 1
  std::vector<info_node> children;
};

/// The root of `text`. Throws definition_error with the line for broken syntax, nesting over 16, a directive (#include:
/// a definition is one file) and text that is not UTF-8.
info_node parse_info(const std::string &file, std::string_view text);

}  // namespace lead_system::intake
