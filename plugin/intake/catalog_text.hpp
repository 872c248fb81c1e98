// catalog_text.hpp - categories and lead types written as INFO: resources/lead_types.info, and the same inside a source
// definition.
#pragma once

#include <string>
#include <string_view>

#include "intake/info_text.hpp"
#include "lead/catalog.hpp"

namespace lead_system::intake {

/// Adds the categories and types of a file that holds nothing else. Throws definition_error.
void parse_lead_types(const std::string &file, std::string_view text, catalog &into);

/// The same for one node: "category KEY { title … }" or "type KEY { … }".
void add_category(const std::string &file, const info_node &node, catalog &into);
void add_type(const std::string &file, const info_node &node, catalog &into);

/// The value of a node that has no children and is not empty. Throws definition_error.
const std::string &plain_value(const std::string &file, const info_node &node);
/// "Unknown key "titel"." at the node's line.
[[noreturn]] void unknown_key(const std::string &file, const info_node &node);

}  // namespace lead_system::intake
