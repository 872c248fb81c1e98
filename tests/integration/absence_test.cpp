// Absence and deputy (plugin/README.md "Absence"): who works for whom, what is told, and what nobody can get round. On
// both databases, with the reference host's real services.
#include "columns/lead_index.hpp"
#include "integration/dealership.hpp"
#include "integration/overview_oracle.hpp"
#include "processing/absence_desk.hpp"
#include "processing/coverage_check.hpp"
#include "processing/deadline_watch.hpp"

namespace {

using namespace dealership;
using processing::verdict;

class absence_test : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    const dms::host host(services_->raw());
    absences_ = std::make_unique<processing::absence_desk>(processing::absence_desk::parts{
        open(),
        *organisation_,
        *desk_,
        *settings_,
        &host.required<dms_notifications>(DMS_NOTIFICATIONS_ID),
        {},
        [this](const dms::call &, const std::string &action, const std::string &subject, const std::string &detail) {
          audited_.push_back(action + " " + subject + " " + detail);
        },
        dms::absences(host.service<dms_absences>(DMS_ABSENCES_ID))});
    leads_ = std::make_unique<columns::lead_index>(database().options(), open(), *organisation_);
  }
  void TearDown() override {
    leads_.reset();
    absences_.reset();
    with_desks::TearDown();
  }
  processing::outcome enter(const processing::actor &who, const processing::absence_desk::wish &wanted,
                            bool for_others = false) {
    return absences_->enter(who, call(who.user)->view(), wanted, for_others);
  }
  /// From today on, a week.
  void is_away(const std::string &user, const std::string &deputy) {
    ASSERT_EQ(enter(admin(), {user, "2020-07-22", "2020-07-28", deputy}, true).result, verdict::done);
  }
  std::int64_t given(const std::string &external_id, const std::string &user, const std::string &place = "wien") {
    const auto id = add_lead(external_id, "test_drive", place);
    EXPECT_EQ(desk_->assign(manager(), call("leitung")->view(), id, 1, user).result, verdict::done);
    return id;
  }
  std::vector<std::int64_t> behind(const std::string &tab, const std::string &user, time_us when = noon) {
    store::lead_query query;
    query.filter.tab = tab;
    query.filter.present = desk_->presence_at(when).looked_after();
    std::vector<std::int64_t> ids;
    const auto found = leads_->ask(query, desk_->visibility_of(user, when), when);
    for (const auto &item : found.page.leads) ids.push_back(item.id);
    const auto counted = tab == "mine" ? found.tabs.mine : tab == "absent" ? found.tabs.absent : found.tabs.all;
    EXPECT_EQ(counted, static_cast<std::int64_t>(ids.size())) << tab;
    const auto oracle = overview_oracle::list(open(), query, desk_->visibility_of(user, when), when).leads;
    EXPECT_EQ(oracle.size(), ids.size());
    return ids;
  }
  std::string last_bell(const std::string &user) {
    const auto all = host_->data().notifications.of_user(user, 1);
    return all.empty() ? std::string{} : all.front().text;
  }

  std::unique_ptr<processing::absence_desk> absences_;
  std::unique_ptr<columns::lead_index> leads_;
  std::vector<std::string> audited_;
};
INSTANTIATE_TEST_SUITE_P(databases, absence_test, databases::all(), databases::name);

using ids = std::vector<std::int64_t>;

TEST_P(absence_test, the_deputy_sees_and_works_the_leads_while_somebody_is_away_and_no_longer) {
  // given
  const auto id = given("1-A", "verkauf1");
  ASSERT_FALSE(open().find(id, desk_->visibility_of("verkauf2", noon)));
  // when
  ASSERT_EQ(enter(salesperson("verkauf1"), {"verkauf1", "2020-07-22", "2020-07-28", "verkauf2"}).result, verdict::done);
  // then
  EXPECT_TRUE(open().find(id, desk_->visibility_of("verkauf2", noon)));
  EXPECT_EQ(behind("mine", "verkauf2"), ids{id});
  EXPECT_EQ(
      desk_->contact_result(salesperson("verkauf2"), call("verkauf2")->view(), id, now(id).version, "tried", "").result,
      verdict::done);
  EXPECT_EQ(now(id).assignee, "verkauf1");
  EXPECT_EQ(open().timeline(id).front().actor, "verkauf2");
  EXPECT_NE(last_bell("verkauf2").find("Person verkauf1"), std::string::npos);
  ASSERT_EQ(audited_.size(), 1U);
  EXPECT_EQ(audited_[0], "leads.absence_entered verkauf1 2020-07-22 2020-07-28 verkauf2");
  // and: on the last day still, and on the day after not
  EXPECT_TRUE(open().find(id, desk_->visibility_of("verkauf2", noon + 6 * day_us)));
  EXPECT_FALSE(open().find(id, desk_->visibility_of("verkauf2", noon + 7 * day_us)));
  EXPECT_EQ(behind("mine", "verkauf2", noon + 7 * day_us), ids{});
}

