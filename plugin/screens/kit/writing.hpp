// writing.hpp - dates, spans, numbers and money as the reader's language writes them (plugin/screens/README.md).
#pragma once

#include <string>
#include <string_view>

#include "lead/time.hpp"
#include "screens/kit/words.hpp"

namespace date {
class time_zone;
}

namespace lead_system::screens {

/// Writes for one reader, at one moment, in one time zone. Cheap to make; lives within a request.
class writer {
 public:
  /// `zone` is an IANA name; empty or unknown: Europe/Vienna.
  writer(const language &say, std::string_view zone, time_us now);

  std::string time(time_us at) const;       ///< 10:31
  std::string day(time_us at) const;        ///< heute, gestern, morgen, "Fr., 20.11."; the year outside 12 months
  std::string day_time(time_us at) const;   ///< heute, 10:02
  std::string stamp(time_us at) const;      ///< 23.11., 10:31
  std::string short_day(time_us at) const;  ///< gestern, 23.11.
  std::string date(time_us at) const;       ///< 23.11.2026
  std::string full(time_us at) const;       ///< Mi., 25.11.2026, 16:30
  /// The same for an ISO date ("2020-10-31"); what is none stays as it is.
  std::string iso_date(const std::string &date) const;

  std::string span(time_us length) const;  ///< 20 Min., 1 Std. 42 Min., 4 Std.
  std::string until(time_us at) const;     ///< noch 20 Min., bis morgen, 10:24, bis Mo., 30.11.
  std::string since(time_us at) const;     ///< seit 6 Min., seit gestern, 10:24

  std::string money(std::int64_t cents) const;  ///< € 389,00
  std::string percent(int value) const;         ///< 96 %
  const language &say() const noexcept { return say_; }
  time_us now() const noexcept { return now_; }

  /// Start of the local day that lies `days` away from today.
  time_us start_of_day(int days) const;
  /// "2026-11-23" or "2026-11-23T16:00" in this zone, or ISO 8601 with an offset, as UTC; 0 when it is none.
  /// `end_of_day`: a date alone means the start of the following day.
  time_us parse(std::string_view text, bool end_of_day = false) const;
  std::string input_date(time_us at) const;       ///< 2026-11-23
  std::string input_date_time(time_us at) const;  ///< 2026-11-23T16:00

 private:
  struct parts;
  parts local(time_us at) const;
  std::string pattern(std::string_view pattern, const parts &at) const;

  const language &say_;
  const date::time_zone *zone_;
  time_us now_;
};

/// 2026-11-23T09:31:00Z, for programs.
std::string iso_utc(time_us at);

}  // namespace lead_system::screens
