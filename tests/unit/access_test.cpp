// Grants resolved to what a user sees (plugin/README.md "Access"), and the host's directory as values.
#include "access/access.hpp"

#include <gtest/gtest.h>

#include "access/organisation.hpp"

namespace {

using namespace lead_system;
using namespace lead_system::access;

catalog some_types() {
  catalog types;
  types.add(category{"siebel_nissan", "Siebel"});
  types.add(category{"finance", "Finance"});
  for (const auto *key : {"test_drive", "quote_request"}) {
    lead_type type;
    type.key = key;
    type.category = "siebel_nissan";
    types.add(type);
  }
  lead_type expiry;
  expiry.key = "finance_expiry";
  expiry.category = "finance";
  types.add(expiry);
  return types;
}

lead lead_of(const std::string &type, const std::string &location, const std::string &assignee = "") {
  lead item;
  item.content.type = type;
  item.location = location;
  item.assignee = assignee;
  return item;
}

TEST(visibility, a_category_holds_for_all_its_types_and_a_type_may_differ) {
  const auto types = some_types();
  const std::vector<grant> grants{{"anna", true, "siebel_nissan", scope::all, {}},
                                  {"anna", false, "quote_request", scope::locations, {"wien"}}};
  const auto who = visible_to("anna", grants, types);
  EXPECT_TRUE(sees(who, lead_of("test_drive", "graz")));
  EXPECT_TRUE(sees(who, lead_of("test_drive", "")));
  EXPECT_TRUE(sees(who, lead_of("quote_request", "wien")));
  EXPECT_FALSE(sees(who, lead_of("quote_request", "graz")));
  EXPECT_FALSE(sees(who, lead_of("quote_request", "")));
  EXPECT_FALSE(sees(who, lead_of("finance_expiry", "wien")));
}

TEST(visibility, inherit_on_a_type_is_its_category_and_none_takes_away) {
  const auto types = some_types();
  std::vector<grant> grants{{"anna", true, "siebel_nissan", scope::all, {}},
                            {"anna", false, "test_drive", scope::inherit, {}}};
  EXPECT_TRUE(sees(visible_to("anna", grants, types), lead_of("test_drive", "graz")));
  grants[1].reach = scope::none;
  EXPECT_FALSE(sees(visible_to("anna", grants, types), lead_of("test_drive", "graz")));
}

TEST(visibility, a_type_that_joins_a_category_later_is_seen) {
  auto types = some_types();
  const std::vector<grant> grants{{"anna", true, "siebel_nissan", scope::all, {}}};
  lead_type later;
  later.key = "pre_order";
  later.category = "siebel_nissan";
  types.add(later);
  EXPECT_TRUE(sees(visible_to("anna", grants, types), lead_of("pre_order", "")));
}

TEST(visibility, an_assignee_sees_his_own_and_nobody_is_nobody) {
  const auto types = some_types();
  EXPECT_TRUE(sees(visible_to("anna", {}, types), lead_of("test_drive", "graz", "anna")));
  EXPECT_FALSE(sees(visible_to("anna", {}, types), lead_of("test_drive", "graz", "ben")));
  EXPECT_FALSE(sees(visible_to("", {}, types), lead_of("test_drive", "graz", "")));
  EXPECT_TRUE(sees(system_visibility(), lead_of("gone", "")));
}

TEST(visibility, an_empty_place_in_a_grant_does_not_mean_leads_without_place) {
  const auto types = some_types();
  const auto who = visible_to("anna", {{"anna", true, "siebel_nissan", scope::locations, {""}}}, types);
  EXPECT_FALSE(sees(who, lead_of("test_drive", "")));
}

TEST(organisation, is_read_from_the_hosts_documents) {
  const auto people = parse_organisation(
      R"([{"id":"v1","name":"Lukas","active":true,"roles":["sales"],"locations":["wien"]},{"id":"x","active":false},{},5])",
      R"([{"id":"wien","name":"Wien","time_zone":"Europe/Vienna","region":"AT-9","opening_hours":[
          {"days":"1-5","from":"08:00","to":"18:00"},{"days":"6","from":"9","to":"12:00"},{"days":"5-2","from":"08:00","to":"09:00"}]},
          {"id":"alt","open":false}])");
  ASSERT_EQ(people.users.size(), 2U);
  EXPECT_TRUE(people.find_user("v1")->has_role("sales"));
  EXPECT_EQ(people.active_users(), std::vector<std::string>{"v1"});
  EXPECT_EQ(people.open_locations(), std::vector<std::string>{"wien"});
  ASSERT_EQ(people.find_location("wien")->hours.size(), 1U);
  EXPECT_EQ(people.find_location("wien")->hours[0].from_minute, 480);
  EXPECT_EQ(people.user_name("v1"), "Lukas");
  EXPECT_EQ(people.user_name("unknown"), "unknown");
  EXPECT_EQ(people.calendar_of("wien").region, "AT-9");
  EXPECT_EQ(people.calendar_of("").hours.size(), 1U);
  EXPECT_THROW(parse_organisation("{}", "[]"), dms::failure);
  EXPECT_THROW(parse_organisation("nonsense", "[]"), dms::failure);
}

TEST(organisation, days_are_single_ones_and_ranges) {
  const auto days = [](const std::string &text) {
    const auto people = parse_organisation(
        "[]", R"([{"id":"wien","opening_hours":[{"days":")" + text + R"(","from":"08:00","to":"12:00"}]}])");
    std::string seen;
    for (const auto &one : people.find_location("wien")->hours) {
      seen += std::to_string(one.first_day) + '-' + std::to_string(one.last_day) + ' ';
    }
    return seen;
  };
  EXPECT_EQ(days("1-5"), "1-5 ");
  EXPECT_EQ(days("6"), "6-6 ");
  EXPECT_EQ(days("1,3,5"), "1-1 3-3 5-5 ");
  EXPECT_EQ(days("1-2,4,6-7"), "1-2 4-4 6-7 ");
  // what is no day is left out, not guessed
  EXPECT_EQ(days("5-2,0,8,1-8,Mo,1-5x,,3"), "3-3 ");
  EXPECT_EQ(days(""), "");
}

}  // namespace
