// feedback_blocks.hpp - the parts of Lead-Rückmeldungen that the list and the page of one message share.
#pragma once

#include <set>

#include "screens/kit/document.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

constexpr std::string_view feedback_log_id = "leads.feedback_log";

/// A pending one need not wait for its pause to end; one that is being sent refuses by itself.
bool can_be_sent(const store::feedback_message &message);
/// Whether the manufacturer has acknowledged a later state of the lead.
bool later_arrived(const request &by, const store::feedback_message &message);
/// Sends it (again). `sets_back`: a later state was acknowledged, so the admin is asked first.
json resend_action(const request &by, const store::feedback_message &message, bool sets_back);
/// The manufacturer's id of the lead, with a way to it for those who see it: the others learn no more of it.
json lead_cell(const store::feedback_message &message, const std::set<std::int64_t> &seen);
/// One message: what it says, what was answered, what can be done (feedback_message.cpp).
void add_message(json &result, const request &by, std::int64_t id);

}  // namespace lead_system::screens
