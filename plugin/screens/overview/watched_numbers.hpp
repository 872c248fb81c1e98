// watched_numbers.hpp - the plugin's numbers for who watches: members "metrics" of its health document
// (host_sdk/schema/health.schema.json). No name, no text, no id of a lead or a person.
#pragma once

#include "screens/kit/document.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

json coverage_numbers(const access::coverage_report &now);
json feedback_numbers(const store::store::feedback_counts &now);
json quarantine_number(std::int64_t waiting);
/// Overdue leads, and how long prospects waited for the first answer.
json work_numbers(columns::lead_index &leads, time_us now);

}  // namespace lead_system::screens
