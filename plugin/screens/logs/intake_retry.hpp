// intake_retry.hpp - leads in quarantine: what there are, and trying them again, corrected or as they came.
#pragma once

#include "screens/kit/parameters.hpp"
#include "screens/kit/results.hpp"

namespace lead_system::screens {

/// Leads in quarantine by source and reason, with "try again" for all of a reason; nothing when there are none.
json quarantine_block(const request &by);
/// "Try again" for one line of an import, with what may be set right.
json retry_action(const request &by, const store::import_item &item);

/// retry {item, type?, dealer_code?}
dms::answer retry_one(const request &by, const parameters &input);
/// retry_all {source, reason}: up to 500 leads at once, the oldest first.
dms::answer retry_all(const request &by, const parameters &input);

}  // namespace lead_system::screens
