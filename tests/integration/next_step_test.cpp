// No open lead falls silent (plugin/README.md "Next step"): what comes next is kept with the lead, follows the host's
// myKontakte, and is told of when it is overdue. On both databases, with the reference host's real services.
#include <algorithm>

#include "columns/lead_index.hpp"
#include "integration/history.hpp"
#include "processing/absence_desk.hpp"
#include "processing/contact_times.hpp"
#include "processing/deadline_watch.hpp"

namespace {

using namespace dealership;
using processing::verdict;
using kind = next_step::kind;

constexpr time_us working_day = 600 * minute_us;

class next_step_test : public with_history {
 protected:
  void SetUp() override {
    with_history::SetUp();
    const dms::host host(services_->raw());
    watch_ = std::make_unique<processing::deadline_watch>(
        processing::deadline_watch::parts{open(),
                                          sources_.types,
                                          *organisation_,
                                          &host.required<dms_notifications>(DMS_NOTIFICATIONS_ID),
                                          {},
                                          [] { return std::string(); },
                                          &in_english,
                                          dms::log(nullptr)});
    leads_ = std::make_unique<columns::lead_index>(database().options(), open(), *organisation_);
  }
  void TearDown() override {
    leads_.reset();
    watch_.reset();
    with_history::TearDown();
  }
  int at(time_us when) {
    now_ = when;
    host_->clock().set(when);
    return watch_->run(call("")->view());
  }
  std::int64_t assigned_lead(const std::string &external_id, const std::string &type = "test_drive") {
    const auto id = add_lead(external_id, type);
    EXPECT_EQ(desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1").result, verdict::done);
    return id;
  }
  processing::outcome result(std::int64_t id, const std::string &came, const processing::follow_up &next = {}) {
    auto who = salesperson("verkauf1");
    who.now = now_;
    return desk_->contact_result(who, call("verkauf1")->view(), id, now(id).version, came, "", next);
  }
  std::vector<dms::reference::contact> planned(std::int64_t id) {
    auto all = host_->data().contacts.with_reference("lead:" + std::to_string(id));
    std::erase_if(all, [](const auto &one) { return one.done_us != 0; });
    std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.due_us < b.due_us; });
    return all;
  }
  void complete(const dms::reference::contact &one, const std::string &came) {
    const auto by = call(one.user);
    ASSERT_TRUE(host_->complete_contact(*by, one.id, came, ""));
    desk_->contact_completed(by->view(), std::stoll(one.reference.substr(5)), std::to_string(one.id), came, "");
  }
  std::vector<std::int64_t> behind(const std::string &tab) {
    store::lead_query query;
    query.filter.tab = tab;
    query.limit = 500;
    std::vector<std::int64_t> ids;
    do {
      const auto page = leads_->list(query, access::system_visibility(), now_);
      for (const auto &item : page.leads) ids.push_back(item.id);
      query.cursor = page.next;
    } while (!query.cursor.empty());
    return ids;
  }
  static bool holds(const std::vector<std::int64_t> &ids, std::int64_t id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  }
  std::int64_t bells(const std::string &user) { return host_->data().notifications.count_unread(user); }
  std::string last_bell(const std::string &user) { return host_->data().notifications.of_user(user, 1).at(0).text; }

  std::unique_ptr<processing::deadline_watch> watch_;
  std::unique_ptr<columns::lead_index> leads_;
};
INSTANTIATE_TEST_SUITE_P(databases, next_step_test, databases::all(), databases::name);

TEST_P(next_step_test, the_first_contact_is_overdue_in_my_contacts_exactly_when_the_lead_is) {
  // given
  const auto id = assigned_lead("1-A");
  // then
  ASSERT_EQ(planned(id).size(), 1U);
  EXPECT_EQ(planned(id).front().due_us, now(id).escalation_at);
  EXPECT_EQ(next_step_of(now(id)), (next_step{kind::first_contact, now(id).escalation_at}));
}

TEST_P(next_step_test, a_result_with_what_comes_next_is_one_change) {
  // given
  const auto id = assigned_lead("1-A");
  const auto version = now(id).version;
  // when
  const auto due = noon + 2 * hour_us;
  ASSERT_EQ(result(id, "tried", {due}).result, verdict::done);
  // then: one version, both events, and the next call alone in myKontakte
  EXPECT_EQ(now(id).version, version + 1);
  const auto timeline = open().timeline(id);
  EXPECT_EQ(timeline.at(0).kind, "contact_planned");
  EXPECT_EQ(timeline.at(1).kind, "contact_result");
  ASSERT_EQ(planned(id).size(), 1U);
  EXPECT_EQ(planned(id).front().due_us, due);
  EXPECT_EQ(planned(id).front().kind, "phone");
  EXPECT_EQ(next_step_of(now(id)), (next_step{kind::contact, due}));
  // and: a time that is over, or a channel that does not exist, changes nothing
  EXPECT_EQ(result(id, "reached", {noon - 2 * day_us}).result, verdict::invalid);
  EXPECT_EQ(result(id, "reached", {due, "smoke signals"}).result, verdict::invalid);
  EXPECT_EQ(now(id).version, version + 1);
  EXPECT_EQ(now(id).contact, contact_result::tried);
}

