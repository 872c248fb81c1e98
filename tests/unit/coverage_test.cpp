// The coverage guarantee (plugin/README.md "Access").
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

coverage_report check_coverage(std::vector<std::string> active, std::vector<std::string> open,
                               std::vector<grant> grants, std::vector<open_leads> leads, const catalog &types) {
  return situation{std::move(active), std::move(open), std::move(grants), std::move(leads)}.report(types);
}

TEST(coverage, is_complete_with_one_alle) {
  const auto report =
      check_coverage({"anna"}, places, {{"anna", true, "siebel", scope::all, {}}},
                     {{"test_drive", "siebel", "wien", "", 3}, {"quote_request", "siebel", "", "", 1}}, two_types());
  EXPECT_TRUE(report.complete());
  EXPECT_EQ(report.open, 4);
  ASSERT_EQ(report.types.size(), 2U);
  EXPECT_EQ(report.types[0].all_users, std::vector<std::string>{"anna"});
}

TEST(coverage, an_inactive_user_covers_nothing) {
  const auto report = check_coverage({}, places, {{"anna", true, "siebel", scope::all, {}}},
                                     {{"test_drive", "siebel", "wien", "anna", 2}}, two_types());
  ASSERT_EQ(report.gaps.size(), 3U);  // the two leads, and no ALLE on either type
  EXPECT_EQ(report.gaps[0].location, "wien");
  EXPECT_EQ(report.gaps[0].leads, 2);
}

TEST(coverage, a_place_covers_its_leads_but_not_those_without_place) {
  const std::vector<grant> grants{{"anna", true, "siebel", scope::locations, {"wien"}}};
  const auto report = check_coverage({"anna"}, places, grants,
                                     {{"test_drive", "siebel", "wien", "", 2},
                                      {"test_drive", "siebel", "graz", "", 1},
                                      {"test_drive", "siebel", "", "", 5}},
                                     two_types());
  std::int64_t uncovered = 0;
  for (const auto &gap : report.gaps) uncovered += gap.leads;
  EXPECT_EQ(uncovered, 6);
}

TEST(coverage, the_assignee_covers_his_lead_while_he_is_active) {
  const std::vector<open_leads> leads{{"test_drive", "siebel", "graz", "ben", 1}};
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
  const std::vector<open_leads> leads{{"test_drive", "siebel", "graz", "", 1}};
  const auto holes = [&](const std::vector<std::string> &open) {
    const auto report = check_coverage({"anna"}, open, grants, leads, two_types());
    return std::count_if(report.gaps.begin(), report.gaps.end(), [](const gap &one) { return one.leads > 0; });
  };
  EXPECT_EQ(holes({"wien", "graz"}), 0);
  EXPECT_EQ(holes({"wien"}), 1);
}

TEST(coverage, a_type_of_no_definition_is_a_gap) {
  const auto report = check_coverage({"anna"}, places, {{"anna", true, "siebel", scope::all, {}}},
                                     {{"gone", "siebel", "wien", "", 1}}, two_types());
  ASSERT_EQ(report.gaps.size(), 1U);
  EXPECT_EQ(report.gaps[0].type, "gone");
}

TEST(coverage, names_only_what_a_change_makes_worse) {
  const auto types = two_types();
  situation before{
      {"anna", "ben"},
      places,
      {{"anna", true, "siebel", scope::locations, {"wien"}}, {"ben", true, "siebel", scope::locations, {"graz"}}},
      {{"test_drive", "siebel", "wien", "", 2}, {"test_drive", "siebel", "graz", "", 3}}};
  // when: ben's right goes; that nobody has ALLE was so before
  auto after = before;
  after.grants = with_grants(before.grants, {{"ben", true, "siebel", scope::none, {}}});
  const auto gaps = new_gaps(before.report(types), after.report(types));
  // then
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].location, "graz");
  EXPECT_EQ(gaps[0].leads, 3);
  EXPECT_TRUE(new_gaps(after.report(types), before.report(types)).empty());
}

TEST(coverage, an_explicit_none_on_a_type_takes_its_leads_out_of_sight) {
  const auto types = two_types();
  const auto report = check_coverage(
      {"anna"}, places, {{"anna", true, "siebel", scope::all, {}}, {"anna", false, "test_drive", scope::none, {}}},
      {{"test_drive", "siebel", "wien", "", 2}}, types);
  EXPECT_EQ(report.unseen(), 2);
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
        const open_leads group{type, "siebel", spot, random() % 4 == 0 ? users[random() % 3] : "", 1};
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

/// Thousands of random organisations and changes: whatever is let through takes nobody's last sight of a lead.
TEST(coverage, a_change_without_new_gaps_leaves_every_lead_seen_that_was) {
  std::mt19937 random(17);
  const auto types = two_types();
  const std::vector<std::string> users{"anna", "ben", "cora", "dora"}, spots{"", "wien", "graz"};
  const auto some_grant = [&] {
    const bool on_category = random() % 2 == 0;
    grant one{users[random() % 4],
              on_category,
              on_category         ? "siebel"
              : random() % 2 == 0 ? "test_drive"
                                  : "quote_request",
              static_cast<scope>(random() % 4),
              {}};
    if (one.reach == scope::locations) one.locations = {spots[1 + random() % 2]};
    return one;
  };
  const auto seen_by_somebody = [&](const situation &at, const open_leads &group) {
    lead item;
    item.content.type = group.type;
    item.location = group.location;
    item.assignee = group.assignee;
    return std::any_of(at.active_users.begin(), at.active_users.end(),
                       [&](const std::string &user) { return sees(visible_to(user, at.grants, types), item); });
  };
  int let_through = 0, refused = 0;
  for (int round = 0; round < 4000; ++round) {
    // given
    situation before{{}, places, {}, {}};
    for (const auto &user : users) {
      if (random() % 4 != 0) before.active_users.push_back(user);
    }
    for (int number = 0; number < 5; ++number) before.grants = with_grants(before.grants, {some_grant()});
    for (const auto *type : {"test_drive", "quote_request"}) {
      for (const auto &spot : spots) {
        before.leads.push_back({type, "siebel", spot, random() % 3 == 0 ? users[random() % 4] : "", 1});
      }
    }
    // when: rights, people or a place change
    auto after = before;
    if (random() % 2 == 0) after.grants = with_grants(after.grants, {some_grant(), some_grant()});
    if (random() % 2 == 0) std::erase(after.active_users, users[random() % 4]);
    if (random() % 4 == 0) std::erase(after.open_locations, places[random() % 2]);
    if (!new_gaps(before.report(types), after.report(types)).empty()) {
      ++refused;
      continue;
    }
    ++let_through;
    // then
    for (const auto &group : before.leads) {
      if (!before.seen(group, types)) continue;
      EXPECT_TRUE(seen_by_somebody(after, group)) << round << group.type << group.location;
    }
  }
  EXPECT_GT(let_through, 500);
  EXPECT_GT(refused, 500);
}

}  // namespace