TEST_P(absence_test, notices_go_to_the_deputy) {
  // given
  const auto id = given("1-A", "verkauf1");
  is_away("verkauf1", "verkauf2");
  const dms::host host(services_->raw());
  const processing::deadline_watch watch({open(),
                                          sources_.types,
                                          *organisation_,
                                          &host.required<dms_notifications>(DMS_NOTIFICATIONS_ID),
                                          {},
                                          [] { return std::string(); },
                                          &in_english,
                                          dms::log(nullptr)});
  // when: the reminder is due
  host_->clock().set(noon + hour_us);
  EXPECT_EQ(watch.run(call("")->view()), 1);
  // then
  EXPECT_EQ(open().timeline(id).front().data.at("users"), "verkauf2");
  // when: a new lead is assigned to whoever is away
  const auto another = given("1-B", "verkauf1");
  // then
  EXPECT_EQ(now(another).assignee, "verkauf1");
  EXPECT_NE(last_bell("verkauf2").find("Person verkauf1 has a new lead"), std::string::npos);
}

TEST_P(absence_test, where_the_deputy_is_away_too_his_deputy_works_or_the_tab_says_so) {
  // given
  const auto id = given("1-A", "verkauf1");
  is_away("verkauf1", "verkauf2");
  is_away("verkauf2", "wien1");
  // then
  EXPECT_TRUE(open().find(id, desk_->visibility_of("wien1", noon)));
  EXPECT_EQ(behind("absent", "leitung"), ids{});
  // when: round in a circle
  ASSERT_EQ(enter(admin(), {"wien1", "2020-07-23", "2020-07-24", "verkauf1"}, true).text.arguments.at(0),
            "Person verkauf1");
  // then: from tomorrow on nobody works it, and those who assign are told
  const auto tomorrow = noon + day_us;
  EXPECT_EQ(behind("absent", "leitung", tomorrow), ids{id});
  settings_->raise_or_clear(tomorrow);
  EXPECT_NE(last_bell("leitung").find("is away until 28.7.2020"), std::string::npos) << last_bell("leitung");
  // and: told until somebody is back
  settings_->raise_or_clear(noon + 3 * day_us);
  EXPECT_EQ(last_bell("leitung").find("is away until"), std::string::npos) << last_bell("leitung");
}

TEST_P(absence_test, an_absence_that_cannot_be_is_refused_at_its_field) {
  struct row {
    processing::absence_desk::wish wanted;
    std::string field;
  };
  is_away("wien1", "leitung");
  const row rows[] = {{{"nobody", "2020-07-22", "2020-07-23", "verkauf2"}, "user"},
                      {{"verkauf1", "22.7.2020", "2020-07-23", "verkauf2"}, "from"},
                      {{"verkauf1", "", "2020-07-23", "verkauf2"}, "from"},
                      {{"verkauf1", "2020-02-30", "2020-07-23", "verkauf2"}, "from"},
                      {{"verkauf1", "2020-07-22", "2020-7-23", "verkauf2"}, "to"},
                      {{"verkauf1", "2020-07-24", "2020-07-23", "verkauf2"}, "to"},
                      {{"verkauf1", "2020-07-20", "2020-07-21", "verkauf2"}, "to"},
                      {{"verkauf1", "2020-07-22", "2022-07-23", "verkauf2"}, "to"},
                      {{"verkauf1", "2027-07-22", "2027-07-23", "verkauf2"}, "from"},
                      {{"verkauf1", "2020-07-22", "2020-07-23", "verkauf1"}, "deputy"},
                      {{"verkauf1", "2020-07-22", "2020-07-23", "admin"}, "deputy"},
                      {{"verkauf1", "2020-07-22", "2020-07-23", "nobody"}, "deputy"},
                      {{"wien1", "2020-07-28", "2020-07-30", "leitung"}, "from"}};
  for (const auto &[wanted, field] : rows) {
    const auto came = enter(admin(), wanted, true);
    EXPECT_EQ(came.result, verdict::invalid) << wanted.from << wanted.to << wanted.deputy;
    EXPECT_TRUE(came.fields.contains(field)) << field << " of " << wanted.from << wanted.to << wanted.deputy;
  }
  EXPECT_EQ(open().absences("2020-01-01").size(), 1U);
}