TEST_P(next_step_test, a_lead_without_a_next_step_stands_in_its_tab_and_people_are_told) {
  // given: spoken to, and nothing agreed
  const auto id = assigned_lead("1-A");
  ASSERT_EQ(result(id, "reached").result, verdict::done);
  EXPECT_EQ(next_step_of(now(id)).what, kind::missing);
  EXPECT_TRUE(holds(behind("silent"), id));
  host_->data().notifications.mark_read("verkauf1", noon);
  // when: a working day passes, and another; noon in Vienna is 14 o'clock
  EXPECT_EQ(at(noon + day_us - second_us), 0);
  EXPECT_EQ(at(noon + day_us), 1);
  // then
  EXPECT_EQ(bells("verkauf1"), 1);
  EXPECT_NE(last_bell("verkauf1").find("nothing is planned next with Johanna Leitgeb"), std::string::npos);
  EXPECT_EQ(at(noon + 2 * day_us), 1);
  EXPECT_EQ(bells("leitung"), 1);
  // and: each once
  EXPECT_EQ(at(noon + 5 * day_us), 0);
  // when: something is planned
  auto who = salesperson("verkauf1");
  who.now = now_;
  desk_->contact(who, call("verkauf1")->view(), id, now(id).version, now_ + hour_us, "phone", "");
  // then
  EXPECT_FALSE(holds(behind("silent"), id));
}

TEST_P(next_step_test, an_overdue_next_step_reminds_and_escalates_by_its_type) {
  // given: a call is due tomorrow at this time; the type reminds after one hour, and escalates after two
  settings_->lead_type(admin(), {"test_drive", 0, 0, 0, 36, 60, 120});
  const auto id = assigned_lead("1-A");
  const auto due = noon + day_us;
  ASSERT_EQ(result(id, "tried", {due}).result, verdict::done);
  host_->data().notifications.mark_read("verkauf1", noon);
  // then
  EXPECT_EQ(at(due), 0);
  EXPECT_TRUE(holds(behind("overdue"), id));
  EXPECT_EQ(at(due + hour_us), 1);
  EXPECT_NE(last_bell("verkauf1").find("the next contact with Johanna Leitgeb is overdue"), std::string::npos);
  EXPECT_EQ(at(due + 2 * hour_us), 1);
  EXPECT_EQ(bells("leitung"), 1);
  EXPECT_EQ(open().timeline(id).front().kind, "escalation");
  // and: the next one begins anew
  ASSERT_EQ(result(id, "tried", {now_ + hour_us}).result, verdict::done);
  EXPECT_EQ(now(id).notified, 0);
  EXPECT_FALSE(holds(behind("overdue"), id));
  // Two hours later it is evening: the reminder comes with the next opening hour.
  EXPECT_EQ(at(noon + 2 * day_us), 1);
}

TEST_P(next_step_test, an_agreed_drive_whose_day_passed_without_a_result_is_told_of) {
  // given
  const auto id = assigned_lead("1-A");
  const auto drive = noon + day_us;
  ASSERT_EQ(desk_
                ->agree_test_drive(salesperson("verkauf1"), call("verkauf1")->view(), id, now(id).version,
                                   {drive, "", "", ""})
                .result,
            verdict::done);
  EXPECT_EQ(next_step_of(now(id)), (next_step{kind::test_drive, drive}));
  host_->data().notifications.mark_read("verkauf1", noon);
  // when
  EXPECT_EQ(at(drive + working_day), 0);
  EXPECT_EQ(at(drive + day_us), 1);
  // then
  EXPECT_NE(last_bell("verkauf1").find("the test drive of Johanna Leitgeb has no result yet"), std::string::npos);
  // when: it took place
  auto who = salesperson("verkauf1");
  who.now = now_;
  desk_->progress(who, call("verkauf1")->view(), id, now(id).version, "test_drive_done");
  // then: its entry is done too
  EXPECT_TRUE(planned(id).empty());
  EXPECT_EQ(next_step_of(now(id)).what, kind::missing);
}

