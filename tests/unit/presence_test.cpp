// Who is here, and who works for those who are away (plugin/README.md "Absence").
#include "access/presence.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "access/coverage.hpp"

namespace {

using namespace lead_system;
using namespace lead_system::access;

organisation people_of(const std::vector<std::string> &names) {
  organisation result;
  for (const auto &name : names) result.users.push_back({name, name, {}, {}, true, {"sales"}, {}});
  return result;
}
absence away(const std::string &user, const std::string &deputy, const std::string &from = "2026-12-01",
             const std::string &to = "2026-12-05") {
  return {0, user, from, to, deputy, false, user};
}

TEST(presence, first_and_last_day_count) {
  const auto people = people_of({"anna", "ben"});
  const std::vector<absence> all{away("anna", "ben")};
  EXPECT_TRUE(presence(people, all, "2026-11-30").is_here("anna"));
  EXPECT_EQ(presence(people, all, "2026-12-01").acting_for("anna"), "ben");
  EXPECT_EQ(presence(people, all, "2026-12-05").acting_for("anna"), "ben");
  EXPECT_EQ(presence(people, all, "2026-12-06").acting_for("anna"), "anna");
  EXPECT_EQ(presence(people, all, "2026-12-03").represented_by("ben"), std::vector<std::string>{"anna"});
}

TEST(presence, a_deputy_who_is_away_is_represented_by_his_own) {
  const auto people = people_of({"anna", "ben", "cora"});
  const presence today(people, {away("anna", "ben"), away("ben", "cora")}, "2026-12-03");
  EXPECT_EQ(today.acting_for("anna"), "cora");
  EXPECT_EQ(today.acting_for("ben"), "cora");
  EXPECT_EQ(today.here(), std::vector<std::string>{"cora"});
}

TEST(presence, a_circle_and_a_deputy_who_has_left_are_nobody) {
  auto people = people_of({"anna", "ben", "cora"});
  const presence circle(people, {away("anna", "ben"), away("ben", "anna")}, "2026-12-03");
  EXPECT_EQ(circle.acting_for("anna"), "");
  EXPECT_EQ(circle.looked_after(), std::vector<std::string>{"cora"});
  people.users[1].active = false;
  EXPECT_EQ(presence(people, {away("anna", "ben")}, "2026-12-03").acting_for("anna"), "");
  // And somebody who has left is not away: nobody works for him any more.
  EXPECT_EQ(presence(people, {away("ben", "cora")}, "2026-12-03").acting_for("ben"), "");
}

TEST(presence, of_two_absences_the_one_with_somebody_here_decides) {
  const auto people = people_of({"anna", "ben", "cora"});
  const presence today(people, {away("anna", ""), away("anna", "ben"), away("ben", ""), away("anna", "cora")},
                       "2026-12-03");
  EXPECT_EQ(today.acting_for("anna"), "cora");
}

/// Whatever is entered: whoever acts is here, and nobody acts only where no chain of deputies leads to anybody.
TEST(presence, whoever_acts_is_here_whatever_is_entered) {
  std::mt19937 random(20);
  const std::vector<std::string> names{"anna", "ben", "cora", "dora", "emil"};
  for (int round = 0; round < 3000; ++round) {
    auto people = people_of(names);
    for (auto &one : people.users) one.active = random() % 5 != 0;
    std::vector<absence> all;
    for (int number = 0; number < static_cast<int>(random() % 7); ++number) {
      all.push_back(away(names[random() % 5], random() % 4 == 0 ? "" : names[random() % 5]));
    }
    const presence today(people, all, "2026-12-02");
    for (const auto &name : names) {
      // given: everybody who can be reached from deputy to deputy
      std::set<std::string> reached{name};
      bool grows = people.find_user(name)->active;
      while (grows) {
        grows = false;
        for (const auto &one : all) {
          const bool goes_on = reached.contains(one.user) && people.find_user(one.user)->active && !one.deputy.empty();
          if (goes_on) grows = reached.insert(one.deputy).second || grows;
        }
      }
      const bool somebody = std::any_of(reached.begin(), reached.end(), [&](const auto &one) {
        const bool is_away = std::any_of(all.begin(), all.end(), [&](const auto &it) { return it.user == one; });
        return people.find_user(one)->active && !is_away;
      });
      // then
      const auto who = today.acting_for(name);
      EXPECT_EQ(!who.empty(), somebody && people.find_user(name)->active) << round << name;
      if (!who.empty()) EXPECT_TRUE(today.is_here(who)) << round << name;
    }
  }
}

TEST(presence, a_deputy_sees_the_leads_of_the_person_and_not_what_that_person_may_see) {
  catalog types;
  types.add(category{"siebel", "Siebel"});
  lead_type type;
  type.key = "test_drive";
  type.category = "siebel";
  types.add(type);
  const std::vector<grant> grants{{"anna", true, "siebel", scope::all, {}}};
  const auto ben = visible_to("ben", grants, types, {"anna"});
  EXPECT_TRUE(sees(ben, "test_drive", "wien", "anna"));
  EXPECT_FALSE(sees(ben, "test_drive", "wien", "cora"));
  EXPECT_FALSE(sees(ben, "test_drive", "wien", ""));
}

TEST(presence, that_everybody_is_away_does_not_hide_what_breaks_afterwards) {
  catalog types;
  types.add(category{"siebel", "Siebel"});
  lead_type type;
  type.key = "test_drive";
  type.category = "siebel";
  types.add(type);
  // given: the two who have ALLE are away
  situation before{{"cora"}, {"wien"}, {{"anna", true, "siebel", scope::all, {}}}, {}, {"anna"}, {}};
  // when: one of them loses it
  auto after = before;
  after.grants.clear();
  // then: today is as bad as before, and the day after is worse
  EXPECT_TRUE(new_gaps(before.report(types), after.report(types)).empty());
  EXPECT_FALSE(new_gaps(before, after, types).empty());
}

}  // namespace
