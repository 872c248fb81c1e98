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
  std::int64_t assigned_lead(const std::string &external_id) {
    const auto id = add_lead(external_id);
    EXPECT_EQ(desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1").result, verdict::done);
    return id;
  }
  processing::outcome result(std::int64_t id, const std::string &came, time_us next = 0, time_us when = noon) {
    return desk_->contact_result(at_the_screen(salesperson("verkauf1"), when), call("verkauf1")->view(), id,
                                 now(id).version, came, "", {next});
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
  desk_->close(at_the_screen(salesperson("verkauf1"), noon + second_us), call("verkauf1")->view(), id, now(id).version,
               "", "no_further_contact", "");
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

TEST_P(undo_test, one_press_that_was_two_steps_is_taken_back_as_one) {
  // given: "not reached", and with it the end
  const auto id = assigned_lead("1-A");
  const auto before = now(id);
  const auto came = result(id, "tried");
  ASSERT_EQ(came.result, verdict::done);
  ASSERT_EQ(desk_
                ->close(at_the_screen(salesperson("verkauf1")), call("verkauf1")->view(), id, came.version, {},
                        "not_reached", {})
                .result,
            verdict::done);
  // when
  ASSERT_EQ(undo(id, "verkauf1", noon + second_us).result, verdict::done);
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
  EXPECT_EQ(undo(id, "verkauf1", noon + 2 * second_us).result, verdict::conflict);
  // then
  EXPECT_EQ(now(id).version, before.version);
  EXPECT_EQ(now(id).contact, contact_result::reached);
}

TEST_P(undo_test, a_merge_in_the_host_keeps_nobody_from_taking_his_step_back) {
  // given
  dms::reference::customer other;
  other.kind = "person";
  other.last_name = "Leitgeb";
  const auto stays = std::to_string(host_->data().customers.create(other, "test/other", noon).id);
  const auto id = assigned_lead("1-A");
  ASSERT_EQ(desk_->import(salesperson("verkauf1"), call("verkauf1")->view(), id, now(id).version, "").result,
            verdict::done);
  ASSERT_EQ(result(id, "reached", noon + day_us).result, verdict::done);
  // when
  const processing::actor nobody{{}, {}, true, true, false, noon + second_us};
  ASSERT_TRUE(desk_->follow_customer(nobody, call("")->view(), now(id).customer, stays));
  ASSERT_EQ(open().timeline(id).front().kind, "customer_merged");
  // then: the step goes, the customer stays
  EXPECT_EQ(undo(id, "verkauf1").result, verdict::done);
  EXPECT_EQ(now(id).contact, contact_result::open);
  EXPECT_EQ(now(id).customer, stays);
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
  ASSERT_EQ(undo(id, "verkauf1", noon + minute_us + second_us).result, verdict::done);
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
  ASSERT_EQ(desk_
                ->progress(at_the_screen(salesperson("verkauf1")), call("verkauf1")->view(), id, now(id).version,
                           "in_progress")
                .result,
            verdict::done);
  // then
  const auto told = open().feedback_of(id);
  const auto newest =
      std::max_element(told.begin(), told.end(), [](const auto &one, const auto &other) { return one.id < other.id; });
  ASSERT_NE(newest, told.end());
  EXPECT_EQ(newest->status, store::feedback_status::waiting);
  EXPECT_EQ(newest->next_attempt_at, noon + processing::lead_desk::undo_span);
  // when
  ASSERT_EQ(undo(id, "verkauf1", noon + second_us).result, verdict::done);
  // then: he need not hear of it at all
  for (const auto &one : open().feedback_of(id)) {
    if (one.id == newest->id) EXPECT_EQ(one.status, store::feedback_status::given_up);
    EXPECT_LE(one.id, newest->id);
  }
}

}  // namespace
