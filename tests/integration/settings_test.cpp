// Lead Einstellungen on both databases: grants, dealer codes, and the coverage guarantee.
#include <thread>

#include "integration/dealership.hpp"
#include "processing/coverage_check.hpp"
#include "reference_host/core/people/standing.hpp"

namespace {

using namespace dealership;
using access::scope;
using processing::verdict;

class settings_test : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    for (const auto &category : sources_.types.categories()) grant("leitung", true, category.key, scope::all);
  }
  processing::outcome set(const std::string &user, bool on_category, const std::string &subject, scope reach,
                          std::vector<std::string> places = {}) {
    return settings_->grant(admin(), {user, on_category, subject, reach, std::move(places)});
  }
  /// What a refusal says, in English.
  std::string said(const processing::outcome &what) {
    std::string text = in_english(what.text);
    for (const auto &one : processing::sentences_for(what.gaps, sources_.types, *organisation_->now())) {
      text += " " + in_english(one);
    }
    return text;
  }
  void set_active(const std::string &user, bool active) {
    host_->data().users.set_active(user, active);
    host_->directory_changed();
  }
};
INSTANTIATE_TEST_SUITE_P(databases, settings_test, databases::all(), databases::name);

TEST_P(settings_test, grants_what_is_seen) {
  const auto wien = add_lead("1-A", "quote_request", "wien"), graz = add_lead("1-B", "test_drive", "graz");
  EXPECT_EQ(set("wien1", true, "siebel_nissan", scope::locations, {"wien"}).result, verdict::done);
  EXPECT_TRUE(open().find(wien, desk_->visibility_of("wien1", noon)));
  EXPECT_FALSE(open().find(graz, desk_->visibility_of("wien1", noon)));
  // a type differs from its category, and back
  EXPECT_EQ(set("wien1", false, "quote_request", scope::none).result, verdict::done);
  EXPECT_FALSE(open().find(wien, desk_->visibility_of("wien1", noon)));
  EXPECT_EQ(set("wien1", false, "quote_request", scope::inherit).result, verdict::done);
  EXPECT_TRUE(open().find(wien, desk_->visibility_of("wien1", noon)));
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
  EXPECT_NE(said(withdrawn).find("ALLE"), std::string::npos) << said(withdrawn);
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
  for (const auto &gap : settings_->coverage(noon).gaps) {
    EXPECT_NE(sources_.types.find_type(gap.type)->category, "siebel_nissan") << gap.type;
  }
}

TEST_P(settings_test, a_change_that_makes_nothing_worse_is_allowed_in_a_gap) {
  // given: a gap that is there already
  grant("leitung", true, "finance", scope::none);
  EXPECT_FALSE(settings_->coverage(noon).complete());
  // then
  EXPECT_EQ(set("wien1", true, "siebel_nissan", scope::locations, {"wien"}).result, verdict::done);
  EXPECT_EQ(set("wien1", true, "siebel_nissan", scope::none).result, verdict::done);
}

TEST_P(settings_test, asks_before_a_user_goes_or_a_place_closes) {
  add_lead("1-A");
  EXPECT_FALSE(settings_->objection_to_deactivating("leitung", noon).empty());
  EXPECT_TRUE(settings_->objection_to_deactivating("verkauf1", noon).empty());
  EXPECT_TRUE(settings_->objection_to_closing("wien", noon).empty()) << "ALLE covers it";
}

