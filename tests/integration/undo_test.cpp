// What a person has just done can be taken back for a minute: lead, myKontakte and the manufacturer are as before. On
// both databases, with the reference host's real services.
#include <algorithm>

#include "integration/dealership.hpp"

namespace {

using namespace dealership;
using processing::verdict;

class undo_test : public with_desks {
 protected:
  static processing::actor at_the_screen(processing::actor who, time_us when = noon) {
    who.now = when;
    who.undo_us = processing::lead_desk::undo_span;
    return who;
  }
  processing::outcome undo(std::int64_t id, const std::string &user, time_us when = noon + 30 * second_us) {
    host_->clock().set(when);
    return desk_->undo(at_the_screen(salesperson(user), when), call(user)->view(), id, now(id).version);
  }
  std::vector<dms::reference::contact> planned(std::int64_t id) {
    auto all = host_->data().contacts.with_reference("lead:" + std::to_string(id));
    std::erase_if(all, [](const auto &one) { return one.done_us != 0; });
    return all;
  }
  std::vector<store::feedback_message> due(time_us when) {
    return open().lease_feedback("siebel_nissan", 10, when, 0, "sender");
  }
};
INSTANTIATE_TEST_SUITE_P(databases, undo_test, databases::all(), databases::name);

TEST_P(undo_test, an_assignment_that_was_taken_back_leaves_nothing_behind) {
  // given
  const auto id = add_lead("1-A");
  ASSERT_EQ(desk_->assign(at_the_screen(manager()), call("leitung")->view(), id, 1, "verkauf1").result, verdict::done);
  ASSERT_EQ(planned(id).size(), 1U);
  // then: the manufacturer hears of it only after the minute
  EXPECT_TRUE(due(noon + 59 * second_us).empty());
  // when
  ASSERT_EQ(undo(id, "leitung").result, verdict::done);
  // then
  EXPECT_EQ(now(id).state, lead_state::received);
  EXPECT_EQ(now(id).assignee, "");
  EXPECT_TRUE(planned(id).empty());
  EXPECT_EQ(host_->data().notifications.count_unread("verkauf1"), 0);
  EXPECT_TRUE(due(noon + day_us).empty());
  EXPECT_EQ(open().timeline(id).front().kind, "undone");
  // and: once
  EXPECT_EQ(undo(id, "leitung").result, verdict::not_found);
}

TEST_P(undo_test, a_closed_lead_has_its_next_contact_again) {
  // given: a call tomorrow
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  const auto who = at_the_screen(salesperson("verkauf1"));
  desk_->contact_result(who, call("verkauf1")->view(), id, now(id).version, "tried", "", {noon + day_us});
  desk_->close(who, call("verkauf1")->view(), id, now(id).version, "", "no_further_contact", "");
  ASSERT_TRUE(planned(id).empty());
  // when
  ASSERT_EQ(undo(id, "verkauf1").result, verdict::done);
  // then
  EXPECT_EQ(now(id).state, lead_state::assigned);
  EXPECT_EQ(now(id).contact, contact_result::tried);
  EXPECT_EQ(now(id).reason, "");
  ASSERT_EQ(planned(id).size(), 1U);
  EXPECT_EQ(planned(id).front().due_us, noon + day_us);
  EXPECT_EQ(now(id).next_at, noon + day_us);
}

TEST_P(undo_test, what_the_manufacturer_has_heard_is_answered_by_the_former_state) {
  // given: the message was sent before the minute was over
  const auto id = add_lead("1-A");
  desk_->assign(at_the_screen(manager()), call("leitung")->view(), id, 1, "verkauf1");
  auto sent = open().lease_feedback("siebel_nissan", 10, noon + minute_us, minute_us, "sender");
  ASSERT_EQ(sent.size(), 1U);
  sent.front().status = store::feedback_status::acknowledged;
  open().settle_feedback(sent.front(), "sender", noon);
  // when
  ASSERT_EQ(undo(id, "leitung").result, verdict::done);
  // then
  const auto messages = open().feedback_of(id);
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages.back().cause, lead_state::received);
}

TEST_P(undo_test, nobody_takes_back_what_is_another_s_or_late_or_was_built_upon) {
  // given
  const auto id = add_lead("1-A");
  desk_->assign(at_the_screen(manager()), call("leitung")->view(), id, 1, "verkauf1");
  const auto version = now(id).version;
  // then
  EXPECT_EQ(undo(id, "verkauf1").result, verdict::not_found);
  EXPECT_EQ(undo(id, "leitung", noon + 61 * second_us).result, verdict::refused);
  // and: somebody has gone on
  desk_->note(salesperson("verkauf1"), call("verkauf1")->view(), id, "Rufe gleich an");
  EXPECT_EQ(desk_->undo(at_the_screen(manager()), call("leitung")->view(), id, version).result, verdict::conflict);
  EXPECT_EQ(now(id).assignee, "verkauf1");
  // and: programs mean what they send
  const auto other = add_lead("1-B");
  desk_->assign(manager(), call("leitung")->view(), other, 1, "verkauf1");
  EXPECT_EQ(undo(other, "leitung").result, verdict::not_found);
}

}  // namespace
