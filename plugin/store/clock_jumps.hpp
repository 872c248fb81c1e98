// clock_jumps.hpp - what was put off or leased while the host's clock was ahead would wait until it gets there. No
// pause is longer than its family's longest one: what waits longer than that from now goes now.
#pragma once

#include "store/statement.hpp"
#include "store/store.hpp"

namespace lead_system::store {

bool waits_too_long(connection &on, time_us now);
/// In a write transaction.
void bring_back(connection &on, time_us now);

}  // namespace lead_system::store
