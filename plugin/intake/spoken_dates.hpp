// spoken_dates.hpp - a day and a time among the words of a person.
#pragma once

#include <string_view>

namespace lead_system::intake {

struct spoken_date {
  int year = 0;  ///< 0: not said
  int month = 0, day = 0;
  int hour = -1;  ///< -1: not said
  int minute = 0;
  bool alone = true;  ///< nothing else was said
};

/// German and English: "Do, 24.12.2026 10:00 Uhr", "24. Dezember", "Dec 24th, 2026 at 3 pm", "24.12. vormittags". Of
/// "12/24/2026" the month is first where `month_first` is. Month and day are 0 where there is no day.
spoken_date read_spoken_date(std::string_view text, bool month_first);

}  // namespace lead_system::intake
