// looks.hpp - what is looked at of the services that a host may do without.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "probe/probe.hpp"

namespace dms::probing {

/// Deals, absences and e-mails, without a change in the host.
void look_at_optional(probe &of);
/// What an event says of a deal, an e-mail or a customer who was merged: whether it is so by then. `id` is the member
/// of `data` that names it.
void look_at_told(probe &of, std::string_view event, const nlohmann::json &data, const std::string &id);

}  // namespace dms::probing
