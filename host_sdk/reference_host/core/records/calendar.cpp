#include "reference_host/core/records/calendar.hpp"

#include <date/date.h>

#include <algorithm>
#include <chrono>

#include "reference_host/core/records/content_lines.hpp"

namespace dms::reference {
namespace {

std::string utc(std::int64_t at_us) {
  return date::format(
      "%Y%m%dT%H%M%SZ",
      date::floor<std::chrono::seconds>(date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(at_us))));
}

void add_event(std::string &file, const calendar_entry &entry) {
  add_line(file, "BEGIN:VEVENT");
  add_text(file, "UID", entry.uid);
  add_line(file, "DTSTAMP:" + utc(entry.written_us));
  add_line(file, "DTSTART:" + utc(entry.from_us));
  add_line(file, "DTEND:" + utc(std::max(entry.from_us, entry.to_us)));
  add_text(file, "SUMMARY", entry.summary);
  add_text(file, "DESCRIPTION", entry.description);
  add_text(file, "LOCATION", entry.location);
  // A URI is no TEXT: nothing is escaped in it.
  if (!entry.url.empty()) add_line(file, "URL:" + entry.url);
  add_line(file, entry.cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
  add_line(file, "END:VEVENT");
}

}  // namespace

std::string to_icalendar(const std::vector<calendar_entry> &entries, const std::string &title) {
  std::string file;
  for (const char *line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Reference DMS//Contacts//EN",
                           "CALSCALE:GREGORIAN", "METHOD:PUBLISH"}) {
    add_line(file, line);
  }
  add_text(file, "X-WR-CALNAME", title);
  for (const auto &entry : entries) add_event(file, entry);
  add_line(file, "END:VCALENDAR");
  return file;
}

}  // namespace dms::reference
