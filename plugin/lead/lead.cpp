// lead.cpp - what a kept lead says of itself.
#include "lead/lead.hpp"

namespace lead_system {

deadline deadline_of(const lead &item, time_us now) noexcept {
  // A deadline asks for the first contact; once it was made, or the lead has ended, nothing runs any more.
  if (item.first_contact_at != 0 || is_terminal(item.state)) return deadline::kept;
  if (item.escalation_at != 0 && now >= item.escalation_at) return deadline::overdue;
  if (item.reminder_at != 0 && now >= item.reminder_at) return deadline::soon;
  return deadline::on_time;
}

}  // namespace lead_system
