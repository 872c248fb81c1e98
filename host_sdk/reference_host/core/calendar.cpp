#include "reference_host/core/calendar.hpp"

#include <date/date.h>

#include <algorithm>
#include <chrono>
#include <string_view>

namespace dms::reference {
namespace {

constexpr std::size_t longest_line = 75;  // octets, RFC 5545 section 3.1

std::string utc(std::int64_t at_us) {
  return date::format(
      "%Y%m%dT%H%M%SZ",
      date::floor<std::chrono::seconds>(date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(at_us))));
}

/// Section 3.3.11; other control characters have no place in a TEXT.
std::string escaped(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\r') {
      if (text.substr(at + 1, 1) != "\n") result += "\\n";
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) >= ' ' && c != 0x7F) {
      result += c;
    }
  }
  return result;
}

void add_line(std::string &file, std::string line) {
  bool first = true;
  while (true) {
    const auto room = longest_line - (first ? 0 : 1);
    const auto within = [&](std::size_t at) {
      return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U;
    };
    const auto most = std::min(room, line.size());
    auto end = most;
    while (end > 0 && most - end < 3 && within(end)) --end;
    if (end == 0 || within(end)) end = most;  // bytes that are no UTF-8
    file += (first ? "" : " ") + line.substr(0, end) + "\r\n";
    line.erase(0, end);
    if (line.empty()) return;
    first = false;
  }
}

void add_text(std::string &file, const char *name, const std::string &value) {
  if (!value.empty()) add_line(file, name + (":" + escaped(value)));
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
