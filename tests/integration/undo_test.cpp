// What was done by mistake is taken back with one press within a minute: all of it, and nothing of anybody else's. On
// both databases, with the reference host's real services.
#include <algorithm>

#include "integration/history.hpp"
#include "processing/deadline_watch.hpp"

namespace {

using namespace dealership;
using processing::verdict;

class undo_test : public with_history {
 protected:
  processing::actor seller(time_us when = noon) {
    auto who = salesperson("verkauf1");
    who.now = when;
    who.undo_us = processing::lead_desk::undo_span;
    return who;
  }
  std::int64_t assigned_lead(const std::string &external_id) {
    const auto id = add_lead(external_id);
    EXPECT_EQ(desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1").result, verdict::done);
    return id;
  }
  processing::outcome result(std::int64_t id, const std::string &came, time_us next = 0, time_us when = noon) {
    return desk_->contact_result(seller(when), call("verkauf1")->view(), id, now(id).version, came, "", {next});
  }
  processing::outcome undo(std::int64_t id, time_us when = noon + second_us) {
    return desk_->undo(seller(when), call("verkauf1")->view(), id, now(id).version);
  }
};
INSTANTIATE_TEST_SUITE_P(databases, undo_test, databases::all(), databases::name);

TEST_P(undo_test, one_press_that_was_two_steps_is_taken_back_as_one) {
  // given: "not reached", and with it the end
  const auto id = assigned_lead("1-A");
  const auto before = now(id);
  const auto came = result(id, "tried");
  ASSERT_EQ(came.result, verdict::done);
  ASSERT_EQ(desk_->close(seller(), call("verkauf1")->view(), id, came.version, {}, "not_reached", {}).result,
            verdict::done);
  // when
  ASSERT_EQ(undo(id).result, verdict::done);
  // then
  EXPECT_EQ(now(id).state, before.state);
  EXPECT_EQ(now(id).contact, before.contact);
  EXPECT_EQ(now(id).first_contact_at, before.first_contact_at);
  EXPECT_EQ(next_step_of(now(id)), next_step_of(before));
}

TEST_P(undo_test, what_a_colleague_did_since_stays) {
  // given
  const auto id = assigned_lead("1-A");
  ASSERT_EQ(result(id, "reached", noon + day_us).result, verdict::done);
  auto colleague = manager();
  colleague.now = noon + second_us;
  ASSERT_EQ(
      desk_->contact(colleague, call("leitung")->view(), id, now(id).version, noon + 2 * day_us, "phone", "").result,
      verdict::done);
  const auto before = now(id);
  // when: he knows the version of now
  EXPECT_EQ(undo(id, noon + 2 * second_us).result, verdict::conflict);
  // then
  EXPECT_EQ(now(id).version, before.version);
  EXPECT_EQ(now(id).contact, contact_result::reached);
}

TEST_P(undo_test, what_was_told_of_an_overdue_step_is_not_told_again) {
  // given: the next contact is overdue, and everybody was told
  const auto id = assigned_lead("1-A");
  ASSERT_EQ(result(id, "reached", noon + day_us).result, verdict::done);
  open().write([&](store::transaction &inside) {
    auto item = *inside.find_lead(id);
    item.notified = 2;
    ASSERT_TRUE(inside.update_lead(item));
  });
  const auto before = now(id);
  // when
  ASSERT_EQ(result(id, "tried", noon + 7 * day_us, noon + minute_us).result, verdict::done);
  ASSERT_EQ(now(id).notified, 0);
  ASSERT_EQ(undo(id, noon + minute_us + second_us).result, verdict::done);
  // then
  EXPECT_EQ(now(id).notified, 2);
  EXPECT_EQ(now(id).next_reminder_at, before.next_reminder_at);
  EXPECT_EQ(now(id).next_escalation_at, before.next_escalation_at);
  EXPECT_EQ(next_step_of(now(id)), next_step_of(before));
}

TEST_P(undo_test, the_manufacturer_hears_of_a_step_after_the_minute_in_which_it_may_be_taken_back) {
  // given
  const auto id = assigned_lead("1-A");
  // when
  ASSERT_EQ(desk_->progress(seller(), call("verkauf1")->view(), id, now(id).version, "in_progress").result,
            verdict::done);
  // then
  const auto told = open().feedback_of(id);
  const auto newest =
      std::max_element(told.begin(), told.end(), [](const auto &one, const auto &other) { return one.id < other.id; });
  ASSERT_NE(newest, told.end());
  EXPECT_EQ(newest->status, store::feedback_status::waiting);
  EXPECT_EQ(newest->next_attempt_at, noon + processing::lead_desk::undo_span);
  // when
  ASSERT_EQ(undo(id).result, verdict::done);
  // then: he need not hear of it at all
  for (const auto &one : open().feedback_of(id)) {
    if (one.id == newest->id) EXPECT_EQ(one.status, store::feedback_status::given_up);
    EXPECT_LE(one.id, newest->id);
  }
}

}  // namespace
