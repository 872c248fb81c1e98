// Somebody goes or a place closes: everything open goes to whoever takes over, and what nobody took is told.
#include "integration/dealership.hpp"
#include "integration/overview_oracle.hpp"
#include "processing/coverage_check.hpp"

namespace {

using namespace dealership;
using processing::verdict;

class hand_over_test : public with_desks {
 protected:
  std::int64_t given(const std::string &id, const std::string &to, const std::string &place = "wien") {
    const auto lead = add_lead(id, "test_drive", place);
    EXPECT_EQ(desk_->assign(manager(), call("leitung")->view(), lead, 1, to).result, verdict::done);
    return lead;
  }
  processing::lead_desk::handed_over hand_over(const std::string &kind, const std::string &from,
                                               const std::string &to) {
    return desk_->hand_over(admin(), call("admin")->view(), kind, from, to);
  }
  std::int64_t bells(const std::string &user) { return host_->data().notifications.count_unread(user); }
};
INSTANTIATE_TEST_SUITE_P(databases, hand_over_test, databases::all(), databases::name);

TEST_P(hand_over_test, all_open_leads_of_a_person_go_to_another_with_their_contacts_and_one_word) {
  // given
  std::vector<std::int64_t> leads;
  for (const auto *id : {"1-A", "1-B", "1-C"}) leads.push_back(given(id, "verkauf1"));
  const auto closed = given("1-D", "verkauf1"), other = given("1-E", "verkauf2");
  desk_->close(manager(), call("leitung")->view(), closed, 2, "closed", "no_further_contact", "");
  EXPECT_EQ(desk_->open_by("user").at("verkauf1"), 3);
  const auto before = bells("verkauf2");
  // when
  const auto came = hand_over("user", "verkauf1", "verkauf2");
  // then
  EXPECT_EQ(came.done, 3);
  EXPECT_EQ(came.left, 0);
  for (const auto id : leads) {
    EXPECT_EQ(now(id).assignee, "verkauf2");
    const auto event = open().timeline(id).front();
    EXPECT_EQ(event.kind, "assigned");
    EXPECT_EQ(event.actor, "admin");
    EXPECT_EQ(event.data.at("from"), "verkauf1");
  }
  EXPECT_EQ(now(closed).assignee, "verkauf1");
  EXPECT_EQ(now(other).version, 2);
  EXPECT_TRUE(contacts_of("verkauf1").empty());
  EXPECT_EQ(contacts_of("verkauf2").size(), 4U);
  EXPECT_EQ(bells("verkauf2"), before + 1);
  // and: again, there is nothing left
  EXPECT_EQ(hand_over("user", "verkauf1", "verkauf2").done, 0);
}

TEST_P(hand_over_test, of_a_location_all_its_open_leads_go_also_those_of_nobody) {
  const auto assigned = given("1-A", "verkauf2", "graz"), nobodys = add_lead("1-B", "test_drive", "graz");
  const auto elsewhere = add_lead("1-C");
  EXPECT_EQ(hand_over("location", "graz", "verkauf1").done, 2);
  EXPECT_EQ(now(assigned).assignee, "verkauf1");
  EXPECT_EQ(now(nobodys).assignee, "verkauf1");
  EXPECT_EQ(now(nobodys).state, lead_state::assigned);
  EXPECT_EQ(now(elsewhere).assignee, "");
}

TEST_P(hand_over_test, only_somebody_who_may_assign_gives_and_only_somebody_who_sells_takes) {
  const auto id = given("1-A", "verkauf1");
  EXPECT_EQ(hand_over("user", "verkauf1", "admin").result.result, verdict::invalid);
  EXPECT_EQ(hand_over("user", "verkauf1", "verkauf1").result.result, verdict::invalid);
  EXPECT_EQ(hand_over("user", "verkauf1", "nobody").result.result, verdict::invalid);
  const auto refused =
      desk_->hand_over(salesperson("verkauf2"), call("verkauf2")->view(), "user", "verkauf1", "verkauf2");
  EXPECT_EQ(refused.result.result, verdict::forbidden);
  EXPECT_EQ(now(id).assignee, "verkauf1");
}

TEST_P(hand_over_test, leads_of_somebody_who_is_gone_are_told_until_somebody_has_them) {
  // given: what else is to be told is told already
  const auto id = given("1-A", "verkauf1");
  settings_->raise_or_clear(noon);
  host_->data().users.set_active("verkauf1", false);
  host_->directory_changed();
  const auto admins = bells("admin"), managers = bells("leitung");
  // when
  settings_->raise_or_clear(noon);
  settings_->raise_or_clear(noon);
  // then
  EXPECT_EQ(bells("admin"), admins + 1);
  EXPECT_EQ(bells("leitung"), managers + 1);
  EXPECT_EQ(processing::leads_of_absent(open().open_groups(), desk_->presence_at(noon)).at("verkauf1"), 1);
  store::lead_query query;
  query.filter.tab = "absent";
  query.filter.present = desk_->presence_at(noon).looked_after();
  const auto page = overview_oracle::list(open(), query, access::system_visibility(), noon);
  ASSERT_EQ(page.leads.size(), 1U);
  EXPECT_EQ(page.leads.front().id, id);
  // and: gone with the reason
  EXPECT_EQ(hand_over("user", "verkauf1", "verkauf2").done, 1);
  settings_->raise_or_clear(noon);
  EXPECT_EQ(bells("admin"), admins);
}

}  // namespace
