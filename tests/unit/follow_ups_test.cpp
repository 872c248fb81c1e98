// What was promised to people, and what of it was kept: by the end of its day, whatever was done.
#include "evaluation/follow_ups.hpp"

#include <gtest/gtest.h>

using namespace lead_system;
using evaluation::follow_ups;

namespace {

constexpr time_us noon = 1'595'419'200 * second_us;  // Wednesday 2020-07-22 12:00 UTC, 14 o'clock in Vienna
using steps = std::vector<store::follow_up_step>;

follow_ups of(const steps &all, time_us now) {
  const auto found = evaluation::follow_ups_of(all, evaluation::calendar({}, now));
  return found.empty() ? follow_ups{} : found.begin()->second;
}
store::follow_up_step done(std::int64_t lead, time_us at) {
  return {lead, "test_drive", "wien", at, 0};
}
store::follow_up_step planned(std::int64_t lead, time_us at, time_us due) {
  return {lead, "test_drive", "wien", at, due};
}

TEST(follow_ups, are_kept_where_something_is_done_by_the_end_of_their_day) {
  const auto due = noon + day_us, evening = due + 9 * hour_us;  // 23 o'clock
  EXPECT_EQ(of({planned(1, noon, due), done(1, due - hour_us)}, due + 3 * day_us), (follow_ups{1, 1}));
  EXPECT_EQ(of({planned(1, noon, due), done(1, evening)}, due + 3 * day_us), (follow_ups{1, 1}));
  EXPECT_EQ(of({planned(1, noon, due), done(1, evening + 2 * hour_us)}, due + 3 * day_us), (follow_ups{1, 0}));
  // and: another date in time keeps the first one, and is one itself
  EXPECT_EQ(of({planned(1, noon, due), planned(1, due - hour_us, due + day_us)}, due + 3 * day_us), (follow_ups{2, 1}));
}

TEST(follow_ups, whose_day_is_not_over_do_not_count_before_something_is_done) {
  const auto due = noon + day_us;
  EXPECT_EQ(of({planned(1, noon, due)}, due + hour_us), (follow_ups{}));
  EXPECT_EQ(of({planned(1, noon, due), done(1, due - hour_us)}, due), (follow_ups{1, 1}));
  EXPECT_EQ(of({planned(1, noon, due)}, due + day_us), (follow_ups{1, 0}));
}

TEST(follow_ups, what_is_written_with_them_or_of_another_lead_keeps_nothing) {
  const auto due = noon + day_us;
  // The result of one contact and the next one are written together.
  EXPECT_EQ(of({planned(1, noon, due), done(1, noon), done(2, noon + hour_us)}, due + 3 * day_us), (follow_ups{1, 0}));
  EXPECT_EQ(of({}, noon), (follow_ups{}));
}

TEST(follow_ups, what_the_prospect_writes_is_nothing_that_somebody_did) {
  const auto due = noon + day_us, then = due + 3 * day_us;
  auto by_itself = planned(1, due - hour_us, due);
  by_itself.by_hand = false;
  EXPECT_EQ(of({planned(1, noon, due), by_itself}, then), (follow_ups{2, 0}));
  // and: whoever answers that in time has kept both
  EXPECT_EQ(of({planned(1, noon, due), by_itself, done(1, due)}, then), (follow_ups{2, 2}));
}

TEST(follow_ups, are_by_type_and_location) {
  const auto due = noon + day_us;
  const auto found = evaluation::follow_ups_of(
      steps{planned(1, noon, due), {2, "quote_request", "graz", noon, due}, {2, "quote_request", "graz", due, 0}},
      evaluation::calendar({}, due + 2 * day_us));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found.at({"test_drive", "wien"}), (follow_ups{1, 0}));
  EXPECT_EQ(found.at({"quote_request", "graz"}), (follow_ups{1, 1}));
}

}  // namespace
