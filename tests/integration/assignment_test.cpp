// New leads that are given to somebody by themselves (plugin/README.md "Assignment"): off by default, the customer's
// own salesperson, else in turn; said in the timeline, and fair. On both databases, with the reference host's services.
#include "processing/assignment.hpp"

#include <random>

#include "integration/dealership.hpp"

namespace {

using namespace dealership;
using processing::verdict;

class assignment_test : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    assignment_ = std::make_unique<processing::assignment_desk>(open(), sources_.types, *organisation_, *desk_);
    for (const auto *user : {"verkauf1", "verkauf2", "verkauf3"}) {
      if (std::string(user) == "verkauf3") add_user(user, "sales", {"wien"});
      grant(user, true, "siebel_nissan", access::scope::locations, {"wien"});
    }
    host_->directory_changed();
  }
  void TearDown() override {
    assignment_.reset();
    with_desks::TearDown();
  }
  void turn_on(const std::vector<std::string> &places = {"wien"}) {
    ASSERT_EQ(assignment_->set(admin(), "test_drive", places, {}).result, verdict::done);
  }
  int run() { return assignment_->assign_waiting(call("")->view()); }
  void is_away(const std::string &user) {
    open().write([&](store::transaction &inside) {
      inside.add_absence({0, user, "2020-07-22", "2020-07-28", "", false, "admin"}, noon);
    });
  }
  std::string customer_of(const std::string &salesperson) {
    dms::reference::customer one;
    one.first_name = "Johanna";
    one.last_name = "Leitgeb";
    one.email = "johanna.leitgeb@example.at";
    one.phones = {"+436645550142"};
    one.street = "Am Rehgrund 14";
    one.postal_code = "8043";
    one.city = "Graz";
    one.salesperson = salesperson;
    return std::to_string(host_->data().customers.create(one, {}, noon).id);
  }

  std::unique_ptr<processing::assignment_desk> assignment_;
};
INSTANTIATE_TEST_SUITE_P(databases, assignment_test, databases::all(), databases::name);

TEST_P(assignment_test, is_off_and_where_it_is_on_takes_only_what_came_since_and_nobody_had) {
  // given
  const auto before = add_lead("1-A");
  EXPECT_EQ(run(), 0);
  host_->clock().set(noon + minute_us);
  auto who = admin();
  who.now = noon + minute_us;
  ASSERT_EQ(assignment_->set(who, "test_drive", {"wien"}, {}).result, verdict::done);
  // when
  EXPECT_EQ(run(), 0);
  // then
  EXPECT_EQ(now(before).assignee, "");
}

TEST_P(assignment_test, goes_to_the_customers_own_salesperson_and_says_why) {
  turn_on();
  customer_of("verkauf3");
  const auto id = add_lead("1-A");
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(now(id).assignee, "verkauf3");
  EXPECT_EQ(now(id).state, lead_state::assigned);
  const auto event = open().timeline(id).front();
  EXPECT_EQ(event.kind, "assigned");
  EXPECT_EQ(event.actor, "");
  EXPECT_EQ(event.data.at("why"), "customer");
  // and: he is notified, and a second run changes nothing
  EXPECT_EQ(host_->data().notifications.count_unread("verkauf3"), 1);
  EXPECT_EQ(run(), 0);
}

TEST_P(assignment_test, where_that_salesperson_is_away_it_goes_on_in_turn) {
  turn_on();
  customer_of("verkauf3");
  is_away("verkauf3");
  const auto id = add_lead("1-A");
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(now(id).assignee, "verkauf1");
  EXPECT_EQ(open().timeline(id).front().data.at("why"), "turn");
  EXPECT_EQ(open().timeline(id).front().data.at("open"), "0");
}

TEST_P(assignment_test, what_nobody_can_take_holds_up_nothing_behind_it) {
  // given: in Graz only the manager has a right, and he is away; the second lead is of a customer with a salesperson
  turn_on({"graz"});
  is_away("leitung");
  customer_of("verkauf3");
  const auto stranger = add_lead("1-A", "test_drive", "graz"), known = add_lead("1-B", "test_drive", "graz");
  open().write([&](store::transaction &inside) {
    auto item = *inside.find_lead(stranger);
    item.content.prospect = {};
    item.content.prospect.last_name = "Fremd";
    ASSERT_TRUE(inside.update_lead_content(item, "of a stranger"));
  });
  // when
  EXPECT_EQ(run(), 1);
  // then
  EXPECT_EQ(now(stranger).assignee, "");
  EXPECT_EQ(now(known).assignee, "verkauf3");
}

