// Closing as a duplicate of another lead (plugin/README.md "Duplicates"), and taking it back on its day. On both
// databases, with the reference host's real services.
#include <array>
#include <barrier>
#include <thread>

#include "integration/dealership.hpp"
#include "store/duplicate_rows.hpp"

namespace {

using namespace dealership;
using processing::lead_desk;
using processing::verdict;

class duplicates_test : public with_desks {
 protected:
  /// On a host that ends single contacts.
  void SetUp() override {
    with_desks::SetUp();
    const dms::host host(services_->raw());
    desk_ = std::make_unique<lead_desk>(
        lead_desk::parts{open(),
                         sources_.types,
                         *organisation_,
                         dms::customers(&host.required<dms_customers>(DMS_CUSTOMERS_ID)),
                         &host.required<dms_contacts>(DMS_CONTACTS_ID),
                         &host.required<dms_notifications>(DMS_NOTIFICATIONS_ID),
                         writer_,
                         dms::log(nullptr),
                         {},
                         dms::customer_changes(host.service<dms_customer_changes>(DMS_CUSTOMER_CHANGES_ID)),
                         {},
                         dms::contact_completion(host.service<dms_contact_completion>(DMS_CONTACT_COMPLETION_ID))});
  }
  std::int64_t given(const std::string &external_id) {
    const auto id = add_lead(external_id);
    EXPECT_EQ(desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1").result, verdict::done);
    return id;
  }
  processing::outcome close(std::int64_t id, std::int64_t kept, const std::string &user = "verkauf1") {
    return desk_->close_as_duplicate(salesperson(user), call(user)->view(), id, now(id).version, kept, "twice");
  }
  processing::outcome undo(std::int64_t id, time_us when = noon) {
    auto who = salesperson("verkauf1");
    who.now = when;
    host_->clock().set(when);
    return desk_->undo_duplicate(who, call("verkauf1")->view(), id, now(id).version);
  }
  time_us plan(std::int64_t id, time_us due) {
    EXPECT_EQ(
        desk_->contact(salesperson("verkauf1"), call("verkauf1")->view(), id, now(id).version, due, "phone", "").result,
        verdict::done);
    return due;
  }
  std::vector<dms::reference::contact> planned(std::int64_t id) {
    auto all = host_->data().contacts.with_reference("lead:" + std::to_string(id));
    std::erase_if(all, [](const auto &one) { return one.done_us != 0; });
    return all;
  }
  bool plans(std::int64_t id, time_us due) {
    const auto all = planned(id);
    return std::any_of(all.begin(), all.end(), [&](const auto &one) { return one.due_us == due; });
  }
};
INSTANTIATE_TEST_SUITE_P(databases, duplicates_test, databases::all(), databases::name);

TEST_P(duplicates_test, ends_with_the_code_for_duplicates_and_the_other_goes_on_with_what_was_planned) {
  // given
  const auto kept = given("1-A"), twice = given("1-B");
  const auto call_at = noon + 90 * minute_us;
  ASSERT_EQ(desk_
                ->contact(salesperson("verkauf1"), call("verkauf1")->view(), twice, now(twice).version, call_at,
                          "phone", "after lunch")
                .result,
            verdict::done);
  // when
  ASSERT_EQ(close(twice, kept).result, verdict::done);
  // then
  EXPECT_EQ(now(twice).state, lead_state::invalid);
  EXPECT_EQ(now(twice).reason, "duplicate");
  EXPECT_EQ(open().feedback_of(twice).back().cause, lead_state::invalid);
  EXPECT_EQ(open().feedback_of(twice).back().reason_code, "Duplicate");
  EXPECT_EQ(lead_desk::duplicate_of(now(twice), open().timeline(twice)), kept);
  EXPECT_EQ(lead_desk::duplicates_in(open().timeline(kept)), std::vector<std::int64_t>{twice});
  EXPECT_EQ(store::duplicate_rows(open()).kept_of({kept, twice}),
            (std::map<std::int64_t, std::int64_t>{{twice, kept}}));
  EXPECT_TRUE(planned(twice).empty());
  EXPECT_TRUE(plans(kept, call_at));
  EXPECT_EQ(now(kept).next_at, call_at);
}

TEST_P(duplicates_test, is_taken_back_on_its_day_and_both_are_as_before) {
  // given
  const auto kept = given("1-A"), twice = given("1-B");
  const auto call_at = noon + 90 * minute_us, before_at = now(kept).next_at;
  ASSERT_EQ(
      desk_->contact(salesperson("verkauf1"), call("verkauf1")->view(), twice, now(twice).version, call_at, "phone", "")
          .result,
      verdict::done);
  const auto before = now(twice);
  ASSERT_EQ(close(twice, kept).result, verdict::done);
  // when
  ASSERT_EQ(undo(twice, noon + 3 * hour_us).result, verdict::done);
  // then
  EXPECT_EQ(now(twice).state, before.state);
  EXPECT_EQ(now(twice).reason, "");
  EXPECT_EQ(now(twice).next_at, before.next_at);
  EXPECT_TRUE(plans(twice, call_at));
  EXPECT_FALSE(plans(kept, call_at));
  EXPECT_EQ(now(kept).next_at, before_at);
  EXPECT_TRUE(lead_desk::duplicates_in(open().timeline(kept)).empty());
  EXPECT_EQ(open().timeline(kept).front().kind, "duplicate_left");
  // and: what the manufacturer has not heard he does not hear
  EXPECT_EQ(open().feedback_of(twice).back().status, store::feedback_status::given_up);
  // and: once
  EXPECT_EQ(undo(twice, noon + 4 * hour_us).result, verdict::refused);
}

TEST_P(duplicates_test, the_day_after_it_stands) {
  const auto kept = given("1-A"), twice = given("1-B");
  ASSERT_EQ(close(twice, kept).result, verdict::done);
  EXPECT_EQ(undo(twice, noon + day_us).result, verdict::refused);
  EXPECT_EQ(now(twice).state, lead_state::invalid);
  // It can be opened again, as any lead that ended.
  EXPECT_EQ(desk_->reopen(salesperson("verkauf1"), call("verkauf1")->view(), twice, now(twice).version, "").result,
            verdict::done);
  EXPECT_EQ(lead_desk::duplicate_of(now(twice), open().timeline(twice)), 0);
}

TEST_P(duplicates_test, of_what_cannot_be_is_refused_and_changes_neither) {
  const auto kept = given("1-A"), twice = given("1-B"), third = given("1-C");
  const auto hidden = add_lead("1-D", "test_drive", "graz");
  EXPECT_EQ(close(twice, twice).result, verdict::invalid);
  EXPECT_EQ(close(twice, 4711).result, verdict::invalid);
  // What one does not see is as if it were not.
  EXPECT_EQ(close(twice, hidden).fields.at("kept").id, close(twice, 4711).fields.at("kept").id);
  EXPECT_EQ(close(twice, kept, "verkauf2").result, verdict::not_found);
  ASSERT_EQ(close(twice, kept).result, verdict::done);
  // No chains: the one that goes on is meant.
  EXPECT_TRUE(close(third, twice).fields.contains("kept"));
  EXPECT_EQ(now(third).state, lead_state::assigned);
  // An old page: a conflict, and the other lead hears nothing.
  const auto version = now(kept).version;
  EXPECT_EQ(desk_->close_as_duplicate(salesperson("verkauf1"), call("verkauf1")->view(), third, 1, kept, "").result,
            verdict::conflict);
  EXPECT_EQ(now(kept).version, version);
  EXPECT_EQ(undo(third).result, verdict::refused);
}

TEST_P(duplicates_test, one_that_has_duplicates_takes_them_along) {
  // given: the third is a duplicate of the second, with a call that was planned
  const auto head = given("1-A"), middle = given("1-B"), last = given("1-C");
  const auto call_at = plan(last, noon + 90 * minute_us);
  ASSERT_EQ(close(last, middle).result, verdict::done);
  // when
  ASSERT_EQ(close(middle, head).result, verdict::done);
  // then: one goes on for all, and the call stands there only
  EXPECT_EQ(desk_->goes_on_as(now(last), open().timeline(last)), head);
  EXPECT_EQ(desk_->goes_on_as(now(middle), open().timeline(middle)), head);
  EXPECT_EQ(desk_->goes_on_as(now(head), open().timeline(head)), 0);
  EXPECT_EQ(lead_desk::duplicate_of(now(last), open().timeline(last)), middle);
  EXPECT_TRUE(plans(head, call_at));
  EXPECT_TRUE(planned(middle).empty());
  EXPECT_TRUE(planned(last).empty());
  // and: whoever names one of the two is told of the one that goes on
  const auto further = given("1-D");
  for (const auto named : {middle, last}) {
    const auto came = close(further, named);
    ASSERT_TRUE(came.fields.contains("kept"));
    EXPECT_EQ(came.fields.at("kept").arguments,
              (std::vector<std::string>{std::to_string(named), std::to_string(head)}));
  }
}

TEST_P(duplicates_test, no_lead_becomes_a_duplicate_of_its_own_duplicate) {
  const auto first = given("1-A"), second = given("1-B"), third = given("1-C");
  ASSERT_EQ(close(second, first).result, verdict::done);
  ASSERT_EQ(close(third, second).result, verdict::invalid);
  EXPECT_TRUE(close(first, second).fields.contains("kept"));
  EXPECT_EQ(now(first).state, lead_state::assigned);
  // nor through others
  ASSERT_EQ(close(first, third).result, verdict::done);
  EXPECT_TRUE(close(third, second).fields.contains("kept"));
  EXPECT_TRUE(close(third, first).fields.contains("kept"));
  EXPECT_EQ(now(third).state, lead_state::assigned);
  // One that was opened again may go the other way.
  ASSERT_EQ(desk_->reopen(salesperson("verkauf1"), call("verkauf1")->view(), first, now(first).version, "").result,
            verdict::done);
  EXPECT_EQ(close(third, first).result, verdict::done);
}

TEST_P(duplicates_test, three_who_are_closed_at_the_same_moment_make_no_ring) {
  for (int round = 0; round < 6; ++round) {
    // given
    const auto name = "1-" + std::to_string(round);
    const std::array ids{given(name + "A"), given(name + "B"), given(name + "C")};
    const std::array versions{now(ids[0]).version, now(ids[1]).version, now(ids[2]).version};
    // when: each as a duplicate of the next one
    std::barrier start(3);
    std::vector<std::thread> closing;
    for (std::size_t at = 0; at < ids.size(); ++at) {
      closing.emplace_back([&, at, by = call("verkauf1")] {
        start.arrive_and_wait();
        desk_->close_as_duplicate(salesperson("verkauf1"), by->view(), ids[at], versions[at], ids[(at + 1) % 3], "");
      });
    }
    for (auto &one : closing) one.join();
    // then: somebody goes on with each
    for (const auto id : ids) {
      const auto head = desk_->goes_on_as(now(id), open().timeline(id));
      EXPECT_TRUE(is_open(now(head == 0 ? id : head).state)) << id << " " << head;
    }
  }
}

TEST_P(duplicates_test, the_last_of_a_chain_gets_back_what_was_planned_for_it) {
  // given: calls of all three, the last one's first
  const auto head = given("1-A"), middle = given("1-B"), last = given("1-C");
  const auto of_head = plan(head, noon + 110 * minute_us), of_middle = plan(middle, noon + 100 * minute_us);
  const auto of_last = plan(last, noon + 90 * minute_us);
  ASSERT_EQ(close(last, middle).result, verdict::done);
  ASSERT_EQ(close(middle, head).result, verdict::done);
  ASSERT_EQ(now(head).next_at, of_last);
  // when
  ASSERT_EQ(undo(last).result, verdict::done);
  // then: it has its call again, and the one that goes on has the next one's
  EXPECT_EQ(now(last).next_at, of_last);
  EXPECT_TRUE(plans(last, of_last));
  EXPECT_EQ(now(head).next_at, of_middle);
  EXPECT_TRUE(plans(head, of_middle));
  EXPECT_TRUE(plans(head, of_head));
  EXPECT_FALSE(plans(head, of_last));
  EXPECT_EQ(lead_desk::duplicate_of(now(middle), open().timeline(middle)), head);
  EXPECT_TRUE(lead_desk::duplicates_in(open().timeline(middle)).empty());
  // when: the middle one too
  ASSERT_EQ(undo(middle).result, verdict::done);
  // then: each has its own
  EXPECT_EQ(now(middle).next_at, of_middle);
  EXPECT_TRUE(plans(middle, of_middle));
  EXPECT_FALSE(plans(middle, of_last));
  EXPECT_EQ(now(head).next_at, of_head);
  EXPECT_FALSE(plans(head, of_middle));
}

TEST_P(duplicates_test, the_middle_of_a_chain_comes_back_with_its_duplicate) {
  // given
  const auto head = given("1-A"), middle = given("1-B"), last = given("1-C");
  const auto of_head = now(head).next_at, of_middle = now(middle).next_at;
  const auto of_last = plan(last, noon + 90 * minute_us);
  ASSERT_EQ(close(last, middle).result, verdict::done);
  ASSERT_EQ(close(middle, head).result, verdict::done);
  // when
  ASSERT_EQ(undo(middle).result, verdict::done);
  // then
  EXPECT_EQ(now(middle).next_at, of_last);
  EXPECT_TRUE(plans(middle, of_last));
  EXPECT_EQ(now(head).next_at, of_head);
  EXPECT_FALSE(plans(head, of_last));
  EXPECT_EQ(desk_->goes_on_as(now(last), open().timeline(last)), middle);
  // when
  ASSERT_EQ(undo(last).result, verdict::done);
  // then
  EXPECT_EQ(now(last).next_at, of_last);
  EXPECT_EQ(now(middle).next_at, of_middle);
  EXPECT_FALSE(plans(middle, of_last));
}

TEST_P(duplicates_test, of_two_duplicates_each_takes_only_its_own_back) {
  // given
  const auto kept = given("1-A"), one = given("1-B"), other = given("1-C");
  const auto before = now(kept).next_at;
  const auto of_one = plan(one, noon + 100 * minute_us), of_other = plan(other, noon + 90 * minute_us);
  ASSERT_EQ(close(one, kept).result, verdict::done);
  ASSERT_EQ(close(other, kept).result, verdict::done);
  ASSERT_EQ(now(kept).next_at, of_other);
  // when
  ASSERT_EQ(undo(one).result, verdict::done);
  EXPECT_EQ(now(kept).next_at, of_other);
  ASSERT_EQ(undo(other).result, verdict::done);
  // then
  EXPECT_EQ(now(kept).next_at, before);
  EXPECT_FALSE(plans(kept, of_one));
  EXPECT_FALSE(plans(kept, of_other));
}

TEST_P(duplicates_test, an_anonymised_lead_hears_nothing_of_a_duplicate_that_leaves) {
  // given
  const auto kept = given("1-A"), twice = given("1-B");
  ASSERT_EQ(close(twice, kept).result, verdict::done);
  ASSERT_EQ(desk_->forget(admin(), call("admin")->view(), kept, now(kept).version, "request").result, verdict::done);
  const auto events = open().timeline(kept).size();
  // when
  ASSERT_EQ(undo(twice).result, verdict::done);
  // then
  EXPECT_EQ(open().timeline(kept).size(), events);
}

TEST_P(duplicates_test, the_minutes_undo_brings_both_back_too) {
  const auto kept = given("1-A"), twice = given("1-B");
  auto who = salesperson("verkauf1");
  who.undo_us = lead_desk::undo_span;
  const auto closed = desk_->close_as_duplicate(who, call("verkauf1")->view(), twice, now(twice).version, kept, "");
  ASSERT_EQ(closed.result, verdict::done);
  ASSERT_EQ(desk_->undo(who, call("verkauf1")->view(), twice, closed.version).result, verdict::done);
  EXPECT_EQ(now(twice).state, lead_state::assigned);
  EXPECT_TRUE(lead_desk::duplicates_in(open().timeline(kept)).empty());
}

}  // namespace
