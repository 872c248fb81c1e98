// Reminder and escalation (plugin/README.md "Deadlines"): who is told, when, once, and what stops it. On both
// databases, with the reference host's bell and a mail server that the test reads.
#include <algorithm>
#include <thread>

#include "integration/dealership.hpp"
#include "integration/mail_receiver.hpp"
#include "processing/deadline_watch.hpp"

namespace {

using namespace dealership;
using processing::verdict;

class deadlines_test : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    watch_ = make_watch();
  }
  std::unique_ptr<processing::deadline_watch> make_watch() {
    const dms::host host(services_->raw());
    return std::make_unique<processing::deadline_watch>(processing::deadline_watch::parts{
        open(), sources_.types, *organisation_, &host.required<dms_notifications>(DMS_NOTIFICATIONS_ID),
        [this] { return server_; }, [] { return std::string("https://dms.example.at"); }, &in_english,
        dms::log(nullptr)});
  }
  int at(time_us when) {
    host_->clock().set(when);
    return watch_->run(call("")->view());
  }
  std::int64_t bells(const std::string &user) { return host_->data().notifications.count_unread(user); }
  std::string last_bell(const std::string &user) { return host_->data().notifications.of_user(user, 1).at(0).text; }
  std::vector<std::string> kinds(std::int64_t id) {
    std::vector<std::string> result;
    for (const auto &event : open().timeline(id)) result.push_back(event.kind);
    std::reverse(result.begin(), result.end());
    return result;
  }
  lead_event newest(std::int64_t id) { return open().timeline(id).front(); }
  void assign(std::int64_t id, const std::string &user) {
    ASSERT_EQ(desk_->assign(manager(), call("leitung")->view(), id, now(id).version, user).result, verdict::done);
    host_->data().notifications.mark_read(user, noon);
  }

  notice::mail_server server_;
  std::unique_ptr<processing::deadline_watch> watch_;
};
INSTANTIATE_TEST_SUITE_P(databases, deadlines_test, databases::all(), databases::name);

TEST_P(deadlines_test, first_the_assignee_is_reminded_then_those_with_alle) {
  // given: a lead with verkauf1; reminder after one hour, escalation after two
  const auto id = add_lead("1-A");
  assign(id, "verkauf1");
  // then: nothing before its time
  EXPECT_EQ(at(noon + hour_us - second_us), 0);
  // and: the reminder goes to the salesperson alone
  EXPECT_EQ(at(noon + hour_us), 1);
  EXPECT_EQ(bells("verkauf1"), 1);
  EXPECT_EQ(bells("leitung"), 0);
  EXPECT_NE(last_bell("verkauf1").find("Johanna Leitgeb"), std::string::npos);
  const auto reminder = newest(id);
  EXPECT_EQ(reminder.kind, "reminder");
  EXPECT_EQ(reminder.at, noon + hour_us);
  EXPECT_EQ(reminder.data.at("users"), "verkauf1");
  EXPECT_EQ(reminder.data.at("minutes"), "60");
  EXPECT_EQ(reminder.data.at("escalation"), std::to_string(noon + 2 * hour_us));
  // and: the escalation to those with ALLE
  EXPECT_EQ(at(noon + 2 * hour_us), 1);
  EXPECT_EQ(bells("verkauf1"), 1);
  EXPECT_EQ(bells("leitung"), 1);
  EXPECT_EQ(newest(id).kind, "escalation");
  // and: each once
  EXPECT_EQ(at(noon + 3 * day_us), 0);
  EXPECT_EQ(bells("leitung"), 1);
}

TEST_P(deadlines_test, nobodys_work_is_disturbed_by_a_reminder) {
  // given: somebody has the lead open
  const auto id = add_lead("1-A");
  assign(id, "verkauf1");
  const auto seen = now(id).version;
  // when
  at(noon + hour_us);
  // then: what he enters is saved, and what comes next has not been told of
  const auto done =
      desk_->contact_result(salesperson("verkauf1"), call("verkauf1")->view(), id, seen, "tried", "Mobilbox");
  EXPECT_EQ(done.result, verdict::done);
  EXPECT_EQ(now(id).notified, 0);
  EXPECT_EQ(at(noon + 2 * hour_us), 0);
}

