// host_effects.hpp - the queue of events that the host has still to be told of.
#pragma once

#include "store/statement.hpp"

namespace lead_system::store {

/// Queues the newest event of the lead.
void queue_host_effect(connection &on, std::int64_t lead_id);
/// All of one lead, oldest first.
std::vector<host_effect> host_effects_of(connection &on, std::int64_t lead_id);
/// Leads whose effects are due, longest waiting first.
std::vector<std::int64_t> leads_with_host_effects(connection &on, time_us now, int limit);
void host_was_told(connection &on, std::int64_t event_id);
void host_was_not_told(connection &on, const host_effect &effect);
store::host_effect_backlog count_host_effects(connection &on);

}  // namespace lead_system::store