TEST_P(absence_test, everybody_enters_his_own_and_names_somebody) {
  EXPECT_EQ(enter(salesperson("verkauf1"), {"verkauf2", "2020-07-22", "2020-07-23", "verkauf1"}).result,
            verdict::forbidden);
  EXPECT_TRUE(enter(salesperson("verkauf1"), {"verkauf1", "2020-07-22", "2020-07-23", ""}).fields.contains("deputy"));
  EXPECT_TRUE(open().absences("2020-01-01").empty());
  // An administrator may not know yet who can: the leads stand where it is said.
  const auto id = given("1-A", "verkauf1");
  is_away("verkauf1", "");
  EXPECT_EQ(behind("absent", "leitung"), ids{id});
  // And nobody ends that of another, who does not learn that it is there.
  const auto one = open().absences("2020-01-01").front();
  EXPECT_EQ(absences_->end(salesperson("verkauf2"), call("verkauf2")->view(), one.id, false).result,
            verdict::not_found);
  EXPECT_EQ(absences_->end(salesperson("verkauf1"), call("verkauf1")->view(), one.id, false).result, verdict::done);
  EXPECT_EQ(behind("absent", "leitung"), ids{});
  EXPECT_EQ(absences_->end(salesperson("verkauf1"), call("verkauf1")->view(), one.id, false).result,
            verdict::not_found);
}

TEST_P(absence_test, what_nobody_would_see_meanwhile_is_said_and_the_strip_says_it) {
  // given: leads of nobody in Graz, which only the management sees
  add_lead("1-A", "test_drive", "graz");
  ASSERT_EQ(settings_->coverage(noon).unseen(), 0);
  // when
  const auto came = enter(manager(), {"leitung", "2020-07-22", "2020-07-28", "wien1"});
  // then: it is a fact, and said
  EXPECT_EQ(came.result, verdict::done);
  EXPECT_FALSE(came.gaps.empty());
  EXPECT_EQ(settings_->coverage(noon).unseen(), 1);
  EXPECT_FALSE(open().leads({1}, desk_->visibility_of("wien1", noon)).size());
  // and: while she is away her right is not taken for nothing
  EXPECT_EQ(settings_->grant(admin(), {"leitung", true, "siebel_nissan", access::scope::none, {}}).result,
            verdict::refused);
  // and: with her back everything is as before
  EXPECT_EQ(settings_->coverage(noon + 7 * day_us).unseen(), 0);
}

TEST_P(absence_test, a_deputy_is_not_deactivated_where_nobody_else_would_see_the_leads) {
  // given: a type that nobody has a right for but the deputy's absent colleague, by assignment
  const auto id = given("1-A", "verkauf1", "graz");
  grant("leitung", true, "siebel_nissan", access::scope::none);
  is_away("verkauf1", "verkauf2");
  ASSERT_TRUE(open().find(id, desk_->visibility_of("verkauf2", noon)));
  // then
  EXPECT_FALSE(settings_->objection_to_deactivating("verkauf2", noon).empty());
}

TEST_P(absence_test, what_the_host_tells_is_taken_over_once_and_changed_there_alone) {
  // given
  const auto id = given("1-A", "verkauf1");
  const auto told = host_->data().absences.add({0, "verkauf1", "2020-07-20", "2020-07-24", "verkauf2"});
  // when
  absences_->take_told(noon);
  absences_->take_told(noon);
  // then
  const auto all = open().absences(access::day_of(noon));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(all.front().told);
  EXPECT_TRUE(open().find(id, desk_->visibility_of("verkauf2", noon)));
  EXPECT_EQ(absences_->end(admin(), call("admin")->view(), all.front().id, true).result, verdict::refused);
  // and: one's own stands beside it
  EXPECT_EQ(enter(salesperson("verkauf1"), {"verkauf1", "2020-07-22", "2020-07-23", "wien1"}).result, verdict::done);
  EXPECT_TRUE(open().find(id, desk_->visibility_of("wien1", noon)));
  // when: the host takes it back
  host_->data().absences.remove(told);
  absences_->take_told(noon);
  // then
  ASSERT_EQ(open().absences(access::day_of(noon)).size(), 1U);
  EXPECT_FALSE(open().absences(access::day_of(noon)).front().told);
}

TEST_P(absence_test, everybody_hands_over_his_own_leads) {
  const auto id = given("1-A", "verkauf1"), other = given("1-B", "wien1");
  EXPECT_EQ(
      desk_->hand_over(salesperson("verkauf1"), call("verkauf1")->view(), "user", "wien1", "verkauf2").result.result,
      verdict::forbidden);
  EXPECT_EQ(desk_->hand_over(salesperson("verkauf1"), call("verkauf1")->view(), "user", "verkauf1", "verkauf2").done,
            1);
  EXPECT_EQ(now(id).assignee, "verkauf2");
  EXPECT_EQ(now(other).assignee, "wien1");
}

}  // namespace