TEST_P(next_step_test, what_is_done_and_planned_in_my_contacts_is_known_to_the_lead) {
  // given
  const auto id = assigned_lead("1-A");
  const auto first = planned(id).front();
  // when: the host plans the next one, and completes this one
  auto next = first;
  next.due_us = noon + 3 * day_us;
  next.kind = "email";
  host_->data().contacts.create(next, "host:next");
  complete(first, "tried");
  // then
  EXPECT_EQ(now(id).contact, contact_result::tried);
  EXPECT_EQ(next_step_of(now(id)), (next_step{kind::contact, noon + 3 * day_us}));
  EXPECT_EQ(now(id).next_kind, "email");
  // when: it is completed while nobody listens
  const auto version = now(id).version;
  ASSERT_TRUE(host_->data().contacts.complete(planned(id).front().id, "", "", noon));
  desk_->take_missed_results(call("")->view());
  // then: nobody's open page is disturbed
  EXPECT_EQ(next_step_of(now(id)).what, kind::missing);
  EXPECT_EQ(now(id).version, version);
}

TEST_P(next_step_test, whoever_gets_a_lead_that_was_spoken_to_has_something_to_do) {
  // given: reached, nothing planned
  const auto id = assigned_lead("1-A");
  ASSERT_EQ(result(id, "reached").result, verdict::done);
  ASSERT_TRUE(planned(id).empty());
  // when
  ASSERT_EQ(desk_->assign(manager(), call("leitung")->view(), id, now(id).version, "verkauf2").result, verdict::done);
  // then
  ASSERT_EQ(planned(id).size(), 1U);
  EXPECT_EQ(now(id).next_at, planned(id).front().due_us);
  EXPECT_EQ(next_step_of(now(id)).what, kind::contact);
}

TEST_P(next_step_test, ended_leads_wait_for_nothing_and_reopened_ones_do) {
  // given
  const auto id = assigned_lead("1-A");
  ASSERT_EQ(result(id, "tried", {noon + day_us}).result, verdict::done);
  // when
  desk_->close(salesperson("verkauf1"), call("verkauf1")->view(), id, now(id).version, "", "no_further_contact", "");
  // then
  EXPECT_EQ(now(id).next_at, 0);
  EXPECT_TRUE(planned(id).empty());
  EXPECT_EQ(at(noon + 30 * day_us), 0);
  // when
  auto who = salesperson("verkauf1");
  who.now = now_;
  ASSERT_EQ(desk_->reopen(who, call("verkauf1")->view(), id, now(id).version, "").result, verdict::done);
  // then
  EXPECT_EQ(next_step_of(now(id)).what, kind::contact);
  ASSERT_EQ(planned(id).size(), 1U);
  EXPECT_EQ(now(id).next_at, planned(id).front().due_us);
}

// --- whatever happens in a dealership, in whatever order ---

