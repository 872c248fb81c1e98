// standing.hpp - notifications that stand on every page of their user, read or not, until they are withdrawn.
#pragma once

#include "reference_host/core/records/notifications.hpp"

namespace dms::reference {

/// What was notified under that key stands from now on.
void make_standing(const database &in, const std::string &key);
/// Newest first.
std::vector<notification> standing_of(const database &in, const std::string &user, int limit);

}  // namespace dms::reference
