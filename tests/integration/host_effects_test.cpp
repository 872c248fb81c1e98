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

  dms_contacts service{this, &create, &list, &reassign, &end};

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
  static dms_status end(void *context, const dms_call *call, dms_str reference, dms_error *error) {
    auto &self = of(context);
    if (const auto status = self.gate(error); status != dms_ok) return status;
    std::exchange(self.before_reassigning, [] {})();
    return self.real->end(self.real->context, call, reference, error);
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

  /// The desk on a host that completes single contacts, or on one that cannot.
  void desk_with(const dms_contact_completion *single) {
    const dms::host host(services_->raw());
    desk_ = std::make_unique<processing::lead_desk>(
        processing::lead_desk::parts{open(),
                                     sources_.types,
                                     *organisation_,
                                     dms::customers(&host.required<dms_customers>(DMS_CUSTOMERS_ID)),
                                     &contacts_.service,
                                     &host.required<dms_notifications>(DMS_NOTIFICATIONS_ID),
                                     writer_,
                                     dms::log(nullptr),
                                     {},
                                     dms::customer_changes(host.service<dms_customer_changes>(DMS_CUSTOMER_CHANGES_ID)),
                                     {},
                                     dms::contact_completion(single)});
  }
  const dms_contact_completion *single() const {
    return dms::host(services_->raw()).service<dms_contact_completion>(DMS_CONTACT_COMPLETION_ID);
  }
  processing::actor at_the_clock() const {
    auto who = manager();
    who.now = clock_;
    return who;
  }
  std::size_t results(std::int64_t lead) {
    const auto events = open().timeline(lead);
    return static_cast<std::size_t>(
        std::count_if(events.begin(), events.end(), [](const auto &one) { return one.kind == "contact_result"; }));
  }
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
  contacts_.real->end(contacts_.real->context, call("")->view().raw(), dms::str("lead:" + std::to_string(id)), nullptr);
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

TEST_P(host_effects_test, a_result_on_the_lead_completes_its_open_contact_and_a_visit_to_come_stays) {
  // given: the first call, and a visit next week
  desk_with(single());
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  desk_->contact(manager(), call("leitung")->view(), id, 2, noon + 7 * day_us, "visit", "");
  ASSERT_EQ(contacts_of("verkauf1").size(), 2U);
  const auto first = contacts_of("verkauf1").front();
  // when
  desk_->contact_result(manager(), call("leitung")->view(), id, 3, "reached", "Kommt nächste Woche");
  // then
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U);
  EXPECT_EQ(contacts_of("verkauf1").front().kind, "visit");
  const auto done = *host_->data().contacts.get(first.id);
  EXPECT_EQ(done.result, "reached");
  EXPECT_NE(done.note.find("Kommt nächste Woche"), std::string::npos);
  // and: whatever the host tells of it, the timeline has it once
  desk_->contact_completed(call("verkauf1")->view(), id, std::to_string(first.id), "reached", "");
  later(hour_us);
  desk_->take_missed_results(call("")->view());
  EXPECT_EQ(results(id), 1U);
}

TEST_P(host_effects_test, a_contact_completed_in_my_contacts_is_one_line_however_often_it_is_told) {
  desk_with(single());
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  const auto contact = std::to_string(contacts_of("verkauf1").front().id);
  for (int times = 0; times < 3; ++times) {
    desk_->contact_completed(call("verkauf1")->view(), id, contact, "tried", "Mailbox");
  }
  EXPECT_EQ(results(id), 1U);
  // and: a better result of the same contact is news
  desk_->contact_completed(call("verkauf1")->view(), id, contact, "reached", "Rief zurück");
  EXPECT_EQ(results(id), 2U);
  EXPECT_EQ(now(id).contact, contact_result::reached);
}

TEST_P(host_effects_test, a_host_without_single_contacts_loses_the_entry_where_it_is_the_only_one) {
  desk_with(nullptr);
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  desk_->contact_result(manager(), call("leitung")->view(), id, 2, "reached", "");
  EXPECT_TRUE(contacts_of("verkauf1").empty());
  // and: with a visit beside it nothing is ended that is still to be made
  const auto other = add_lead("1-B");
  desk_->assign(manager(), call("leitung")->view(), other, 1, "verkauf2");
  desk_->contact(manager(), call("leitung")->view(), other, 2, noon + 7 * day_us, "visit", "");
  desk_->contact_result(manager(), call("leitung")->view(), other, 3, "reached", "");
  EXPECT_EQ(contacts_of("verkauf2").size(), 2U);
}

