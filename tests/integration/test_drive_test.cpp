// A test drive is agreed, moved and driven; which stages that makes. On both databases.
#include "integration/dealership.hpp"
#include "integration/overview_oracle.hpp"

namespace {

using namespace dealership;
using processing::verdict;

class test_drive_test : public with_desks {};
INSTANTIATE_TEST_SUITE_P(databases, test_drive_test, databases::all(), databases::name);

TEST_P(test_drive_test, an_agreed_test_drive_is_state_appointment_contact_and_feedback_at_once) {
  // given: a lead with a wish, and a call to make
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  const auto saturday = noon + 3 * day_us;
  // when
  const auto made = desk_->agree_test_drive(salesperson("verkauf1"), call("verkauf1")->view(), id, 2,
                                            {saturday, "", "Nissan Qashqai", "mit Kindersitz"});
  // then
  EXPECT_EQ(made.result, verdict::done);
  EXPECT_TRUE(made.reported);
  EXPECT_EQ(made.version, 3) << "one step";
  auto item = now(id);
  EXPECT_EQ(item.state, lead_state::appointment);
  EXPECT_EQ(item.agreed_at, saturday);
  EXPECT_EQ(item.first_contact_at, noon) << "nobody agrees without speaking";
  EXPECT_EQ(item.reached, (stage_set{stage::contacted, stage::appointment}));
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U) << "in place of the call";
  auto entry = contacts_of("verkauf1").front();
  EXPECT_EQ(entry.kind, "test_drive");
  EXPECT_EQ(entry.due_us, saturday);
  EXPECT_EQ(entry.note, "Nissan Qashqai. mit Kindersitz");
  EXPECT_FALSE(desk_->planned_contacts(item).at(0).calendar.empty());
  EXPECT_EQ(open().feedback_of(id).back().status_code, "Accepted");
  // when: another date, then: it replaces the first, and the manufacturer knows the state already
  const auto moved = desk_->agree_test_drive(salesperson("verkauf1"), call("verkauf1")->view(), id, 3,
                                             {saturday + hour_us, "", "", ""});
  EXPECT_EQ(moved.result, verdict::done);
  EXPECT_EQ(now(id).agreed_at, saturday + hour_us);
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U);
  EXPECT_EQ(contacts_of("verkauf1").front().due_us, saturday + hour_us);
  EXPECT_EQ(open().feedback_of(id).size(), 2U);
  // when: it falls through, then: nothing is agreed
  EXPECT_EQ(desk_->progress(salesperson("verkauf1"), call("verkauf1")->view(), id, 4, "in_progress").result,
            verdict::done);
  EXPECT_EQ(now(id).agreed_at, 0);
  EXPECT_EQ(next_step_of(now(id)).what, next_step::kind::missing) << "nobody asks what became of it";
  EXPECT_TRUE(desk_->planned_contacts(now(id)).empty());
  EXPECT_TRUE(now(id).reached.has(stage::appointment)) << "it had been agreed all the same";
}

TEST_P(test_drive_test, a_test_drive_for_another_salesperson_hands_the_lead_over) {
  // given: nobody has it
  const auto id = add_lead("1-A");
  const auto tomorrow = noon + day_us;
  // when, then: a salesperson may not give it to somebody else
  grant("verkauf1", true, "siebel_nissan", access::scope::all);
  EXPECT_EQ(
      desk_->agree_test_drive(salesperson("verkauf1"), call("verkauf1")->view(), id, 1, {tomorrow, "leitung", "", ""})
          .result,
      verdict::forbidden);
  EXPECT_EQ(now(id).version, 1);
  EXPECT_EQ(open().timeline(id).size(), 0U) << "nothing half done";
  // when: a manager does
  const auto made = desk_->agree_test_drive(manager(), call("leitung")->view(), id, 1, {tomorrow, "verkauf1", "", ""});
  // then: both steps are told
  EXPECT_EQ(made.result, verdict::done);
  EXPECT_EQ(now(id).assignee, "verkauf1");
  std::vector<std::string> kinds, codes;
  for (const auto &event : open().timeline(id)) kinds.push_back(event.kind);
  EXPECT_EQ(kinds, (std::vector<std::string>{"test_drive_agreed", "assigned"}));
  for (const auto &message : open().feedback_of(id)) codes.push_back(message.status_code);
  EXPECT_EQ(codes, (std::vector<std::string>{"Pending", "Accepted"}));
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U) << "the drive, no call beside it";
  EXPECT_EQ(contacts_of("verkauf1").front().kind, "test_drive");
  EXPECT_EQ(host_->data().notifications.count_unread("verkauf1"), 1);
}

