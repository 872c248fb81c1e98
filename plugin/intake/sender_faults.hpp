// sender_faults.hpp - telling the admins what a sender does that only he can mend.
#pragma once

#include <set>

#include "intake/importer.hpp"

namespace lead_system::intake {

/// Each code once, until it is mapped; an empty one stands for leads without a code. Never throws: the leads are stored
/// already, and that nobody could be told is no reason to answer otherwise.
void notify_unknown_codes(const importer::parts &with, const definition &source, const std::set<std::string> &codes);

/// External ids that stand for several persons; one notice a source. Never throws, as above.
void notify_shared_ids(const importer::parts &with, const definition &source, const std::set<std::string> &ids);

}  // namespace lead_system::intake
