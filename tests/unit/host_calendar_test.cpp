// Appointments as iCalendar files (RFC 5545): what other calendars read.
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "reference_host/core/records/calendar.hpp"

namespace {

using dms::reference::calendar_entry;

std::vector<std::string> lines_of(const std::string &file) {
  std::vector<std::string> result;
  for (std::size_t at = 0; at < file.size();) {
    const auto end = file.find("\r\n", at);
    EXPECT_NE(end, std::string::npos) << "a line without its end";
    if (end == std::string::npos) break;
    result.push_back(file.substr(at, end - at));
    at = end + 2;
  }
  return result;
}

/// Folded lines put together again, as a reader does.
std::string value_of(const std::string &file, const std::string &name) {
  std::string whole;
  bool taken = false;
  for (const auto &line : lines_of(file)) {
    if (line.starts_with(name + ":")) {
      whole = line.substr(name.size() + 1);
      taken = true;
    } else if (taken && line.starts_with(' ')) {
      whole += line.substr(1);
    } else {
      taken = false;
    }
  }
  return whole;
}

calendar_entry test_drive() {
  calendar_entry entry;
  entry.uid = "contact-77@0123456789abcdef";
  entry.from_us = 1'795'620'600'000'000;  // Wednesday 2026-11-25 15:30 UTC: 16:30 in Vienna
  entry.to_us = entry.from_us + 3'600'000'000;
  entry.written_us = 1'795'600'000'000'000;
  entry.summary = "Probefahrt: Johanna Leitgeb";
  return entry;
}

TEST(calendar, has_what_every_calendar_asks_for) {
  const auto file = dms::reference::to_icalendar({test_drive()});
  EXPECT_TRUE(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
  EXPECT_TRUE(file.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
  EXPECT_EQ(value_of(file, "UID"), "contact-77@0123456789abcdef");
  EXPECT_EQ(value_of(file, "DTSTART"), "20261125T153000Z");
  EXPECT_EQ(value_of(file, "DTEND"), "20261125T163000Z");
  EXPECT_EQ(value_of(file, "SUMMARY"), "Probefahrt: Johanna Leitgeb");
  EXPECT_EQ(value_of(file, "STATUS"), "CONFIRMED");
  EXPECT_EQ(file.find("LOCATION"), std::string::npos) << "what is not known is left out";
}

TEST(calendar, text_of_people_stays_text) {
  auto entry = test_drive();
  entry.summary = "Huber; Anna, \\ \"Qashqai\"";
  entry.description =
      "erste Zeile\r\nEND:VEVENT\nBEGIN:VALARM\rX:\x01\x7F"
      "Y";
  const auto file = dms::reference::to_icalendar({entry});
  EXPECT_EQ(value_of(file, "SUMMARY"), "Huber\\; Anna\\, \\\\ \"Qashqai\"");
  EXPECT_EQ(value_of(file, "DESCRIPTION"), "erste Zeile\\nEND:VEVENT\\nBEGIN:VALARM\\nX:Y");
  for (const auto &line : lines_of(file)) EXPECT_FALSE(line.starts_with("BEGIN:VALARM")) << line;
}

TEST(calendar, long_lines_are_folded_between_characters) {
  auto entry = test_drive();
  for (int number = 0; number < 60; ++number) entry.description += "Größe äöü € 😀 ";
  const auto file = dms::reference::to_icalendar({entry});
  std::string last;
  for (const auto &line : lines_of(file)) {
    EXPECT_LE(line.size(), 75U);
    // No line begins within a character.
    const auto first = line.size() > 1 && line.front() == ' ' ? line[1] : line.front();
    EXPECT_NE(static_cast<unsigned char>(first) & 0xC0U, 0x80U) << line;
  }
  EXPECT_EQ(value_of(file, "DESCRIPTION"), entry.description);
}

TEST(calendar, bytes_that_are_no_text_end_all_the_same) {
  auto entry = test_drive();
  entry.description = std::string(500, '\x80');
  EXPECT_EQ(value_of(dms::reference::to_icalendar({entry}), "DESCRIPTION"), entry.description);
}

TEST(calendar, an_appointment_that_is_no_more_says_so) {
  auto entry = test_drive();
  entry.cancelled = true;
  entry.to_us = entry.from_us - 1;
  const auto file = dms::reference::to_icalendar({entry});
  EXPECT_EQ(value_of(file, "STATUS"), "CANCELLED");
  EXPECT_EQ(value_of(file, "DTEND"), value_of(file, "DTSTART")) << "never before it begins";
}

}  // namespace
