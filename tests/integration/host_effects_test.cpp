// What the host is told after a change of a lead: nothing is forgotten, nothing is done twice, whatever fails when.
#include <functional>
#include <utility>

#include "integration/dealership.hpp"

namespace {

using namespace dealership;
using processing::verdict;

/// The reference host's own contacts, which can be out of reach for a while.
struct contacts_with_a_switch {
  const dms_contacts *real = nullptr;
  dms_status answer = dms_ok;                        ///< else what every call comes to
  int calls_until_out = -1;                          ///< so many calls still pass
  std::function<void()> before_reassigning = [] {};  ///< what happens elsewhere at that moment, once

  dms_contacts service{this, &create, &list, &reassign};

  static contacts_with_a_switch &of(void *context) { return *static_cast<contacts_with_a_switch *>(context); }
  dms_status gate(dms_error *error) {
    if (calls_until_out > 0) return --calls_until_out, dms_ok;
    return answer == dms_ok ? dms_ok : dms::fail(error, answer, "The calendar is closed.");
  }
  static dms_status create(void *context, const dms_call *call, dms_str key, dms_str contact, const dms_sink *json,
                           dms_error *error) {
    auto &self = of(context);
    if (const auto status = self.gate(error); status != dms_ok) return status;
    return self.real->create(self.real->context, call, key, contact, json, error);
  }
  static dms_status list(void *context, dms_str reference, const dms_sink *json, dms_error *error) {
    auto &self = of(context);
    if (const auto status = self.gate(error); status != dms_ok) return status;
    return self.real->list(self.real->context, reference, json, error);
  }
  static dms_status reassign(void *context, const dms_call *call, dms_str reference, dms_str user, dms_error *error) {
    auto &self = of(context);
    if (const auto status = self.gate(error); status != dms_ok) return status;
    std::exchange(self.before_reassigning, [] {})();
    return self.real->reassign(self.real->context, call, reference, user, error);
  }
};

class host_effects_test : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    const dms::host host(services_->raw());
    contacts_.real = &host.required<dms_contacts>(DMS_CONTACTS_ID);
    desk_ = std::make_unique<processing::lead_desk>(processing::lead_desk::parts{
        open(), sources_.types, *organisation_, dms::customers(&host.required<dms_customers>(DMS_CUSTOMERS_ID)),
        &contacts_.service, &host.required<dms_notifications>(DMS_NOTIFICATIONS_ID), writer_, dms::log(nullptr)});
  }
  void later(time_us by) { host_->clock().set(clock_ += by); }
  int tell() { return desk_->tell_host(call("")->view()); }
  std::size_t waiting(std::int64_t lead) { return open().host_effects_of(lead).size(); }

  contacts_with_a_switch contacts_;
  time_us clock_ = noon;
};
INSTANTIATE_TEST_SUITE_P(databases, host_effects_test, databases::all(), databases::name);