TEST_P(settings_test, admins_are_told_of_leads_that_nobody_sees_and_no_longer_when_somebody_does) {
  add_lead("1-A");
  grant("leitung", true, "siebel_nissan", scope::none);
  settings_->raise_or_clear(noon);
  settings_->raise_or_clear(noon);
  EXPECT_EQ(host_->data().notifications.count_unread("admin"), 2) << "the lead, and that nobody has ALLE";
  const auto standing = dms::reference::standing_of(host_->database(), "admin", 5);
  ASSERT_EQ(standing.size(), 1U) << "on every page until it is mended";
  EXPECT_NE(standing[0].text.find("Wien 1"), std::string::npos) << standing[0].text;
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

TEST_P(settings_test, types_are_checked) {
  EXPECT_TRUE(settings_->lead_type(admin(), {"no_type", 0, 1, 2, 3}).fields.count("type"));
  EXPECT_TRUE(settings_->lead_type(admin(), {"test_drive", 0, 60, 30, 36}).fields.count("escalation_minutes"));
  EXPECT_TRUE(settings_->lead_type(admin(), {"test_drive", 0, -1, 30, 36}).fields.count("reminder_minutes"));
  EXPECT_EQ(settings_->lead_type(admin(), {"test_drive", noon, 30, 60, 36}).result, verdict::done);
}

TEST_P(settings_test, says_what_a_grant_would_change) {
  add_lead("1-A");
  const auto effects = settings_->effects_of(
      {{"wien1", true, "siebel_nissan", scope::all, {}}, {"leitung", true, "siebel_nissan", scope::none, {}}}, noon);
  ASSERT_EQ(effects.size(), 2U);
  EXPECT_EQ(effects[0].arguments.at(1), "1");
  EXPECT_NE(effects[1].id.find("nobody would see"), std::string::npos) << effects[1].id;
}

/// The five ways in which ALLE goes: each is refused, and says how many leads of which type where.
TEST_P(settings_test, no_way_takes_the_last_sight_of_a_lead) {
  add_lead("1-A", "test_drive", "graz");
  add_lead("1-B", "test_drive", "graz");
  const auto names_them = [&](const processing::outcome &what, const char *way) {
    EXPECT_EQ(what.result, verdict::refused) << way;
    EXPECT_NE(said(what).find("“Test drive” that nobody would see: Graz 2"), std::string::npos) << way << said(what);
    EXPECT_NE(said(what).find("Give somebody else"), std::string::npos) << way;
  };
  names_them(set("leitung", true, "siebel_nissan", scope::none), "none");
  names_them(set("leitung", true, "siebel_nissan", scope::locations, {"wien"}), "locations");
  names_them(set("leitung", false, "test_drive", scope::none), "the type differs");
  names_them(settings_->copy_rights(admin(), "verkauf1", {"leitung"}), "another's rights");
  names_them(settings_->grants(admin(), {{{"wien1", true, "siebel_nissan", scope::none, {}}},
                                         {{"leitung", true, "siebel_nissan", scope::none, {}}}}),
             "many at once");
  // undo: wien1 got ALLE, leitung lost it; taking the first back would leave nobody
  EXPECT_EQ(set("wien1", true, "siebel_nissan", scope::all).result, verdict::done);
  const auto granted = open().settings_history(1).at(0).id;
  EXPECT_EQ(set("leitung", true, "siebel_nissan", scope::none).result, verdict::done);
  names_them(settings_->undo(admin(), granted, false), "undo");
  // the host asks
  const auto objection = settings_->objection_to_deactivating("wien1", noon);
  ASSERT_FALSE(objection.empty());
  EXPECT_NE(in_english(objection[0]).find("Graz 2"), std::string::npos);
}

TEST_P(settings_test, what_the_host_decides_alone_is_raised_until_it_is_mended) {
  add_lead("1-A");
  set_active("leitung", false);
  settings_->raise_or_clear(noon);
  EXPECT_EQ(dms::reference::standing_of(host_->database(), "admin", 5).size(), 1U);
  EXPECT_FALSE(settings_->was_complete());
  set_active("leitung", true);
  settings_->raise_or_clear(noon);
  EXPECT_TRUE(dms::reference::standing_of(host_->database(), "admin", 5).empty());
  EXPECT_TRUE(settings_->was_complete());
}

TEST_P(settings_test, the_second_of_two_admins_is_told_of_the_first) {
  EXPECT_EQ(settings_->grant(admin(), {"wien1", false, "test_drive", scope::all, {}}, "inherit").result, verdict::done);
  const auto second = settings_->grant(admin(), {"wien1", false, "test_drive", scope::none, {}}, "inherit");
  EXPECT_EQ(second.result, verdict::conflict);
  EXPECT_EQ(second.text.arguments, (std::vector<std::string>{"Person wien1", "ALLE", "Person admin"}));
  EXPECT_EQ(settings_->grant(admin(), {"wien1", false, "test_drive", scope::none, {}}, "all").result, verdict::done);
  // lead types and dealer codes alike
  EXPECT_EQ(settings_->lead_type(admin(), {"test_drive", 0, 30, 60, 36}, "").result, verdict::done);
  EXPECT_EQ(settings_->lead_type(admin(), {"test_drive", 0, 40, 60, 36}, "").result, verdict::conflict);
  EXPECT_EQ(settings_->dealer_code(admin(), {"siebel_nissan", "AT1", "wien"}, "").result, verdict::done);
  EXPECT_EQ(settings_->dealer_code(admin(), {"siebel_nissan", "AT1", "graz"}, "graz").result, verdict::conflict);
}

TEST_P(settings_test, rights_are_copied_whole_and_taken_back_together) {
  set("wien1", true, "siebel_nissan", scope::locations, {"wien"});
  set("wien1", false, "quote_request", scope::none);
  set("verkauf2", true, "finance", scope::all);
  // when
  auto later = admin();
  later.now += minute_us;
  EXPECT_EQ(settings_->copy_rights(later, "wien1", {"verkauf1", "verkauf2", "wien1"}).result, verdict::done);
  // then: exactly those of wien1
  for (const auto *user : {"verkauf1", "verkauf2"}) {
    const auto made = open().grants_of(user);
    EXPECT_EQ(std::count_if(made.begin(), made.end(), [](const auto &one) { return one.reach == scope::all; }), 0);
    EXPECT_TRUE(std::any_of(made.begin(), made.end(), [](const auto &one) {
      return one.on_category && one.subject == "siebel_nissan" && one.locations == std::vector<std::string>{"wien"};
    })) << user;
  }
  // and back, all at once
  const auto last = open().settings_history(1).at(0).id;
  EXPECT_EQ(settings_->undo(admin(), last, true).result, verdict::done);
  EXPECT_TRUE(access::visible_to("verkauf1", open().grants(), sources_.types).types.empty());
  EXPECT_TRUE(access::visible_to("verkauf2", open().grants(), sources_.types).types.at(0).all);
  // the same again is no longer what it was
  EXPECT_EQ(settings_->undo(admin(), last, true).result, verdict::conflict);
  EXPECT_EQ(settings_->undo(admin(), 4711, false).result, verdict::not_found);
  EXPECT_EQ(settings_->copy_rights(admin(), "nobody", {"verkauf1"}).result, verdict::invalid);
  EXPECT_EQ(settings_->copy_rights(admin(), "wien1", {}).result, verdict::invalid);
}

TEST_P(settings_test, an_undo_is_refused_where_a_later_change_stands) {
  set("wien1", true, "siebel_nissan", scope::all);
  const auto first = open().settings_history(1).at(0).id;
  set("wien1", true, "siebel_nissan", scope::locations, {"wien"});
  EXPECT_EQ(settings_->undo(admin(), first, false).result, verdict::conflict);
  EXPECT_EQ(settings_->undo(admin(), open().settings_history(1).at(0).id, false).result, verdict::done);
  EXPECT_EQ(settings_->undo(admin(), first, false).result, verdict::done);
  // types and codes are taken back as well
  settings_->lead_type(admin(), {"test_drive", 0, 30, 60, 36});
  EXPECT_EQ(settings_->undo(admin(), open().settings_history(1).at(0).id, false).result, verdict::done);
  settings_->dealer_code(admin(), {"siebel_nissan", "AT1", "wien"});
  EXPECT_EQ(settings_->undo(admin(), open().settings_history(1).at(0).id, false).result, verdict::done);
  EXPECT_TRUE(open().dealer_codes().empty());
}

TEST_P(settings_test, a_dealer_code_is_not_mapped_twice) {
  EXPECT_EQ(settings_->dealer_code(admin(), {"siebel_nissan", "AT1", "wien"}).result, verdict::done);
  EXPECT_EQ(settings_->dealer_code(admin(), {"siebel_nissan", "AT1", "wien"}).result, verdict::done)
      << "the same again";
  const auto twice = settings_->dealer_code(admin(), {"siebel_nissan", "AT1", "graz"});
  ASSERT_EQ(twice.result, verdict::invalid);
  EXPECT_EQ(twice.fields.at("code").arguments, (std::vector<std::string>{"AT1", "Wien"}));
  EXPECT_EQ(settings_->dealer_code(admin(), {"siebel_nissan", "AT1", "graz"}, "wien").result, verdict::done);
  EXPECT_EQ(open().dealer_codes().at(0).location, "graz");
}

TEST_P(settings_test, located_leads_follow_the_calendar_of_their_place) {
  // given: a place that opens in the afternoon only, and a lead of noon (14:00 in Vienna) without place
  dms::reference::location late;
  late.id = "linz";
  late.name = late.city = "Linz";
  late.hours = dms::reference::parse_hours("1-5 16:00-18:00");
  host_->data().locations.add(late);
  host_->directory_changed();
  const auto id = add_lead("1-A", "test_drive_fast_track", "");
  // when
  EXPECT_EQ(settings_->dealer_code(admin(), {"siebel_nissan", "AT10017", "linz"}).result, verdict::done);
  // then: 30 minutes after 16:00
  EXPECT_EQ(now(id).reminder_at, noon + 2 * hour_us + 30 * minute_us);
  EXPECT_EQ(now(id).escalation_at, noon + 3 * hour_us);
}

TEST_P(settings_test, a_lead_that_only_its_salesperson_sees_is_not_rejected_nor_given_to_one_who_leaves) {
  // given: nobody but verkauf1 sees the lead
  const auto id = add_lead("1-A");
  EXPECT_EQ(desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1").result, verdict::done);
  grant("leitung", true, "siebel_nissan", scope::none);
  // then
  const auto rejected = desk_->reject(salesperson("verkauf1"), call("verkauf1")->view(), id, 2, "Not mine.");
  EXPECT_EQ(rejected.result, verdict::refused) << rejected.text.id;
  EXPECT_EQ(now(id).assignee, "verkauf1");
  EXPECT_FALSE(settings_->objection_to_deactivating("verkauf1", noon).empty());
  // verkauf2 is being deactivated just now: the host was told that it may
  EXPECT_TRUE(settings_->objection_to_deactivating("verkauf2", noon).empty());
  auto who = salesperson("verkauf1");
  who.may_assign = true;
  EXPECT_EQ(desk_->assign(who, call("verkauf1")->view(), id, 2, "verkauf2").result, verdict::refused);
  // the host did not do it after all
  who.now = noon + minute_us;
  EXPECT_EQ(desk_->assign(who, call("verkauf1")->view(), id, 2, "verkauf2").result, verdict::done);
}

TEST_P(settings_test, an_admin_and_the_host_cannot_take_the_last_two_away_at_once) {
  for (int round = 0; round < 10; ++round) {
    const auto at = noon + round * minute_us;
    auto who = admin();
    who.now = at;
    ASSERT_EQ(settings_->grant(who, {"wien1", true, "siebel_nissan", scope::all, {}}).result, verdict::done);
    // when: an admin takes it from wien1 while the host deactivates leitung
    processing::outcome taken;
    std::vector<message> objection;
    std::thread settings([&] { taken = settings_->grant(who, {"wien1", true, "siebel_nissan", scope::none, {}}); });
    std::thread host([&] {
      objection = settings_->objection_to_deactivating("leitung", at);
      if (objection.empty()) set_active("leitung", false);
    });
    settings.join();
    host.join();
    // then: one of them
    EXPECT_NE(taken.result == verdict::done, objection.empty()) << round;
    for (const auto &gap : settings_->coverage(noon).gaps) {
      EXPECT_NE(sources_.types.find_type(gap.type)->category, "siebel_nissan") << gap.type;
    }
    set_active("leitung", true);
  }
}

}  // namespace
