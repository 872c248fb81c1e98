// Dates, spans, numbers and money as people write them.
#include <gtest/gtest.h>

#include "screens/kit/writing.hpp"

using namespace lead_system;
using namespace lead_system::screens;

namespace {

const std::string space = "\u00a0";  // no-break space

/// Monday 2026-11-23, 10:42 in Vienna (09:42 UTC).
constexpr time_us now = 1'795'426'920 * second_us;
constexpr time_us minutes(std::int64_t count) {
  return count * minute_us;
}

const words &texts() {
  static const words all;
  return all;
}
writer german(std::string_view zone = {}) {
  return {texts().in("de-AT"), zone, now};
}
writer english() {
  return {texts().in("en"), {}, now};
}

struct case_row {
  const char *given;
  std::string written;
  std::string expected;
};

}  // namespace

TEST(writing, times_and_days_as_austrians_write_them) {
  const auto write = german();
  const case_row rows[] = {
      {"a time of today", write.time(now), "10:42"},
      {"today", write.day(now), "heute"},
      {"an hour after midnight", write.day(now - minutes(9 * 60)), "heute"},
      {"yesterday", write.day(now - day_us), "gestern"},
      {"tomorrow", write.day(now + day_us), "morgen"},
      {"last Friday", write.day(now - 3 * day_us), "Fr., 20.11."},
      {"more than a year ago", write.day(now - 400 * day_us), "So., 19.10.2025"},
      {"a moment of today", write.day_time(now - minutes(40)), "heute, 10:02"},
      {"a stamp", write.stamp(now), "23.11., 10:42"},
      {"a date", write.date(now), "23.11.2026"},
      {"a whole moment", write.full(now + 2 * day_us), "Mi., 25.11.2026, 10:42"},
      {"an ISO date", write.iso_date("2027-02-28"), "28.02.2027"},
      {"what is no ISO date", write.iso_date("soon"), "soon"},
      {"an impossible date", write.iso_date("2027-02-31"), "2027-02-31"},
  };
  for (const auto &[given, written, expected] : rows) EXPECT_EQ(written, expected) << "given " << given;
}

TEST(writing, deadlines_say_how_long_or_until_when) {
  const auto write = german();
  const case_row rows[] = {
      {"under an hour left", write.until(now + minutes(20)), "noch 20" + space + "Min."},
      {"under two hours left", write.until(now + minutes(102)), "noch 1" + space + "Std. 42" + space + "Min."},
      {"the same day", write.until(now + minutes(4 * 60 + 10)), "noch 4" + space + "Std."},
      {"the next day", write.until(now + day_us - minutes(18)), "bis morgen, 10:24"},
      {"later", write.until(now + 7 * day_us), "bis Mo., 30.11."},
      {"a few minutes over", write.since(now - minutes(6)), "seit 6" + space + "Min."},
      {"over since yesterday", write.since(now - day_us), "seit gestern, 10:42"},
      {"over since last week", write.since(now - 3 * day_us), "seit 20.11., 10:42"},
  };
  for (const auto &[given, written, expected] : rows) EXPECT_EQ(written, expected) << "given " << given;
}

TEST(writing, numbers_and_money_follow_the_language) {
  const case_row rows[] = {
      {"a thousand in German", texts().in("de-AT").number(1284), "1" + space + "284"},
      {"a thousand in English", texts().in("en").number(1284), "1,284"},
      {"a million", texts().in("de").number(1'000'000), "1" + space + "000" + space + "000"},
      {"a small number", texts().in("de").number(999), "999"},
      {"less than nothing", texts().in("en").number(-1284), "-1,284"},
      {"a rate", german().money(38'900), "€" + space + "389,00"},
      {"a residual value", german().money(1'234'506), "€" + space + "12" + space + "345,06"},
      {"money in English", english().money(38'905), "€389.05"},
      {"a percentage", german().percent(96), "96" + space + "%"},
      {"a percentage in English", english().percent(96), "96%"},
  };
  for (const auto &[given, written, expected] : rows) EXPECT_EQ(written, expected) << "given " << given;
}

TEST(writing, english_has_its_own_forms) {
  const auto write = english();
  EXPECT_EQ(write.day(now), "today");
  EXPECT_EQ(write.day(now - 3 * day_us), "Fri, 20 Nov");
  EXPECT_EQ(write.full(now), "Mon, 23 Nov 2026, 10:42");
  EXPECT_EQ(write.until(now + minutes(20)), "20 min left");
  EXPECT_EQ(write.until(now + day_us), "until tomorrow, 10:42");
}

TEST(writing, a_location_has_its_own_zone) {
  EXPECT_EQ(german("Europe/London").time(now), "09:42");
  EXPECT_EQ(german("no/where").time(now), "10:42") << "an unknown zone is Vienna";
}

TEST(writing, dates_from_forms_become_utc) {
  const auto write = german();
  struct row {
    const char *given;
    time_us expected;
  };
  const row rows[] = {
      {"2026-11-23T10:42", now},
      {"2026-11-23 10:42", now},
      {"2026-11-23T09:42:00Z", now},
      {"2026-11-23T10:42:00+01:00", now},
      {"2026-11-23T09:42:00.123456Z", now},
      {"2026-11-23", now - minutes(10 * 60 + 42)},
      {"2026-02-30", 0},
      {"23.11.2026", 0},
      {"2026-11-23T25:00", 0},
      {"", 0},
      {"2026-11-23T10:42:00+", 0},
      {"rubbish and more", 0},
  };
  for (const auto &[given, expected] : rows) EXPECT_EQ(write.parse(given), expected) << "given " << given;
  EXPECT_EQ(write.parse("2026-11-23", true), write.parse("2026-11-24")) << "the end of a day is the start of the next";
  EXPECT_EQ(write.start_of_day(0), write.parse("2026-11-23"));
  EXPECT_EQ(write.input_date_time(now), "2026-11-23T10:42");
}

TEST(writing, programs_read_iso_8601_in_utc) {
  EXPECT_EQ(iso_utc(now), "2026-11-23T09:42:00Z");
  EXPECT_EQ(iso_utc(0), "1970-01-01T00:00:00Z");
}

TEST(words, arguments_are_put_in_once_and_as_they_are) {
  const auto &say = texts().in("en");
  EXPECT_EQ(say("{1} of {2}", "{2}", "7"), "{2} of 7") << "braces of a person's text are no places";
  EXPECT_EQ(say("{1} of {2}", "only one"), "only one of {2}");
  EXPECT_EQ(say("No such key, but {3"), "No such key, but {3");
  EXPECT_EQ(say(""), "");
}

TEST(words, counts_choose_the_form) {
  EXPECT_EQ(texts().in("de").count("{1} open lead", "{1} open leads", 1), "1 offener Lead");
  EXPECT_EQ(texts().in("de").count("{1} open lead", "{1} open leads", 1284), "1" + space + "284 offene Leads");
  EXPECT_EQ(texts().in("en").count("{1} open lead", "{1} open leads", 1), "1 open lead");
  EXPECT_EQ(texts().in("en").count("{1} open lead", "{1} open leads", 0), "0 open leads");
}

TEST(words, a_language_is_chosen_by_its_first_letters) {
  EXPECT_EQ(texts().in("de-AT")("Overdue"), "Überfällig");
  EXPECT_EQ(texts().in("de")("Overdue"), "Überfällig");
  EXPECT_EQ(texts().in("fr")("Overdue"), "Overdue");
  EXPECT_EQ(texts().in("")("Overdue"), "Overdue");
  EXPECT_EQ(texts().in("de").language_name("de"), "Deutsch");
}
