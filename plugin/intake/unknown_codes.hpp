// unknown_codes.hpp - telling the admins of dealer codes that belong to no location (feeds.md).
#pragma once

#include <set>

#include "intake/importer.hpp"

namespace lead_system::intake {

/// Each code once, until it is mapped; an empty one stands for leads without a code. Never throws: the leads are stored
/// already, and that nobody could be told is no reason to answer otherwise.
void notify_unknown_codes(const importer::parts &with, const definition &source, const std::set<std::string> &codes);

}  // namespace lead_system::intake
