#include "lead/next_step.hpp"

namespace lead_system {

bool awaits_first_contact(const lead &item) noexcept {
  return item.first_contact_at == 0 && item.escalation_at != 0 && is_open(item.state);
}

next_step next_step_of(const lead &item) noexcept {
  using enum next_step::kind;
  if (!is_open(item.state)) return {};
  next_step result{missing, 0};
  const auto offer = [&](next_step::kind what, time_us due) {
    if (due != 0 && (result.due == 0 || due < result.due)) result = {what, due};
  };
  if (awaits_first_contact(item)) offer(first_contact, item.escalation_at);
  // The date passes, and the drive still waits for its result.
  if (item.state == lead_state::appointment) offer(test_drive, item.agreed_at);
  offer(item.next_kind == "test_drive" ? test_drive : contact, item.next_at);
  return result;
}

deadline deadline_of(const lead &item, time_us now) noexcept {
  using enum next_step::kind;
  const auto step = next_step_of(item);
  if (step.what == ended) return deadline::kept;
  if (step.what == missing) return deadline::none;
  return running_deadline(step.what == first_contact ? item.reminder_at : step.due - soon_before, step.due, now);
}

notice_times notices_of(const lead &item) noexcept {
  if (!is_open(item.state)) return {};
  if (awaits_first_contact(item)) return {item.reminder_at, item.escalation_at};
  return {item.next_reminder_at, item.next_escalation_at};
}

void time_first_contact(lead &item, time_us from, const deadline_minutes &minutes, const working_calendar &when) {
  item.reminder_at = add_working_minutes(from, minutes.reminder, when);
  item.escalation_at = add_working_minutes(from, minutes.escalation, when);
}

void time_next_step(lead &item, const next_step &before, const deadline_minutes &minutes, const working_calendar &when,
                    time_us now) {
  const auto step = next_step_of(item);
  if (step.what == next_step::kind::ended || awaits_first_contact(item)) {
    item.next_reminder_at = item.next_escalation_at = 0;
    return;
  }
  if (step == before && item.next_escalation_at != 0) return;
  const auto from = step.what == next_step::kind::missing ? now : step.due;
  item.next_reminder_at = add_working_minutes(from, minutes.follow_up_reminder, when);
  item.next_escalation_at = add_working_minutes(from, minutes.follow_up_escalation, when);
  item.notified = 0;
}

}  // namespace lead_system
