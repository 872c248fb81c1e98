// The coverage guarantee (product.md 6).
#include "access/coverage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace {

using namespace lead_system;
using namespace lead_system::access;

catalog two_types() {
  catalog types;
  types.add(category{"siebel", "Siebel"});
  for (const auto *key : {"test_drive", "quote_request"}) {
    lead_type type;
    type.key = key;
    type.category = "siebel";
    types.add(type);
  }
  return types;
}

const std::vector<std::string> places{"wien", "graz"};

TEST(coverage, is_complete_with_one_alle) {
  const auto report = check_coverage({"anna"}, places, {{"anna", true, "siebel", scope::all, {}}},
                                     {{"test_drive", "wien", "", 3}, {"quote_request", "", "", 1}}, two_types());
  EXPECT_TRUE(report.complete());
  EXPECT_EQ(report.open, 4);
  ASSERT_EQ(report.types.size(), 2U);
  EXPECT_EQ(report.types[0].all_users, std::vector<std::string>{"anna"});
}

TEST(coverage, an_inactive_user_covers_nothing) {
  const auto report = check_coverage({}, places, {{"anna", true, "siebel", scope::all, {}}},
                                     {{"test_drive", "wien", "anna", 2}}, two_types());
  ASSERT_EQ(report.gaps.size(), 3U);  // the two leads, and no ALLE on either type
  EXPECT_EQ(report.gaps[0].location, "wien");
  EXPECT_EQ(report.gaps[0].leads, 2);
}

TEST(coverage, a_place_covers_its_leads_but_not_those_without_place) {
  const std::vector<grant> grants{{"anna", true, "siebel", scope::locations, {"wien"}}};
  const auto report = check_coverage(
      {"anna"}, places, grants,
      {{"test_drive", "wien", "", 2}, {"test_drive", "graz", "", 1}, {"test_drive", "", "", 5}}, two_types());
  std::int64_t uncovered = 0;
  for (const auto &gap : report.gaps) uncovered += gap.leads;
  EXPECT_EQ(uncovered, 6);
}

TEST(coverage, the_assignee_covers_his_lead_while_he_is_active) {
  const std::vector<open_leads> leads{{"test_drive", "graz", "ben", 1}};
  const auto uncovered = [&](const std::vector<std::string> &active) {
    std::int64_t sum = 0;
    for (const auto &gap : check_coverage(active, places, {}, leads, two_types()).gaps) sum += gap.leads;
    return sum;
  };
  EXPECT_EQ(uncovered({"ben"}), 0);
  EXPECT_EQ(uncovered({"anna"}), 1);
}

TEST(coverage, a_grant_on_a_closed_place_looks_after_nothing) {
  const std::vector<grant> grants{{"anna", true, "siebel", scope::locations, {"wien", "graz"}}};
  const std::vector<open_leads> leads{{"test_drive", "graz", "", 1}};
  const auto holes = [&](const std::vector<std::string> &open) {
    const auto report = check_coverage({"anna"}, open, grants, leads, two_types());
    return std::count_if(report.gaps.begin(), report.gaps.end(), [](const gap &one) { return one.leads > 0; });
  };
  EXPECT_EQ(holes({"wien", "graz"}), 0);
  EXPECT_EQ(holes({"wien"}), 1);
}

TEST(coverage, a_type_of_no_definition_is_a_gap) {
  const auto report = check_coverage({"anna"}, places, {{"anna", true, "siebel", scope::all, {}}},
                                     {{"gone", "wien", "", 1}}, two_types());
  ASSERT_EQ(report.gaps.size(), 1U);
  EXPECT_EQ(report.gaps[0].type, "gone");
}

/// The report against the definition of the guarantee, lead by lead, on random rights.
TEST(coverage, says_the_same_as_looking_at_each_lead) {
  std::mt19937 random(5);
  const auto types = two_types();
  const std::vector<std::string> users{"anna", "ben", "cora"}, spots{"", "wien", "graz"};
  for (int round = 0; round < 300; ++round) {
    std::vector<grant> grants;
    for (const auto &user : users) {
      for (const auto *subject : {"siebel", "test_drive", "quote_request"}) {
        if (random() % 2 == 0) continue;
        grant one{user, std::string(subject) == "siebel", subject, static_cast<scope>(random() % 4), {}};
        if (one.reach == scope::locations) one.locations = {spots[1 + random() % 2]};
        grants.push_back(one);
      }
    }
    std::vector<std::string> active;
    for (const auto &user : users) {
      if (random() % 3 != 0) active.push_back(user);
    }
    std::vector<open_leads> leads;
    std::int64_t expected = 0;
    for (const auto *type : {"test_drive", "quote_request"}) {
      for (const auto &spot : spots) {
        const open_leads group{type, spot, random() % 4 == 0 ? users[random() % 3] : "", 1};
        leads.push_back(group);
        lead item;
        item.content.type = group.type;
        item.location = group.location;
        item.assignee = group.assignee;
        const bool seen = std::any_of(active.begin(), active.end(), [&](const std::string &user) {
          return sees(visible_to(user, grants, types), item);
        });
        expected += seen ? 0 : 1;
      }
    }
    std::int64_t uncovered = 0;
    for (const auto &gap : check_coverage(active, places, grants, leads, types).gaps) uncovered += gap.leads;
    EXPECT_EQ(uncovered, expected) << round;
  }
}

}  // namespace