TEST_P(host_effects_test, an_import_carries_all_that_is_open_and_nothing_that_is_done) {
  for (const auto *with : {single(), static_cast<const dms_contact_completion *>(nullptr)}) {
    // given: the call was made, a visit and a drive are planned
    desk_with(with);
    const auto id = add_lead(with == nullptr ? "1-A" : "1-B");
    const auto version = [&] { return now(id).version; };
    desk_->assign(manager(), call("leitung")->view(), id, version(), "verkauf1");
    desk_->contact_result(manager(), call("leitung")->view(), id, version(), "reached", "");
    desk_->contact(manager(), call("leitung")->view(), id, version(), noon + day_us, "visit", "Mit Familie");
    desk_->contact(manager(), call("leitung")->view(), id, version(), noon + 2 * day_us, "test_drive", "");
    // when
    ASSERT_EQ(desk_->import(manager(), call("leitung")->view(), id, version(), "").result, verdict::done);
    // then: with the customer, as they were planned
    const auto open_ones = contacts_of("verkauf1");
    ASSERT_EQ(open_ones.size(), 2U);
    EXPECT_EQ(open_ones.at(0).kind + " " + open_ones.at(1).kind, "visit test_drive");
    EXPECT_EQ(open_ones.at(0).due_us, noon + day_us);
    EXPECT_EQ(open_ones.at(0).note, "Mit Familie");
    for (const auto &one : open_ones) EXPECT_NE(one.customer, 0);
    desk_->close(manager(), call("leitung")->view(), id, version(), "closed", "no_further_contact", "");
  }
}

TEST_P(host_effects_test, an_import_after_everything_is_done_plans_nothing) {
  desk_with(single());
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  desk_->contact_result(manager(), call("leitung")->view(), id, 2, "reached", "");
  desk_->import(manager(), call("leitung")->view(), id, 3, "");
  EXPECT_TRUE(contacts_of("verkauf1").empty());
}

TEST_P(host_effects_test, an_entry_is_due_with_what_the_lead_waits_for) {
  desk_with(single());
  // given: the deadline of the first contact lies ahead
  const auto early = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), early, 1, "verkauf2");
  EXPECT_EQ(contacts_of("verkauf2").front().due_us, noon + 2 * hour_us);
  // and: in the middle of the night, when it has long passed, the entry is as late as the lead is
  const auto contacted = add_lead("1-B"), late = add_lead("1-C");
  desk_->contact_result(manager(), call("leitung")->view(), contacted, 1, "reached", "");
  later(14 * hour_us);
  desk_->assign(at_the_clock(), call("leitung")->view(), late, 1, "verkauf1");
  EXPECT_EQ(contacts_of("verkauf1").front().due_us, noon + 2 * hour_us);
  // and: after the first contact nothing is due in the moment it is made, but in the first opening hour of the next
  // day, 8:00 to 9:00 in Vienna
  desk_->assign(at_the_clock(), call("leitung")->view(), contacted, now(contacted).version, "verkauf1");
  EXPECT_EQ(contacts_of("verkauf1").back().due_us, noon + 19 * hour_us);
}

TEST_P(host_effects_test, what_the_person_refuses_goes_along_to_his_contacts_and_his_customer) {
  // given: no calls
  desk_with(single());
  const auto id = add_lead("1-A");
  const auto refuse = [&](std::int64_t lead, const std::vector<std::string> &channels) {
    open().write([&](store::transaction &inside) {
      auto item = *inside.find_lead(lead);
      item.content.consents.clear();
      for (const auto &channel : channels) item.content.consents.push_back({channel, false, 0, ""});
      inside.update_lead_content(item, "refused");
      inside.add_event({0, lead, noon, "updated", {}, {}, {}, {}});
      inside.queue_host_effect(lead);
    });
  };
  refuse(id, {"phone"});
  desk_->assign(manager(), call("leitung")->view(), id, now(id).version, "verkauf1");
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U);
  EXPECT_EQ(contacts_of("verkauf1").front().kind, "email");
  EXPECT_EQ(contacts_of("verkauf1").front().refused, std::vector<std::string>{"phone"});
  EXPECT_TRUE(desk_->contact(manager(), call("leitung")->view(), id, now(id).version, noon + day_us, "phone", "")
                  .fields.contains("kind"));
  // when: the feed says more, and the prospect becomes a customer
  refuse(id, {"phone", "email"});
  tell();
  EXPECT_EQ(contacts_of("verkauf1").front().kind, "visit");
  const auto made = desk_->import(manager(), call("leitung")->view(), id, now(id).version, "");
  // then
  const auto customer = host_->data().customers.get(std::stoll(made.customer));
  EXPECT_EQ(customer->refused, (std::vector<std::string>{"phone", "email"}));
  EXPECT_EQ(contacts_of("verkauf1").size(), 1U);
  EXPECT_EQ(contacts_of("verkauf1").front().refused.size(), 2U);
}

}  // namespace