TEST_P(test_drive_test, a_test_drive_is_agreed_for_a_time_and_a_person_that_exist) {
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  const auto agree = [&](time_us at, const char *user) {
    return desk_->agree_test_drive(manager(), call("leitung")->view(), id, 2, {at, user, "", ""});
  };
  EXPECT_TRUE(agree(noon - 3 * day_us, "").fields.count("due"));
  EXPECT_TRUE(agree(noon + day_us, "niemand").fields.count("user"));
  EXPECT_EQ(desk_->agree_test_drive(manager(), call("leitung")->view(), id, 1, {noon + day_us, "", "", ""}).result,
            verdict::conflict);
  EXPECT_EQ(now(id).version, 2);
  desk_->close(manager(), call("leitung")->view(), id, 2, "", "price", "");
  EXPECT_EQ(desk_->agree_test_drive(manager(), call("leitung")->view(), id, 3, {noon + day_us, "", "", ""}).result,
            verdict::refused);
}

TEST_P(test_drive_test, a_planned_test_drive_is_an_agreed_appointment) {
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  const auto who = salesperson("verkauf1");
  desk_->contact(who, call("verkauf1")->view(), id, 2, noon + day_us, "phone", "");
  EXPECT_EQ(now(id).agreed_at, 0);
  desk_->contact(who, call("verkauf1")->view(), id, 3, noon + 2 * day_us, "test_drive", "");
  EXPECT_EQ(now(id).agreed_at, noon + 2 * day_us);
  EXPECT_EQ(desk_->reject(who, call("verkauf1")->view(), id, 4, "").result, verdict::done);
  EXPECT_EQ(now(id).agreed_at, 0);
}

TEST_P(test_drive_test, only_what_happened_is_a_stage_and_only_what_the_type_has) {
  // given: an expiring contract
  const auto finance = add_lead("1-A", "finance_expiry");
  desk_->assign(manager(), call("leitung")->view(), finance, 1, "verkauf1");
  const auto by = call("leitung");
  // then: it has no test drive
  for (const char *state : {"appointment", "test_drive_done"}) {
    EXPECT_EQ(desk_->progress(manager(), by->view(), finance, 2, state).result, verdict::refused) << state;
  }
  EXPECT_EQ(desk_->agree_test_drive(manager(), by->view(), finance, 2, {noon + day_us, "", "", ""}).result,
            verdict::refused);
  // when: it is sold
  EXPECT_EQ(desk_->close(manager(), by->view(), finance, 2, "", "sale", "").result, verdict::done);
  // then
  EXPECT_EQ(now(finance).reached, (stage_set{stage::contacted, stage::sold}));
  // and: a sale that is taken back was none
  EXPECT_EQ(desk_->reopen(manager(), by->view(), finance, 3, "").result, verdict::done);
  EXPECT_EQ(now(finance).reached, (stage_set{stage::contacted}));
  store::lead_filter filter;
  filter.reached = stage::sold;
  EXPECT_EQ(overview_oracle::count(open(), filter, access::system_visibility(), noon), 0);
  // and: what a quote may have beside its steps
  const auto quote = add_lead("1-B", "quote_request");
  desk_->assign(manager(), by->view(), quote, 1, "verkauf1");
  EXPECT_EQ(desk_->progress(manager(), by->view(), quote, 2, "test_drive_done").result, verdict::done);
  EXPECT_EQ(now(quote).reached, (stage_set{stage::contacted, stage::test_drive})) << "no agreement is inferred";
}

}  // namespace
