// What an open lead waits for next, and when people are told of it (plugin/README.md "Next step").
#include <gtest/gtest.h>

#include "lead/next_step.hpp"
#include "processing/contact_times.hpp"

namespace {

using namespace lead_system;
using kind = next_step::kind;

constexpr time_us wednesday_noon = 1'595'419'200 * second_us;  // 2020-07-22 14:00 in Vienna

lead contacted() {
  lead item;
  item.state = lead_state::in_progress;
  item.assignee = "verkauf1";
  item.created_at = wednesday_noon - day_us;
  item.escalation_at = wednesday_noon - hour_us;
  item.first_contact_at = wednesday_noon - 2 * hour_us;
  return item;
}

TEST(next_step, the_first_contact_is_awaited_until_it_was_made_or_the_lead_ended) {
  // given
  lead item;
  item.reminder_at = 100;
  item.escalation_at = 200;
  // then
  EXPECT_EQ(next_step_of(item), (next_step{kind::first_contact, 200}));
  EXPECT_EQ(deadline_of(item, 99), deadline::on_time);
  EXPECT_EQ(deadline_of(item, 100), deadline::soon);
  EXPECT_EQ(deadline_of(item, 200), deadline::overdue);
  // when: it was made, and nothing else is planned
  item.first_contact_at = 150;
  EXPECT_EQ(deadline_of(item, 300), deadline::none);
  // and: it ended without
  item.first_contact_at = 0;
  item.state = lead_state::closed;
  EXPECT_EQ(next_step_of(item), next_step{});
  EXPECT_EQ(deadline_of(item, 300), deadline::kept);
}

TEST(next_step, is_the_earliest_of_what_is_to_be_done) {
  // given: a call is planned after the deadline of the first contact
  lead item;
  item.escalation_at = 10 * hour_us;
  item.next_at = 11 * hour_us;
  item.next_kind = "phone";
  EXPECT_EQ(next_step_of(item), (next_step{kind::first_contact, 10 * hour_us}));
  // and: before it
  item.next_at = 9 * hour_us;
  EXPECT_EQ(next_step_of(item), (next_step{kind::contact, 9 * hour_us}));
  // and: the entry of the first contact itself, which has the same date
  item.next_at = 10 * hour_us;
  EXPECT_EQ(next_step_of(item).what, kind::first_contact);
}

TEST(next_step, an_agreed_drive_waits_for_its_result_whatever_becomes_of_its_entry) {
  // given
  auto item = contacted();
  item.state = lead_state::appointment;
  item.agreed_at = wednesday_noon + day_us;
  item.next_at = item.agreed_at;
  item.next_kind = "test_drive";
  EXPECT_EQ(next_step_of(item), (next_step{kind::test_drive, item.agreed_at}));
  EXPECT_EQ(deadline_of(item, item.agreed_at - 2 * hour_us), deadline::on_time);
  EXPECT_EQ(deadline_of(item, item.agreed_at - hour_us), deadline::soon);
  // when: the entry is gone and the day has passed
  item.next_at = 0;
  EXPECT_EQ(deadline_of(item, item.agreed_at + hour_us), deadline::overdue);
  // and: it took place, and nothing is planned after it
  item.state = lead_state::test_drive_done;
  EXPECT_EQ(next_step_of(item).what, kind::missing);
}

TEST(next_step, people_are_told_in_opening_hours_after_it_was_due) {
  // given: due on Friday at 17 o'clock, reminder after one hour, escalation after two
  auto item = contacted();
  const auto before = next_step_of(item);
  const auto friday = wednesday_noon + 2 * day_us + 3 * hour_us;
  item.next_at = friday;
  item.notified = 2;
  // when
  time_next_step(item, before, {0, 0, 60, 120}, {}, wednesday_noon);
  // then: on Friday evening, and on Monday morning
  EXPECT_EQ(notices_of(item).reminder, friday + hour_us);
  EXPECT_EQ(notices_of(item).escalation, friday + 3 * day_us - 8 * hour_us);
  EXPECT_EQ(item.notified, 0);
  // and: what is missing is missed from now on, and once
  const auto planned = next_step_of(item);
  item.next_at = 0;
  time_next_step(item, planned, {0, 0, 60, 120}, {}, wednesday_noon);
  EXPECT_EQ(notices_of(item).reminder, wednesday_noon + hour_us);
  item.notified = 1;
  time_next_step(item, next_step_of(item), {0, 0, 60, 120}, {}, wednesday_noon + hour_us);
  EXPECT_EQ(notices_of(item).reminder, wednesday_noon + hour_us);
  EXPECT_EQ(item.notified, 1);
  // and: nobody is told of what has ended
  item.state = lead_state::won;
  time_next_step(item, next_step_of(item), {0, 0, 60, 120}, {}, wednesday_noon);
  EXPECT_EQ(notices_of(item).escalation, 0);
}

TEST(next_step, the_usual_times_lie_in_opening_hours_on_a_full_quarter) {
  using processing::usual_due;
  // given: 14:07 on a Wednesday
  const auto now = wednesday_noon + 7 * minute_us;
  EXPECT_EQ(usual_due("hours", now, {}), wednesday_noon + 2 * hour_us + 15 * minute_us);
  EXPECT_EQ(usual_due("tomorrow", now, {}), wednesday_noon + day_us + 15 * minute_us);
  EXPECT_EQ(usual_due("week", now, {}), wednesday_noon + 7 * day_us + 15 * minute_us);
  // and: at 17:30, two hours later is the next morning
  const auto late = wednesday_noon + 3 * hour_us + 30 * minute_us;
  EXPECT_EQ(usual_due("hours", late, {}), wednesday_noon + 19 * hour_us + 30 * minute_us);
  // and: tomorrow of a Friday is Monday
  EXPECT_EQ(usual_due("tomorrow", wednesday_noon + 2 * day_us, {}), wednesday_noon + 5 * day_us - 6 * hour_us);
  EXPECT_FALSE(usual_due("someday", now, {}));
}

}  // namespace
