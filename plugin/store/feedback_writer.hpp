// feedback_writer.hpp - how a change of state reaches the outbox in the same transaction.
#pragma once

#include <functional>
#include <string>

#include "store/store.hpp"

namespace lead_system::store {

/// Renders the feedback of a change of state and queues it; does nothing, and returns false, when the source wants
/// none. feedback/ provides it, intake and processing call it and know only this.
using feedback_writer = std::function<bool(transaction &, const lead &, lead_state cause, const std::string &actor,
                                           const std::string &comment, time_us at)>;

}  // namespace lead_system::store