TEST_P(deadlines_test, a_lead_of_nobody_reminds_those_who_see_its_location) {
  // given
  grant("wien1", true, "siebel_nissan", access::scope::locations, {"wien"});
  grant("verkauf2", true, "siebel_nissan", access::scope::locations, {"graz"});
  const auto id = add_lead("1-A", "test_drive", "wien");
  // when
  at(noon + hour_us);
  // then
  EXPECT_EQ(bells("wien1"), 1);
  EXPECT_EQ(bells("leitung"), 1);
  EXPECT_EQ(bells("verkauf2"), 0);
  EXPECT_EQ(bells("admin"), 0);
  // when: it escalates, then only ALLE
  at(noon + 2 * hour_us);
  EXPECT_EQ(bells("wien1"), 1);
  EXPECT_EQ(bells("leitung"), 2);
  EXPECT_EQ(newest(id).data.at("users"), "leitung");
}

TEST_P(deadlines_test, a_lead_that_nobody_sees_reminds_the_admins) {
  // given: a type on which nobody has a grant any more
  grant("leitung", true, "siebel_nissan", access::scope::none);
  add_lead("1-A");
  // when
  at(noon + hour_us);
  // then
  EXPECT_EQ(bells("admin"), 1);
}

TEST_P(deadlines_test, a_first_contact_or_the_end_of_the_lead_stops_both) {
  // given
  const auto reached = add_lead("1-A"), closed = add_lead("1-B"), late = add_lead("1-C");
  for (const auto id : {reached, closed, late}) assign(id, "verkauf1");
  const auto by = call("verkauf1");
  desk_->contact_result(salesperson("verkauf1"), by->view(), reached, now(reached).version, "reached", "");
  desk_->close(salesperson("verkauf1"), by->view(), closed, now(closed).version, "closed", "no_further_contact", "");
  // when
  EXPECT_EQ(at(noon + hour_us), 1);
  // and: the contact comes between reminder and escalation
  desk_->contact_result(salesperson("verkauf1"), by->view(), late, now(late).version, "tried", "");
  EXPECT_EQ(at(noon + 3 * hour_us), 0);
  // then
  EXPECT_EQ(bells("verkauf1"), 1);
  EXPECT_EQ(bells("leitung"), 0);
}

TEST_P(deadlines_test, whoever_has_the_lead_when_it_is_due_is_reminded) {
  // given: it changed hands
  const auto id = add_lead("1-A");
  assign(id, "verkauf1");
  assign(id, "verkauf2");
  at(noon + hour_us);
  EXPECT_EQ(bells("verkauf1"), 0);
  EXPECT_EQ(bells("verkauf2"), 1);
}

TEST_P(deadlines_test, a_salesperson_who_has_left_is_not_reminded_but_those_who_see_the_lead) {
  const auto id = add_lead("1-A");
  assign(id, "verkauf1");
  host_->data().users.set_active("verkauf1", false);
  host_->directory_changed();
  at(noon + hour_us);
  EXPECT_EQ(newest(id).data.at("users"), "leitung");
}

TEST_P(deadlines_test, a_reopened_lead_has_a_new_deadline_and_is_reminded_again) {
  // given: reminded and escalated, then closed
  const auto id = add_lead("1-A");
  assign(id, "verkauf1");
  at(noon + 2 * hour_us);
  desk_->close(manager(), call("leitung")->view(), id, now(id).version, "lost", "not_reached", "");
  // when: opened again the next morning
  auto who = manager();
  who.now = noon + 20 * hour_us;
  desk_->reopen(who, call("leitung")->view(), id, now(id).version, "");
  const auto again = now(id);
  ASSERT_GT(again.reminder_at, who.now);
  // then
  EXPECT_EQ(at(again.reminder_at - second_us), 0);
  EXPECT_EQ(at(again.reminder_at), 1);
  EXPECT_EQ(newest(id).kind, "reminder");
}

