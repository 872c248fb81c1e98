// next_step.hpp - what an open lead waits for next and until when: the rule that no lead falls silent (plugin/README.md
// "Next step"). Lists, reminders and the numbers ask here. Pure.
#pragma once

#include "lead/lead.hpp"
#include "lead/working_time.hpp"

namespace lead_system {

struct next_step {
  enum class kind {
    ended,          ///< the lead waits for nothing any more
    first_contact,  ///< until its deadline
    contact,        ///< a planned call, e-mail or visit
    test_drive,     ///< an agreed one: its date, and then its result
    missing         ///< nothing is planned: nobody would notice
  };
  kind what = kind::ended;
  time_us due = 0;  ///< 0: ended or missing
  bool operator==(const next_step &) const = default;
};
/// The earliest of what the lead waits for.
next_step next_step_of(const lead &item) noexcept;

/// The deadline of the first contact still runs.
bool awaits_first_contact(const lead &item) noexcept;

/// From when on a step that is due then is due soon; the first contact's is its reminder.
constexpr time_us soon_before = hour_us;

/// In minutes of opening hours: of the first contact from the arrival on, of each further step from its date on.
struct deadline_minutes {
  int reminder = 0, escalation = 0;
  int follow_up_reminder = 0, follow_up_escalation = 0;
};
/// Reminder and escalation of what the lead waits for now; 0: none.
struct notice_times {
  time_us reminder = 0, escalation = 0;
};
notice_times notices_of(const lead &item) noexcept;

/// Reminder and escalation of the first contact, with minutes that run from then on.
void time_first_contact(lead &item, time_us from, const deadline_minutes &minutes, const working_calendar &when);

/// Puts reminder and escalation behind what the lead waits for after its first contact, and forgets what was told of
/// the step `before`. What is missing is missed from `now` on.
void time_next_step(lead &item, const next_step &before, const deadline_minutes &minutes, const working_calendar &when,
                    time_us now);

}  // namespace lead_system