TEST_P(host_effects_test, what_an_unreachable_host_missed_is_told_later_and_once) {
  // given
  const auto id = add_lead("1-A");
  contacts_.answer = dms_unavailable;
  // when: the lead is assigned all the same
  EXPECT_EQ(desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1").result, verdict::done);
  EXPECT_TRUE(contacts_of("verkauf1").empty());
  EXPECT_EQ(open().count_host_effects().waiting, 1);
  EXPECT_EQ(open().count_host_effects().problem, "The calendar is closed.");
  // then: it is tried again after a pause, not before
  contacts_.answer = dms_ok;
  EXPECT_EQ(tell(), 0);
  later(minute_us);
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(contacts_of("verkauf1").size(), 1U);
  EXPECT_EQ(host_->data().notifications.count_unread("verkauf1"), 1);
  EXPECT_EQ(waiting(id), 0U);
  later(minute_us);
  EXPECT_EQ(tell(), 0);
}

TEST_P(host_effects_test, a_lead_that_ended_before_the_host_heard_of_it_leaves_nothing_behind) {
  // given: assigned and closed again while the host is away
  const auto id = add_lead("1-A");
  contacts_.answer = dms_unavailable;
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  desk_->close(manager(), call("leitung")->view(), id, 2, "closed", "no_further_contact", "");
  EXPECT_GE(waiting(id), 1U);
  // when
  contacts_.answer = dms_ok;
  later(hour_us);
  tell();
  // then: nothing is left to do for anybody
  EXPECT_EQ(waiting(id), 0U);
  EXPECT_TRUE(contacts_of("verkauf1").empty());
}

TEST_P(host_effects_test, a_break_in_the_middle_of_an_import_loses_nothing_that_was_planned) {
  // given: a visit is planned with a note
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  contacts_.real->reassign(contacts_.real->context, call("")->view().raw(), dms::str("lead:" + std::to_string(id)), {},
                           nullptr);
  desk_->contact(manager(), call("leitung")->view(), id, 2, noon + day_us, "visit", "Bringt die Familie mit");
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U);
  // when: the host goes after the old entry was ended, before the new one is made
  contacts_.answer = dms_unavailable;
  contacts_.calls_until_out = 2;
  EXPECT_EQ(desk_->import(manager(), call("leitung")->view(), id, 3, "").result, verdict::done);
  EXPECT_TRUE(contacts_of("verkauf1").empty());
  contacts_.answer = dms_ok;
  later(minute_us);
  tell();
  // then
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U);
  const auto entry = contacts_of("verkauf1").front();
  EXPECT_EQ(entry.kind, "visit");
  EXPECT_EQ(entry.note, "Bringt die Familie mit");
  EXPECT_EQ(entry.due_us, noon + day_us);
  EXPECT_NE(entry.customer, 0);
}

TEST_P(host_effects_test, two_who_tell_of_the_same_lead_at_once_do_not_end_each_others_entry) {
  // given
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  // when: the job tells of the import too, in the middle of the action's own telling
  bool met = false;
  contacts_.before_reassigning = [&] {
    met = true;
    tell();
  };
  EXPECT_EQ(desk_->import(manager(), call("leitung")->view(), id, 2, "").result, verdict::done);
  // then
  EXPECT_TRUE(met);
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U);
  EXPECT_NE(contacts_of("verkauf1").front().customer, 0);
  EXPECT_EQ(waiting(id), 0U);
}

TEST_P(host_effects_test, what_the_host_refuses_for_good_is_told_to_the_admins_and_holds_nothing_up) {
  // given
  const auto id = add_lead("1-A");
  contacts_.answer = dms_invalid;
  // when
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  // then
  EXPECT_EQ(waiting(id), 0U);
  EXPECT_EQ(host_->data().notifications.count_unread("admin"), 1);
}

TEST_P(host_effects_test, a_contact_that_was_completed_while_nobody_listened_is_taken_over_once) {
  // given: assigned, and completed in myKontakte while the plugin is off
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  const auto entry = contacts_of("verkauf1").front();
  later(hour_us);
  host_->data().contacts.complete(entry.id, "reached", "Will Samstag kommen", clock_);
  later(hour_us);
  // when
  desk_->take_missed_results(call("")->view());
  // then
  EXPECT_EQ(now(id).contact, contact_result::reached);
  EXPECT_EQ(now(id).first_contact_at, noon + hour_us);
  const auto event = open().timeline(id).front();
  EXPECT_EQ(event.actor, "verkauf1");
  EXPECT_NE(event.comment.find("Will Samstag kommen"), std::string::npos);
  // and: once, also after somebody has set it back
  auto who = manager();
  who.now = clock_;
  desk_->contact_result(who, call("leitung")->view(), id, now(id).version, "open", "Verwechslung");
  desk_->take_missed_results(call("")->view());
  EXPECT_EQ(now(id).contact, contact_result::open);
}

}  // namespace
