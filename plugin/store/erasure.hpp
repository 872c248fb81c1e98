// erasure.hpp - what goes with a person: what was written and sent about his lead, at once, in the transaction that
// anonymises it; the archived messages that it came with, afterwards (privacy_rows).
#pragma once

#include "store/statement.hpp"
#include "store/store.hpp"

namespace lead_system::store {

/// `item` still holds the person.
void forget_person(connection &on, const lead &item, const std::string &actor, const std::string &cause, time_us at);

}  // namespace lead_system::store
