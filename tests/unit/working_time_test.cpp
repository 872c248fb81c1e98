// Minutes that count: opening hours, holidays, and the two nights on which the clock is changed.
#include "lead/working_time.hpp"

#include <date/tz.h>
#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace {

using namespace lead_system;

time_us vienna(int year, unsigned month, unsigned day, int hour, int minute = 0) {
  const auto local = date::local_days{date::year{year} / static_cast<int>(month) / static_cast<int>(day)} +
                     std::chrono::hours{hour} + std::chrono::minutes{minute};
  const auto utc = date::locate_zone("Europe/Vienna")->to_sys(local, date::choose::earliest);
  return std::chrono::duration_cast<std::chrono::microseconds>(utc.time_since_epoch()).count();
}

working_calendar in_vienna() {
  working_calendar when;
  when.region = "AT-9";
  when.holidays = holiday_table::austria();
  return when;
}

TEST(working_time, counts_within_the_opening_hours) {
  const auto when = in_vienna();
  // Wednesday, 22 July 2020
  EXPECT_EQ(add_working_minutes(vienna(2020, 7, 22, 10), 30, when), vienna(2020, 7, 22, 10, 30));
  EXPECT_EQ(add_working_minutes(vienna(2020, 7, 22, 17, 45), 30, when), vienna(2020, 7, 23, 8, 15));
  EXPECT_EQ(add_working_minutes(vienna(2020, 7, 22, 6), 60, when), vienna(2020, 7, 22, 9));
  EXPECT_EQ(add_working_minutes(vienna(2020, 7, 24, 17), 120, when), vienna(2020, 7, 27, 9));
  EXPECT_EQ(add_working_minutes(vienna(2020, 7, 22, 8), 600, when), vienna(2020, 7, 22, 18));
  EXPECT_EQ(add_working_minutes(vienna(2020, 7, 22, 10), 0, when), vienna(2020, 7, 22, 10));
  EXPECT_EQ(add_working_minutes(vienna(2020, 7, 25, 10), 0, when), vienna(2020, 7, 27, 8));
}

TEST(working_time, stands_still_on_holidays) {
  const auto when = in_vienna();
  // Easter 2026: 5 April; Ascension 14 May; Corpus Christi 4 June
  EXPECT_EQ(add_working_minutes(vienna(2026, 4, 3, 17), 120, when), vienna(2026, 4, 7, 9));
  EXPECT_EQ(add_working_minutes(vienna(2026, 5, 13, 17), 120, when), vienna(2026, 5, 15, 9));
  EXPECT_EQ(add_working_minutes(vienna(2026, 6, 3, 17), 120, when), vienna(2026, 6, 5, 9));
  EXPECT_EQ(add_working_minutes(vienna(2026, 10, 23, 17), 120, when), vienna(2026, 10, 27, 9));
  // Leopold is a patron saint's day: business is open
  EXPECT_EQ(add_working_minutes(vienna(2023, 11, 15, 9), 60, when), vienna(2023, 11, 15, 10));
}

TEST(working_time, knows_the_movable_feasts_of_many_years) {
  const auto table = holiday_table::austria();
  struct easter_monday {
    int year, month, day;
  };
  for (const auto &one : {easter_monday{2000, 4, 24}, {2019, 4, 22}, {2024, 4, 1}, {2025, 4, 21}, {2038, 4, 26}}) {
    EXPECT_TRUE(table->closed_on(one.year, one.month, one.day, "")) << one.year;
  }
  EXPECT_FALSE(table->closed_on(2024, 3, 29, "")) << "Good Friday is a working day in Austria";
}

TEST(working_time, keeps_the_hours_of_the_clock_when_it_is_changed) {
  auto when = in_vienna();
  when.hours = {{1, 7, 0, 1440}};
  when.holidays.reset();
  // 29 March 2020 has 23 hours, 25 October 2020 has 25
  EXPECT_EQ(working_minutes_between(vienna(2020, 3, 29, 0), vienna(2020, 3, 30, 0), when), 23 * 60);
  EXPECT_EQ(working_minutes_between(vienna(2020, 10, 25, 0), vienna(2020, 10, 26, 0), when), 25 * 60);
  // and the next morning still begins at eight
  const auto normal = in_vienna();
  EXPECT_EQ(add_working_minutes(vienna(2020, 3, 27, 17, 30), 60, normal), vienna(2020, 3, 30, 8, 30));
  EXPECT_EQ(add_working_minutes(vienna(2020, 10, 23, 17, 30), 60, normal), vienna(2020, 10, 27, 8, 30));
}

TEST(working_time, survives_calendars_that_make_no_sense) {
  working_calendar broken;
  broken.time_zone = "Atlantis/Nowhere";
  broken.hours = {{0, 9, -5, 99999}, {5, 1, 600, 500}};
  EXPECT_EQ(add_working_minutes(vienna(2020, 7, 22, 10), 30, broken), vienna(2020, 7, 22, 10, 30));
  broken.hours = {{1, 5, 480, 720}, {1, 5, 700, 800}, {3, 3, 480, 481}};
  EXPECT_EQ(working_minutes_between(vienna(2020, 7, 22, 0), vienna(2020, 7, 23, 0), broken), 320);
  EXPECT_GT(add_working_minutes(0, std::numeric_limits<std::int64_t>::max(), broken), 0);
  EXPECT_EQ(working_minutes_between(100, 50, broken), 0);
}

TEST(working_time, adding_and_counting_agree) {
  std::mt19937_64 random(3);
  const auto when = in_vienna();
  for (int round = 0; round < 500; ++round) {
    const auto from = vienna(2020, 1, 1, 0) + static_cast<time_us>(random() % (366ULL * 24 * 60)) * minute_us;
    const auto minutes = static_cast<std::int64_t>(random() % 3000 + 1);
    EXPECT_EQ(working_minutes_between(from, add_working_minutes(from, minutes, when), when), minutes);
  }
}

TEST(holidays, say_what_is_wrong_with_a_file) {
  EXPECT_THROW(holiday_table::parse("holidays { x { date \"13-40\" } }"), std::runtime_error);
  EXPECT_THROW(holiday_table::parse("holidays { x { name y } }"), std::runtime_error);
  EXPECT_THROW(holiday_table::parse("holidays {"), std::runtime_error);
}

}  // namespace
