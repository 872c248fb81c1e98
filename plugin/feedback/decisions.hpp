// decisions.hpp - what an admin decides about messages that did not arrive. Each decision stands in the lead's timeline
// with who made it.
#pragma once

#include <string>

#include "lead/time.hpp"
#include "store/store.hpp"

namespace lead_system::feedback {

struct decider {
  std::string user, name;  ///< login and name
  time_us now = 0;
};

/// Sends it (again) now, with the same message id. False: it has arrived, is just being sent, or its lead was
/// anonymised.
bool resend(store::store &store, std::int64_t message, const decider &who);
/// Sends all of a source with that status again, in their order, but for those that would set back a later state that
/// the manufacturer has acknowledged; returns how many.
int resend_all(store::store &store, const std::string &source, store::feedback_status status, const decider &who);
/// It is not sent any more; `why` is in words. False as above.
bool give_up(store::store &store, std::int64_t message, const std::string &why, const decider &who);

}  // namespace lead_system::feedback