TEST_P(deadlines_test, two_hosts_on_one_database_tell_each_once) {
  // given
  std::vector<std::int64_t> ids;
  for (int number = 0; number < 20; ++number) ids.push_back(add_lead("1-" + std::to_string(number)));
  const auto other = make_watch();
  host_->clock().set(noon + hour_us);
  // when: both at the same moment
  std::thread second([&] { other->run(call("")->view()); });
  watch_->run(call("")->view());
  second.join();
  at(noon + hour_us + minute_us);
  // then
  for (const auto id : ids) EXPECT_EQ(kinds(id), std::vector<std::string>{"reminder"}) << id;
  EXPECT_TRUE(open().take_notices(noon + day_us, 100).empty());
  EXPECT_LE(bells("leitung"), 2) << "at most one digest of each host";
  EXPECT_GE(bells("leitung"), 1);
}

TEST_P(deadlines_test, a_pause_ends_in_one_digest_and_not_in_a_storm) {
  // given: 150 leads whose deadlines all passed while nothing ran
  for (int number = 0; number < 150; ++number) add_lead("1-" + std::to_string(number));
  // when
  EXPECT_EQ(at(noon + 10 * day_us), 150);
  // then
  EXPECT_EQ(bells("leitung"), 1);
  EXPECT_EQ(last_bell("leitung"), "150 leads wait for the first contact, 150 of them beyond the deadline.");
  // and: only the escalation is told where both have passed
  EXPECT_EQ(kinds(1), std::vector<std::string>{"escalation"});
}

TEST_P(deadlines_test, where_a_mail_server_is_set_up_it_goes_by_mail_too) {
  // given
  mail_receiver inbox;
  server_ = {inbox.url(), "leads@autohaus.example.at", {}, {}, {}};
  auto person = *host_->data().users.find("verkauf1");
  person.email = "anna.pichler@autohaus.example.at";
  host_->data().users.change(person);
  host_->directory_changed();
  const auto id = add_lead("1-A");
  assign(id, "verkauf1");
  // when
  at(noon + hour_us);
  // then
  ASSERT_EQ(inbox.letters().size(), 1U);
  const auto letter = inbox.letters().front();
  EXPECT_NE(letter.find("To: <anna.pichler@autohaus.example.at>"), std::string::npos);
  EXPECT_NE(letter.find("Message-ID: <leads-notice-"), std::string::npos);
  EXPECT_EQ(bells("verkauf1"), 1);
  // and: once
  at(noon + hour_us + minute_us);
  EXPECT_EQ(inbox.letters().size(), 1U);
}

TEST_P(deadlines_test, a_mail_server_that_is_away_gets_the_same_message_later_unless_the_contact_was_made) {
  // given: nobody listens there
  server_ = {"smtp://127.0.0.1:9", "leads@autohaus.example.at", {}, {}, {}};
  for (const char *user : {"verkauf1", "verkauf2"}) {
    auto person = *host_->data().users.find(user);
    person.email = std::string(user) + "@autohaus.example.at";
    host_->data().users.change(person);
  }
  host_->directory_changed();
  const auto id = add_lead("1-A"), contacted = add_lead("1-B");
  assign(id, "verkauf1");
  assign(contacted, "verkauf2");
  at(noon + hour_us);
  desk_->contact_result(salesperson("verkauf2"), call("verkauf2")->view(), contacted, now(contacted).version, "tried",
                        "");
  // when: it is there again
  mail_receiver inbox;
  server_.url = inbox.url();
  at(noon + hour_us + 30 * second_us);
  EXPECT_TRUE(inbox.letters().empty()) << "not before the pause is over";
  at(noon + hour_us + 2 * minute_us);
  // then
  ASSERT_EQ(inbox.letters().size(), 1U);
  EXPECT_NE(inbox.letters().front().find("To: <verkauf1@"), std::string::npos);
  EXPECT_EQ(bells("verkauf1"), 1);
}

}  // namespace
