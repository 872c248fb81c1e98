// actions.hpp - the actions of leads.lead and, with `leads`, of leads.overview (plugin/screens/README.md).
#pragma once

#include "screens/kit/parameters.hpp"
#include "screens/kit/results.hpp"

namespace lead_system::screens {

/// One lead by `id` and `version`, or many by `leads` and `versions` ("id:version" each), every one answered for
/// itself.
dms::answer act_on_leads(const request &by, std::string_view action, const parameters &input);

/// Corrects the prospect's data of one lead (lead_edit.cpp).
dms::answer edit_lead(const request &by, const parameters &input);

}  // namespace lead_system::screens
