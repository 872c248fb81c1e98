// Lead Einstellungen on both databases: grants, dealer codes, and the coverage guarantee.
#include <thread>

#include "integration/dealership.hpp"

namespace {

using namespace dealership;
using access::scope;
using processing::verdict;

class settings_test : public with_desks {
 protected:
  processing::outcome set(const std::string &user, bool on_category, const std::string &subject, scope reach,
                          std::vector<std::string> places = {}) {
    return settings_->grant(admin(), {user, on_category, subject, reach, std::move(places)});
  }
};
INSTANTIATE_TEST_SUITE_P(databases, settings_test, databases::all(), databases::name);

TEST_P(settings_test, grants_what_is_seen) {
  const auto wien = add_lead("1-A", "quote_request", "wien"), graz = add_lead("1-B", "test_drive", "graz");
  EXPECT_EQ(set("wien1", true, "siebel_nissan", scope::locations, {"wien"}).result, verdict::done);
  EXPECT_TRUE(open().find(wien, desk_->visibility_of("wien1")));
  EXPECT_FALSE(open().find(graz, desk_->visibility_of("wien1")));
  // a type differs from its category, and back
  EXPECT_EQ(set("wien1", false, "quote_request", scope::none).result, verdict::done);
  EXPECT_FALSE(open().find(wien, desk_->visibility_of("wien1")));
  EXPECT_EQ(set("wien1", false, "quote_request", scope::inherit).result, verdict::done);
  EXPECT_TRUE(open().find(wien, desk_->visibility_of("wien1")));
}

TEST_P(settings_test, refuses_what_does_not_exist) {
  EXPECT_TRUE(set("nobody", true, "siebel_nissan", scope::all).fields.count("user"));
  EXPECT_TRUE(set("wien1", true, "no_category", scope::all).fields.count("category"));
  EXPECT_TRUE(set("wien1", false, "no_type", scope::all).fields.count("type"));
  EXPECT_TRUE(set("wien1", true, "siebel_nissan", scope::inherit).fields.count("scope"));
  EXPECT_TRUE(set("wien1", true, "siebel_nissan", scope::locations, {}).fields.count("locations"));
  EXPECT_TRUE(set("wien1", true, "siebel_nissan", scope::locations, {"atlantis"}).fields.count("locations"));
}

TEST_P(settings_test, the_last_alle_of_a_category_stays) {
  // when
  const auto withdrawn = set("leitung", true, "siebel_nissan", scope::none);
  // then
  EXPECT_EQ(withdrawn.result, verdict::refused);
  EXPECT_NE(withdrawn.text.id.find("ALLE"), std::string::npos);
  EXPECT_EQ(set("leitung", false, "test_drive", scope::none).result, verdict::refused);
  // with somebody else it may go
  EXPECT_EQ(set("wien1", true, "siebel_nissan", scope::all).result, verdict::done);
  EXPECT_EQ(set("leitung", true, "siebel_nissan", scope::none).result, verdict::done);
}

TEST_P(settings_test, two_admins_cannot_take_the_last_two_away_at_once) {
  set("wien1", true, "siebel_nissan", scope::all);
  std::vector<processing::outcome> made(2);
  std::vector<std::thread> threads;
  const std::string users[] = {"leitung", "wien1"};
  for (std::size_t one = 0; one < 2; ++one) {
    threads.emplace_back([&, one] { made[one] = set(users[one], true, "siebel_nissan", scope::none); });
  }
  for (auto &thread : threads) thread.join();
  EXPECT_NE(made[0].result == verdict::done, made[1].result == verdict::done);
  for (const auto &gap : settings_->coverage().gaps) {
    EXPECT_NE(sources_.types.find_type(gap.type)->category, "siebel_nissan") << gap.type;
  }
}

TEST_P(settings_test, a_change_that_makes_nothing_worse_is_allowed_in_a_gap) {
  // given: a gap that is there already
  grant("leitung", true, "finance", scope::none);
  EXPECT_FALSE(settings_->coverage().complete());
  // then
  EXPECT_EQ(set("wien1", true, "siebel_nissan", scope::locations, {"wien"}).result, verdict::done);
  EXPECT_EQ(set("wien1", true, "siebel_nissan", scope::none).result, verdict::done);
}

TEST_P(settings_test, asks_before_a_user_goes_or_a_place_closes) {
  add_lead("1-A");
  EXPECT_FALSE(settings_->objection_to_deactivating("leitung").empty());
  EXPECT_TRUE(settings_->objection_to_deactivating("verkauf1").empty());
  EXPECT_TRUE(settings_->objection_to_closing("wien").empty()) << "ALLE covers it";
}

TEST_P(settings_test, admins_are_told_of_leads_that_nobody_sees_and_no_longer_when_somebody_does) {
  add_lead("1-A");
  grant("leitung", true, "siebel_nissan", scope::none);
  settings_->raise_or_clear();
  settings_->raise_or_clear();
  EXPECT_EQ(host_->data().notifications.count_unread("admin"), 1);
  EXPECT_EQ(set("wien1", true, "siebel_nissan", scope::all).result, verdict::done);
  EXPECT_EQ(host_->data().notifications.count_unread("admin"), 0);
}

TEST_P(settings_test, a_mapped_code_gives_its_leads_their_place) {
  const auto id = add_lead("1-A", "test_drive", "");
  EXPECT_EQ(settings_->dealer_code(admin(), {"siebel_nissan", "AT10017", "atlantis"}).result, verdict::invalid);
  EXPECT_EQ(settings_->dealer_code(admin(), {"siebel_nissan", "AT10017", "graz"}).result, verdict::done);
  EXPECT_EQ(now(id).location, "graz");
  EXPECT_EQ(open().timeline(id).front().kind, "located");
  EXPECT_EQ(open().dealer_codes().size(), 1U);
}

TEST_P(settings_test, types_and_channels_are_checked) {
  EXPECT_TRUE(settings_->lead_type(admin(), {"no_type", 0, 1, 2, 3}).fields.count("type"));
  EXPECT_TRUE(settings_->lead_type(admin(), {"test_drive", 0, 60, 30, 36}).fields.count("escalation_minutes"));
  EXPECT_TRUE(settings_->lead_type(admin(), {"test_drive", 0, -1, 30, 36}).fields.count("reminder_minutes"));
  EXPECT_EQ(settings_->lead_type(admin(), {"test_drive", noon, 30, 60, 36}).result, verdict::done);
  EXPECT_TRUE(settings_->feedback_channel(admin(), {"siebel_nissan", "pigeon", {}}).fields.count("transport"));
  EXPECT_TRUE(settings_->feedback_channel(admin(), {"siebel_nissan", "https", {{"url", "file:///etc/passwd"}}})
                  .fields.count("url"));
  EXPECT_EQ(settings_->feedback_channel(admin(), {"siebel_nissan", "directory", {}}).result, verdict::done);
}

TEST_P(settings_test, says_what_a_grant_would_change) {
  add_lead("1-A");
  EXPECT_EQ(settings_->effect_of({"wien1", true, "siebel_nissan", scope::all, {}}).arguments.at(1), "1");
  EXPECT_NE(settings_->effect_of({"leitung", true, "siebel_nissan", scope::none, {}}).id.find("Nobody"),
            std::string::npos);
}

}  // namespace
