// derived_id.hpp - the number of a lead whose sender gives it none.
#pragma once

#include <string>
#include <string_view>

#include "lead/lead.hpp"

namespace lead_system::intake {

/// When the sender says that he took a lead.
struct sent_time {
  time_us at = 0;              ///< 0: he does not say
  bool on_the_minute = false;  ///< with a time of day
};
/// `written` as it came, `at` what it means.
sent_time sent_time_of(std::string_view written, time_us at);

/// "derived:" and a digest. The same person asking for the same vehicle in the same minute is the same lead
/// (plugin/intake/README.md). Where the sender gives no minute, what was asked and when it came (`content.received_at`:
/// the payload's first arrival, so that the same bytes again are the same leads) tell a second question from the first.
/// A list is written out again and again: there the row's own contract tells.
std::string derived_id(const lead_content &content, const sent_time &sent, bool row_of_a_list);

}  // namespace lead_system::intake