TEST_P(assignment_test, goes_to_whoever_has_the_fewest_open_leads_and_a_right_for_it) {
  turn_on({"wien", "graz", ""});
  for (const auto *id : {"1-A", "1-B"}) {
    const auto lead = add_lead(id, "pre_order");
    ASSERT_EQ(desk_->assign(manager(), call("leitung")->view(), lead, 1, "verkauf1").result, verdict::done);
  }
  const auto one = add_lead("1-C"), two = add_lead("1-D"), three = add_lead("1-E");
  EXPECT_EQ(run(), 3);
  EXPECT_EQ(now(one).assignee, "verkauf2");
  EXPECT_EQ(now(two).assignee, "verkauf3");
  EXPECT_EQ(now(three).assignee, "verkauf2");
  EXPECT_EQ(open().timeline(three).front().data.at("open"), "1");
  // and: where no salesperson has a right, whoever leads has it; another type waits
  const auto elsewhere = add_lead("1-F", "test_drive", "graz"), other = add_lead("1-G", "quote_request");
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(now(elsewhere).assignee, "leitung");
  EXPECT_EQ(now(other).assignee, "");
}

TEST_P(assignment_test, what_somebody_gave_back_waits_for_a_person_and_so_does_what_nobody_can_take) {
  turn_on();
  const auto id = add_lead("1-A");
  ASSERT_EQ(run(), 1);
  ASSERT_EQ(desk_->reject(manager(), call("leitung")->view(), id, now(id).version, "").result, verdict::done);
  EXPECT_EQ(run(), 0);
  // when: nobody is here
  for (const auto *user : {"verkauf1", "verkauf2", "verkauf3", "leitung", "wien1"}) is_away(user);
  const auto another = add_lead("1-B");
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(now(another).assignee, "");
  EXPECT_TRUE(assignment_->takers("test_drive", "wien", noon).empty());
}

TEST_P(assignment_test, is_fair_over_a_month) {
  // given
  turn_on();
  std::mt19937 random(21);
  std::map<std::string, int> given;
  int number = 0;
  auto at = noon;
  for (int day = 0; day < 31; ++day, at += day_us) {
    host_->clock().set(at);
    // when: some come each day, one after the other or several at once
    for (int come = static_cast<int>(random() % 6); come > 0; --come) {
      add_lead("1-" + std::to_string(++number));
      if (random() % 2 == 0) run();
    }
    run();
    // then: at every moment
    given.clear();
    for (const auto &group : open().open_groups()) given[group.assignee] += static_cast<int>(group.count);
    EXPECT_EQ(given[""], 0);
    const auto [least, most] = std::minmax({given["verkauf1"], given["verkauf2"], given["verkauf3"]});
    EXPECT_LE(most - least, 1) << "day " << day;
  }
  EXPECT_GT(number, 50);
}

TEST_P(assignment_test, what_it_proposes_is_what_it_would_do_and_the_customers_salesperson_always) {
  const auto id = add_lead("1-A");
  EXPECT_FALSE(assignment_->suggested(now(id), noon));
  customer_of("verkauf2");
  EXPECT_EQ(assignment_->suggested(now(id), noon)->user, "verkauf2");
  const auto other = add_lead("1-B", "test_drive", "graz");
  turn_on({"graz"});
  is_away("verkauf2");
  EXPECT_EQ(assignment_->suggested(now(other), noon)->user, "leitung");
}

TEST_P(assignment_test, a_setting_that_cannot_be_or_that_somebody_changed_is_refused) {
  EXPECT_TRUE(assignment_->set(admin(), "no such", {"wien"}, {}).fields.contains("type"));
  EXPECT_TRUE(assignment_->set(admin(), "test_drive", {"nowhere"}, {}).fields.contains("locations"));
  turn_on({"wien", "graz", "wien"});
  EXPECT_EQ(assignment_->rules().size(), 2U);
  EXPECT_EQ(assignment_->set(admin(), "test_drive", {}, "").result, verdict::conflict);
  EXPECT_EQ(assignment_->set(admin(), "test_drive", {"wien"}, "graz, wien").result, verdict::done);
  const auto history = open().settings_history(1);
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history.front().kind, "assignment");
  EXPECT_EQ(history.front().was, "graz, wien");
  EXPECT_EQ(history.front().is, "wien");
}

}  // namespace
