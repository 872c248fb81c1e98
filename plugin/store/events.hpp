// events.hpp - the timeline of a lead.
#pragma once

#include "store/statement.hpp"

namespace lead_system::store {

/// `version`: of its lead, where that is known; 0: it is looked up.
void add_event(connection &on, const lead_event &event, std::int64_t version = 0);
std::vector<lead_event> timeline(connection &on, std::int64_t lead_id);
std::vector<lead_event> events_since(connection &on, std::int64_t lead_id, std::int64_t version);

}  // namespace lead_system::store
