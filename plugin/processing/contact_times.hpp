// contact_times.hpp - when a contact can sensibly be made: never in the moment in which it is planned, and only while
// the location is open. Pure.
#pragma once

#include "lead/working_time.hpp"

namespace lead_system::processing {

/// What is due sooner than that is due at once, and red before anybody has read it.
constexpr time_us shortest_notice = 10 * minute_us;
constexpr std::int64_t first_contact_minutes = 60;  ///< opening hours, where no deadline lies ahead

/// The first contact: with the lead's reminder, else with its escalation, as far as they lie ahead; else within the
/// next opening hour.
inline time_us first_contact_due(time_us reminder_at, time_us escalation_at, time_us now,
                                 const working_calendar &when) {
  for (const auto at : {reminder_at, escalation_at}) {
    if (at >= now + shortest_notice) return at;
  }
  return add_working_minutes(now, first_contact_minutes, when);
}

}  // namespace lead_system::processing
