// The periods of the evaluation: local days, comparisons, parts.
#include "evaluation/calendar.hpp"

#include <gtest/gtest.h>

namespace {

using namespace lead_system;
using evaluation::calendar, evaluation::day_span, evaluation::interval;

int day(const char *iso) {
  return calendar::parse(iso).value();
}
std::string written(const day_span &span) {
  return calendar::iso(span.from) + " " + calendar::iso(span.to);
}
/// Monday, 23 November 2026, 10:31 in Vienna.
calendar monday() {
  return {"Europe/Vienna", 1'795'426'260 * second_us};
}

TEST(evaluation_calendar, knows_the_local_day) {
  EXPECT_EQ(calendar::iso(monday().today()), "2026-11-23");
  // 23:30 UTC is the next day in Vienna.
  EXPECT_EQ(calendar::iso(monday().day_of(1'795'476'600 * second_us)), "2026-11-24");
  EXPECT_EQ(monday().moment(day("2026-11-23")), 1'795'388'400 * second_us);
  EXPECT_EQ(monday().moment(day("2026-07-01")) % day_us, 22 * hour_us) << "summer time";
}

TEST(evaluation_calendar, offers_periods_up_to_today) {
  EXPECT_EQ(written(*monday().period("weeks12")), "2026-09-07 2026-11-24");
  EXPECT_EQ(written(*monday().period("this_week")), "2026-11-23 2026-11-24");
  EXPECT_EQ(written(*monday().period("this_month")), "2026-11-01 2026-11-24");
  EXPECT_EQ(written(*monday().period("last_month")), "2026-10-01 2026-11-01");
  EXPECT_EQ(written(*monday().period("quarter")), "2026-10-01 2026-11-24");
  EXPECT_EQ(written(*monday().period("last_quarter")), "2026-07-01 2026-10-01");
  EXPECT_EQ(written(*monday().period("this_year")), "2026-01-01 2026-11-24");
  EXPECT_EQ(written(*monday().period("last_year")), "2025-01-01 2026-01-01");
  EXPECT_FALSE(monday().period("range"));
}

TEST(evaluation_calendar, compares_with_the_period_before_or_the_year_before) {
  const auto before = [](const char *name) { return *calendar::compared("previous", name, *monday().period(name)); };
  EXPECT_EQ(written(before("weeks12")), "2026-06-15 2026-09-01");
  EXPECT_EQ(written(before("this_month")), "2026-10-01 2026-10-24");
  EXPECT_EQ(written(before("last_month")), "2026-09-01 2026-10-01");
  EXPECT_EQ(written(before("last_quarter")), "2026-04-01 2026-07-01");
  EXPECT_EQ(written(before("last_year")), "2024-01-01 2025-01-01");
  const day_span range{day("2026-03-01"), day("2026-03-11")};
  EXPECT_EQ(written(*calendar::compared("previous", "range", range)), "2026-02-19 2026-03-01");
  const day_span leap{day("2024-02-29"), day("2024-03-01")};
  EXPECT_EQ(written(*calendar::compared("year", "range", leap)), "2023-02-28 2023-03-01");
  EXPECT_FALSE(calendar::compared("none", "range", range));
}

TEST(evaluation_calendar, cuts_periods_at_mondays_and_first_days) {
  const day_span span{day("2026-10-28"), day("2026-11-11")};
  const auto weeks = calendar::parts(span, interval::week);
  EXPECT_EQ(weeks, (std::vector{day("2026-10-28"), day("2026-11-02"), day("2026-11-09"), day("2026-11-11")}));
  EXPECT_EQ(calendar::parts(span, interval::month),
            (std::vector{day("2026-10-28"), day("2026-11-01"), day("2026-11-11")}));
  EXPECT_EQ(calendar::parts(span, interval::day).size(), 15U);
  EXPECT_EQ(calendar::parts({day("2025-12-31"), day("2026-01-02")}, interval::year).size(), 3U);
  EXPECT_EQ(calendar::iso_week_of(day("2026-11-23")), 48);
  EXPECT_EQ(calendar::iso_week_of(day("2027-01-01")), 53);
  EXPECT_FALSE(calendar::fits(interval::day, {0, 365}));
  EXPECT_TRUE(calendar::fits(interval::week, {0, 365}));
}

TEST(evaluation_calendar, refuses_what_is_no_date) {
  for (const auto *text : {"", "2026-13-01", "2026-02-30", "26-01-01", "2026-1-1", "2026-01-01x", "1900-01-01"}) {
    EXPECT_FALSE(calendar::parse(text)) << text;
  }
}

}  // namespace
