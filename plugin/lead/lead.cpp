// lead.cpp - what a kept lead says of itself.
#include "lead/lead.hpp"

namespace lead_system {

deadline deadline_of(const lead &item, time_us now) noexcept {
  // A deadline asks for the first contact; once it was made, or the lead has ended, nothing runs any more.
  if (item.first_contact_at != 0 || is_terminal(item.state)) return deadline::kept;
  return running_deadline(item.reminder_at, item.escalation_at, now);
}

}  // namespace lead_system
