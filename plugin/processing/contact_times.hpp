// contact_times.hpp - when a contact can sensibly be made: never in the moment in which it is planned, and only while
// the location is open. Pure.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "lead/next_step.hpp"

namespace lead_system::processing {

constexpr std::int64_t next_contact_minutes = 60;  ///< opening hours, where no deadline runs

/// The contact that an assignment asks for: the first one with its deadline, so that it is overdue in myKontakte
/// exactly when the lead is; a later one within the next opening hour.
inline time_us assigned_contact_due(const lead &item, time_us now, const working_calendar &when) {
  if (awaits_first_contact(item)) return item.escalation_at;
  return add_working_minutes(now, next_contact_minutes, when);
}

/// The usual times of a next contact, one press each.
struct usual_time {
  std::string_view key, title;  ///< title: English, a gettext key
};
inline constexpr std::array usual_times{usual_time{"hours", "Again in 2 hours"}, usual_time{"tomorrow", "Tomorrow"},
                                        usual_time{"week", "In a week"}};

/// Their moment, on a full quarter of an hour within opening hours; nothing for another key.
inline std::optional<time_us> usual_due(std::string_view key, time_us now, const working_calendar &when) {
  constexpr time_us quarter = 15 * minute_us;
  const auto rounded = (now + quarter - 1) / quarter * quarter;
  if (key == "hours") return add_working_minutes(rounded, 120, when);
  if (key == "tomorrow") return add_working_minutes(rounded + day_us, 0, when);
  if (key == "week") return add_working_minutes(rounded + 7 * day_us, 0, when);
  return std::nullopt;
}

}  // namespace lead_system::processing
