// looks.hpp - what is looked at of the services that a host may do without.
#pragma once

#include <string>
#include <string_view>

#include "probe/probe.hpp"

namespace dms::probing {

/// Deals, absences and e-mails, without a change in the host.
void look_at_optional(probe &of);
/// What an event says of a deal or an e-mail: whether it is there by then.
void look_at_told(probe &of, std::string_view event, const std::string &id);

}  // namespace dms::probing