class silence : public next_step_test {
 protected:
  void SetUp() override {
    next_step_test::SetUp();
    absences_ = std::make_unique<processing::absence_desk>(
        processing::absence_desk::parts{open(), *organisation_, *desk_, *settings_, nullptr});
  }
  void TearDown() override {
    absences_.reset();
    next_step_test::TearDown();
  }
  /// Somebody is away, with or without a deputy, or is back; leaves where the plugin does not object, or returns.
  void people_come_and_go() {
    static const std::vector<std::string> users{"leitung", "wien1", "verkauf1", "verkauf2"},
        leavers{"wien1", "verkauf1"};
    auto who = admin();
    who.now = now_;
    const auto by = call("admin");
    const auto today = access::day_of(now_);
    switch (below(4)) {
      case 0:
      case 1:
        absences_->enter(who, by->view(),
                         {one_of(users), day_after(today, below(3)), day_after(today, below(9)),
                          below(3) == 0 ? std::string{} : one_of(users)},
                         true);
        return;
      case 2:
        if (const auto all = open().absences(today); !all.empty())
          absences_->end(who, by->view(), one_of(all).id, true);
        return;
      default: {
        const auto &user = one_of(leavers);
        const bool active = host_->data().users.find(user)->active;
        if (active && !settings_->objection_to_deactivating(user, now_).empty()) return;
        host_->data().users.set_active(user, !active);
        host_->directory_changed();
      }
    }
  }
  /// Besides what happens anyway: contacts are planned, and made in myKontakte.
  void contacts_happen() {
    const auto all = behind("open");
    if (all.empty()) return;
    const auto id = one_of(all);
    const auto item = now(id);
    static const std::vector<std::string> users{"leitung", "verkauf1", "verkauf2"}, kinds{"phone", "email", "visit"};
    const auto &user = one_of(users);
    if (!host_->data().users.find(user)->active) return;
    const processing::actor who{user, "Somebody", true, true, true, now_};
    switch (below(3)) {
      case 0:
        desk_->contact(who, call(user)->view(), id, item.version, now_ + below(9 * 24) * hour_us, one_of(kinds), "");
        return;
      case 1:
        desk_->contact_result(who, call(user)->view(), id, item.version, below(2) == 0 ? "tried" : "reached", "",
                              {now_ + below(5 * 24) * hour_us});
        return;
      default:
        auto open = planned(id);
        // Who has left makes none.
        std::erase_if(open, [&](const auto &one) { return !host_->data().users.find(one.user)->active; });
        if (!open.empty()) complete(one_of(open), below(2) == 0 ? "tried" : "reached");
    }
  }
  bool is_seen(const lead &item) {
    const auto here = desk_->presence_at(now_);
    return std::any_of(here.here().begin(), here.here().end(),
                       [&](const auto &user) { return access::sees(desk_->visibility_of(user, now_), item); });
  }
  /// An open lead is seen by somebody who is here and has an owner who works it: or it stands where that is said, and
  /// only then.
  void expect_eyes_and_an_owner() {
    const auto here = desk_->presence_at(now_);
    const auto report = settings_->coverage(now_);
    store::lead_query query;
    query.filter.tab = "absent";
    query.filter.present = here.looked_after();
    query.limit = 500;
    std::vector<std::int64_t> alone;
    for (const auto &one : leads_->list(query, access::system_visibility(), now_).leads) alone.push_back(one.id);
    std::int64_t unseen = 0;
    for (const auto id : behind("open")) {
      SCOPED_TRACE("lead " + std::to_string(id));
      const auto item = now(id);
      const bool said = std::any_of(report.gaps.begin(), report.gaps.end(), [&](const access::gap &gap) {
        return gap.leads > 0 && gap.type == item.content.type && gap.location == item.location;
      });
      if (!is_seen(item)) {
        ++unseen;
        EXPECT_TRUE(said);
      }
      const bool worked = item.assignee.empty() || !here.acting_for(item.assignee).empty();
      EXPECT_EQ(holds(alone, id), !worked);
    }
    EXPECT_EQ(report.unseen(), unseen);
    alone_ += static_cast<std::int64_t>(alone.size());
  }
  /// Without the job that looks there: by what each change and the host's events say.
  void expect_same_as_in_my_contacts() {
    for (const auto id : behind("open")) {
      const auto open = planned(id);
      EXPECT_EQ(now(id).next_at, open.empty() ? 0 : open.front().due_us) << "lead " << id;
    }
  }
  void expect_nothing_silent() {
    const auto silent = behind("silent"), overdue = behind("overdue");
    for (const auto id : behind("open")) {
      SCOPED_TRACE("lead " + std::to_string(id));
      const auto item = now(id);
      const auto step = next_step_of(item);
      EXPECT_EQ(holds(silent, id), step.due == 0);
      const auto open = planned(id);
      // Overdue is one thing: in the tab, in the row, and in myKontakte unless only a deadline or a drive's day passed.
      EXPECT_EQ(holds(overdue, id), deadline_of(item, now_) == deadline::overdue);
      if (!open.empty() && open.front().due_us <= now_) EXPECT_TRUE(holds(overdue, id));
      // Somebody is told in time: of what is overdue, and of what is missing.
      const auto [reminder, escalation] = notices_of(item);
      EXPECT_NE(escalation, 0);
      EXPECT_GE(item.notified, escalation <= now_ ? 2 : reminder != 0 && reminder <= now_ ? 1 : 0);
    }
  }

  std::unique_ptr<processing::absence_desk> absences_;
  std::int64_t alone_ = 0;
};
INSTANTIATE_TEST_SUITE_P(databases, silence, databases::all(), databases::name);

TEST_P(silence, no_open_lead_is_without_eyes_an_owner_and_a_next_step_unless_it_is_said) {
  for (int moment = 0; moment < 60; ++moment) {
    // when
    const int things = 1 + below(12);
    for (int one = 0; one < things; ++one) {
      happen();
      contacts_happen();
      if (below(3) == 0) people_come_and_go();
    }
    // then
    SCOPED_TRACE("moment " + std::to_string(moment));
    expect_same_as_in_my_contacts();
    expect_eyes_and_an_owner();
    // and: after the jobs
    desk_->take_missed_results(call("")->view());
    watch_->run(call("")->view());
    expect_nothing_silent();
    if (HasFailure()) return;
  }
  // It happened, so it was looked for.
  EXPECT_GT(alone_, 0);
}

}  // namespace
