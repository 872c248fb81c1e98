// What people do to a lead, on both databases and with the reference host's real services.
#include <thread>

#include "integration/dealership.hpp"
#include "integration/overview_oracle.hpp"
#include "processing/matching.hpp"

namespace {

using namespace dealership;
using processing::verdict;

class processing_test : public with_desks {};
INSTANTIATE_TEST_SUITE_P(databases, processing_test, databases::all(), databases::name);

TEST_P(processing_test, an_assigned_lead_is_seen_and_stands_in_my_contacts) {
  // given
  const auto id = add_lead("1-A");
  EXPECT_FALSE(open().find(id, desk_->visibility_of("verkauf1", noon)));
  // when
  const auto made = desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  // then
  EXPECT_EQ(made.result, verdict::done);
  EXPECT_EQ(made.version, 2);
  EXPECT_TRUE(open().find(id, desk_->visibility_of("verkauf1", noon)));
  EXPECT_EQ(now(id).state, lead_state::assigned);
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U);
  const auto contact = contacts_of("verkauf1").front();
  EXPECT_EQ(contact.reference, "lead:" + std::to_string(id));
  EXPECT_EQ(contact.due_us, noon + 2 * hour_us);
  EXPECT_EQ(contact.kind, "phone");
  EXPECT_EQ(host_->data().notifications.count_unread("verkauf1"), 1);
  const auto messages = open().feedback_of(id);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].status_code, "Pending");
  EXPECT_EQ(open().timeline(id).front().actor, "leitung");
}

TEST_P(processing_test, assigning_again_moves_the_contact_and_sends_no_second_message) {
  // given
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  // when
  const auto made = desk_->assign(manager(), call("leitung")->view(), id, 2, "verkauf2");
  // then
  EXPECT_EQ(made.result, verdict::done);
  EXPECT_TRUE(contacts_of("verkauf1").empty());
  EXPECT_EQ(contacts_of("verkauf2").size(), 1U);
  EXPECT_EQ(open().feedback_of(id).size(), 1U);
}

TEST_P(processing_test, a_lead_that_one_may_not_see_does_not_exist) {
  // given: verkauf2 has no right on it
  const auto id = add_lead("1-A");
  const auto who = salesperson("verkauf2");
  const auto by = call("verkauf2");
  // then
  const std::int64_t nowhere = id + 999;
  for (const auto it : {id, nowhere}) {
    EXPECT_EQ(desk_->assign(who, by->view(), it, 1, "verkauf2").result, verdict::not_found);
    EXPECT_EQ(desk_->reject(who, by->view(), it, 1, "").result, verdict::not_found);
    EXPECT_EQ(desk_->import(who, by->view(), it, 1, "").result, verdict::not_found);
    EXPECT_EQ(desk_->contact(who, by->view(), it, 1, noon + hour_us, "phone", "").result, verdict::not_found);
    EXPECT_EQ(desk_->progress(who, by->view(), it, 1, "offer").result, verdict::not_found);
    EXPECT_EQ(desk_->contact_result(who, by->view(), it, 1, "reached", "").result, verdict::not_found);
    EXPECT_EQ(desk_->close(who, by->view(), it, 1, "closed", "no_further_contact", "").result, verdict::not_found);
    EXPECT_EQ(desk_->reopen(who, by->view(), it, 1, "").result, verdict::not_found);
    EXPECT_EQ(desk_->erase(who, by->view(), it, 1).result, verdict::not_found);
  }
  EXPECT_EQ(now(id).version, 1);
  EXPECT_EQ(host_->data().customers.count(), 0);
}

TEST_P(processing_test, a_salesperson_takes_a_lead_that_he_sees_but_gives_none_away) {
  grant("verkauf1", true, "siebel_nissan", access::scope::locations, {"wien"});
  const auto id = add_lead("1-A");
  const auto by = call("verkauf1");
  EXPECT_EQ(desk_->assign(salesperson("verkauf1"), by->view(), id, 1, "verkauf2").result, verdict::forbidden);
  EXPECT_EQ(desk_->assign(salesperson("verkauf1"), by->view(), id, 1, "verkauf1").result, verdict::done);
  // another who sees it cannot take it from him
  grant("verkauf2", true, "siebel_nissan", access::scope::locations, {"wien"});
  EXPECT_EQ(desk_->assign(salesperson("verkauf2"), call("verkauf2")->view(), id, 2, "verkauf2").result,
            verdict::forbidden);
}

TEST_P(processing_test, imports_the_prospect_once_and_the_contact_carries_the_customer) {
  // given
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  // when
  const auto made = desk_->import(salesperson("verkauf1"), call("verkauf1")->view(), id, 2, "");
  // then
  ASSERT_EQ(made.result, verdict::done);
  const auto customer = host_->data().customers.get(std::stoll(made.customer));
  ASSERT_TRUE(customer);
  EXPECT_EQ(customer->last_name, "Leitgeb");
  EXPECT_EQ(customer->phones.at(0), "+436645550142");
  EXPECT_EQ(now(id).customer, made.customer);
  EXPECT_EQ(now(id).state, lead_state::assigned) << "importing is an event, no state";
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U);
  EXPECT_EQ(std::to_string(contacts_of("verkauf1").front().customer), made.customer);
  EXPECT_EQ(desk_->import(salesperson("verkauf1"), call("verkauf1")->view(), id, 3, "").result, verdict::refused);
  EXPECT_EQ(host_->data().customers.count(), 1);
}

TEST_P(processing_test, two_who_import_at_once_make_one_customer) {
  // given
  const auto id = add_lead("1-A");
  std::vector<processing::outcome> made(2);
  // when
  std::vector<std::thread> threads;
  for (std::size_t person = 0; person < 2; ++person) {
    threads.emplace_back([&, person] { made[person] = desk_->import(manager(), call("leitung")->view(), id, 1, ""); });
  }
  for (auto &thread : threads) thread.join();
  // then
  EXPECT_EQ(host_->data().customers.count(), 1);
  const bool first = made[0].result == verdict::done, second = made[1].result == verdict::done;
  EXPECT_NE(first, second);
  const auto &other = made[first ? 1 : 0];
  EXPECT_EQ(other.result, verdict::conflict);
  ASSERT_EQ(other.changes.size(), 1U);
  EXPECT_EQ(other.changes[0].kind, "imported");
}

TEST_P(processing_test, links_an_offered_customer_with_reasons) {
  // given
  dms::reference::customer known;
  known.first_name = "Johanna";
  known.last_name = "Leitgeb";
  known.email = "Johanna.Leitgeb@example.at";
  known.phones = {"+436645550142"};
  known.postal_code = "8010";
  known = host_->data().customers.create(known, "", noon);
  const auto id = add_lead("1-A", "quote_request");
  // when
  const auto matches = desk_->matches(now(id));
  // then
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].id, std::to_string(known.id));
  EXPECT_GE(matches[0].score, 90);
  const auto made = desk_->import(manager(), call("leitung")->view(), id, 1, matches[0].id);
  EXPECT_EQ(made.result, verdict::done);
  EXPECT_EQ(open().timeline(id).front().kind, "linked");
  EXPECT_EQ(host_->data().customers.count(), 1);
  const auto other = add_lead("1-B");
  const auto failed = desk_->import(manager(), call("leitung")->view(), other, 1, "999999");
  EXPECT_EQ(failed.result, verdict::invalid);
  EXPECT_TRUE(failed.fields.count("customer"));
}

TEST_P(processing_test, closes_directly_with_a_reason_that_fits) {
  const auto id = add_lead("1-A");
  const auto by = call("leitung");
  const auto close = [&](const char *state, const char *reason) {
    return desk_->close(manager(), by->view(), id, 1, state, reason, "Kein Bedarf");
  };
  EXPECT_TRUE(close("offer", "price").fields.count("state"));
  EXPECT_TRUE(close("erased", "price").fields.count("state"));
  EXPECT_TRUE(close("closed", "").fields.count("reason"));
  EXPECT_TRUE(close("closed", "sale").fields.count("reason"));
  EXPECT_EQ(close("closed", "no_further_contact").result, verdict::done);
  const auto item = now(id);
  EXPECT_EQ(item.state, lead_state::closed);
  EXPECT_EQ(item.ended_at, noon);
  EXPECT_EQ(open().feedback_of(id).at(0).status_code, "Retired");
  EXPECT_EQ(open().feedback_of(id).at(0).reason_code, "NoFurtherContact");
}

TEST_P(processing_test, the_reason_decides_how_a_lead_ends) {
  const auto by = call("leitung");
  for (const auto &why : reasons()) {
    const auto id = add_lead("1-" + std::string(why.key));
    // when: only the reason is given, or a state that does not go with it
    const auto other = why.ends_as == lead_state::won ? lead_state::lost : lead_state::won;
    EXPECT_TRUE(desk_->close(manager(), by->view(), id, 1, std::string(key(other)), std::string(why.key), "")
                    .fields.count("reason"))
        << why.key;
    EXPECT_EQ(desk_->close(manager(), by->view(), id, 1, "", std::string(why.key), "").result, verdict::done);
    // then
    EXPECT_EQ(now(id).state, why.ends_as) << why.key;
    EXPECT_EQ(open().timeline(id).front().data.at("to"), key(why.ends_as));
  }
  EXPECT_TRUE(desk_->close(manager(), by->view(), add_lead("1-Z"), 1, "", "because", "").fields.count("reason"));
}

TEST_P(processing_test, a_sale_is_taken_back_by_who_may_process) {
  // given: sold
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  desk_->close(salesperson("verkauf1"), call("verkauf1")->view(), id, 2, "", "sale", "");
  ASSERT_EQ(now(id).state, lead_state::won);
  // when, then: not by who may only look
  auto looker = salesperson("verkauf1");
  looker.may_process = false;
  EXPECT_EQ(desk_->reopen(looker, call("verkauf1")->view(), id, 3, "").result, verdict::forbidden);
  const auto made = desk_->reopen(salesperson("verkauf1"), call("verkauf1")->view(), id, 3, "Finanzierung platzt");
  EXPECT_EQ(made.result, verdict::done);
  EXPECT_TRUE(made.reported);
  EXPECT_EQ(now(id).state, lead_state::assigned);
  EXPECT_TRUE(now(id).reason.empty());
  EXPECT_EQ(open().timeline(id).front().data.at("from"), "won");
  std::vector<std::string> codes;
  for (const auto &message : open().feedback_of(id)) codes.push_back(message.status_code);
  EXPECT_EQ(codes, (std::vector<std::string>{"Pending", "Converted", "Pending"}));
  EXPECT_EQ(contacts_of("verkauf1").size(), 1U) << "somebody works on it again";
}

TEST_P(processing_test, the_second_of_two_is_told_what_changed) {
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  const auto made = desk_->close(manager(), call("leitung")->view(), id, 1, "closed", "no_further_contact", "");
  EXPECT_EQ(made.result, verdict::conflict);
  ASSERT_EQ(made.changes.size(), 1U);
  EXPECT_EQ(made.changes[0].kind, "assigned");
  EXPECT_EQ(now(id).state, lead_state::assigned);
  EXPECT_EQ(desk_->close(manager(), call("leitung")->view(), id, 77, "closed", "no_further_contact", "").result,
            verdict::conflict);
}

TEST_P(processing_test, goes_the_whole_way_and_tells_the_manufacturer_each_step) {
  const auto id = add_lead("1-A");
  const auto by = call("verkauf1");
  const auto who = salesperson("verkauf1");
  EXPECT_EQ(desk_->progress(manager(), call("leitung")->view(), id, 1, "offer").result, verdict::refused);
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  EXPECT_EQ(desk_->contact_result(who, by->view(), id, 2, "tried", "").result, verdict::done);
  EXPECT_EQ(now(id).first_contact_at, noon);
  EXPECT_EQ(desk_->contact_result(who, by->view(), id, 3, "reached", "").result, verdict::done);
  EXPECT_EQ(now(id).reached, (stage_set{stage::contacted}));
  EXPECT_EQ(desk_->progress(who, by->view(), id, 4, "appointment").result, verdict::done);
  EXPECT_EQ(desk_->progress(who, by->view(), id, 5, "won").result, verdict::refused);
  EXPECT_EQ(desk_->progress(who, by->view(), id, 5, "nonsense").result, verdict::invalid);
  EXPECT_EQ(desk_->progress(who, by->view(), id, 5, "test_drive_done").result, verdict::done);
  EXPECT_EQ(desk_->progress(who, by->view(), id, 6, "offer").result, verdict::done);
  EXPECT_EQ(desk_->close(who, by->view(), id, 7, "lost", "price", "").result, verdict::done);
  EXPECT_EQ(now(id).reached, (stage_set{stage::contacted, stage::appointment, stage::test_drive, stage::offer}))
      << "what happened stays";
  EXPECT_TRUE(contacts_of("verkauf1").empty());
  EXPECT_EQ(desk_->reopen(who, by->view(), id, 8, "").result, verdict::done);
  EXPECT_EQ(now(id).state, lead_state::assigned);
  EXPECT_TRUE(now(id).reason.empty());
  EXPECT_EQ(contacts_of("verkauf1").size(), 1U);
  EXPECT_EQ(desk_->close(who, by->view(), id, 9, "won", "sale", "").result, verdict::done);
  std::vector<std::string> codes;
  for (const auto &message : open().feedback_of(id)) codes.push_back(message.status_code);
  EXPECT_EQ(codes, (std::vector<std::string>{"Pending", "Accepted", "Accepted", "Converted", "Retired", "Pending",
                                             "Converted"}));
}

TEST_P(processing_test, rejecting_returns_the_lead) {
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  EXPECT_EQ(desk_->reject(salesperson("verkauf1"), call("verkauf1")->view(), id, 2, "Urlaub").result, verdict::done);
  EXPECT_EQ(now(id).state, lead_state::received);
  EXPECT_TRUE(now(id).assignee.empty());
  EXPECT_TRUE(contacts_of("verkauf1").empty());
  EXPECT_FALSE(open().find(id, desk_->visibility_of("verkauf1", noon)));
}

TEST_P(processing_test, plans_a_contact_and_hears_of_its_end) {
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  const auto by = call("verkauf1");
  const auto who = salesperson("verkauf1");
  EXPECT_TRUE(desk_->contact(who, by->view(), id, 2, noon, "pigeon", "").fields.count("kind"));
  EXPECT_TRUE(desk_->contact(who, by->view(), id, 2, noon - 3 * day_us, "phone", "").fields.count("due"));
  EXPECT_EQ(desk_->contact(who, by->view(), id, 2, noon + day_us, "visit", "Kommt vorbei").result, verdict::done);
  EXPECT_EQ(contacts_of("verkauf1").size(), 2U);
  desk_->contact_completed(by->view(), id, "", "reached", "Will Angebot");
  EXPECT_EQ(now(id).contact, contact_result::reached);
  EXPECT_EQ(open().timeline(id).front().comment, "Will Angebot");
  desk_->contact_completed(by->view(), id + 99, "", "reached", "");
}

TEST_P(processing_test, a_contact_that_somebody_completes_who_does_not_see_the_lead_changes_nothing) {
  // given: a lead in Wien; wien1 is a manager there and has no grant
  const auto id = add_lead("1-A");
  desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
  // when: the host tells of it, and when it could not, the job finds it
  const auto by = call("wien1");
  desk_->contact_completed(by->view(), id, "", "reached", "Fremde Notiz");
  host_->data().contacts.complete(contacts_of("verkauf1").front().id, "reached", "Fremde Notiz", noon, "wien1");
  desk_->take_missed_results(call("")->view());
  // then
  EXPECT_EQ(now(id).contact, contact_result::open);
  EXPECT_EQ(now(id).first_contact_at, 0);
  EXPECT_EQ(open().timeline(id).size(), 1U);
  // but once he sees the lead
  grant("wien1", true, "siebel_nissan", access::scope::locations, {"wien"});
  desk_->take_missed_results(call("")->view());
  EXPECT_EQ(now(id).contact, contact_result::reached);
  EXPECT_EQ(open().timeline(id).front().actor, "wien1");
}

TEST_P(processing_test, anonymises_only_what_has_ended_and_keeps_the_counts) {
  const auto id = add_lead("1-A");
  const auto by = call("admin");
  grant("admin", true, "siebel_nissan", access::scope::all);
  EXPECT_EQ(desk_->erase(admin(), by->view(), id, 1).result, verdict::refused);
  desk_->close(manager(), call("leitung")->view(), id, 1, "closed", "no_further_contact", "Frau Leitgeb will nicht");
  EXPECT_EQ(desk_->erase(manager(), call("leitung")->view(), id, 2).result, verdict::forbidden);
  EXPECT_EQ(desk_->erase(admin(), by->view(), id, 2).result, verdict::done);
  const auto item = now(id);
  EXPECT_EQ(item.state, lead_state::erased);
  EXPECT_EQ(item.content.prospect, person{});
  EXPECT_TRUE(item.content.message.empty());
  EXPECT_EQ(item.reason, "no_further_contact");
  for (const auto &event : open().timeline(id)) EXPECT_TRUE(event.comment.empty()) << event.kind;
  store::lead_filter filter;
  filter.text = "leitgeb";
  EXPECT_EQ(overview_oracle::count(open(), filter, access::system_visibility(), noon), 0);
  EXPECT_EQ(desk_->reopen(manager(), call("leitung")->view(), id, 3, "").result, verdict::refused);
}

TEST_P(processing_test, offers_salespeople_of_the_place_first) {
  const auto people = desk_->assignable(now(add_lead("1-A", "test_drive", "graz")));
  ASSERT_GE(people.size(), 4U);
  std::vector<std::string> ids;
  for (const auto &one : people) ids.push_back(one.id);
  EXPECT_EQ(ids[0] == "leitung" || ids[0] == "verkauf2", true);
  EXPECT_EQ(std::count(ids.begin(), ids.end(), "admin"), 0);
}

processing::customer_match compared(const std::function<void(processing::known_customer &)> &change) {
  lead_content content;
  content.prospect.first_name = "Johanna";
  content.prospect.last_name = "Leitgeb";
  content.prospect.email = "johanna.leitgeb@example.at";
  content.prospect.phones = {{"+436645550142", ""}};
  content.prospect.street = "Am Rehgrund 14";
  content.prospect.postal_code = "8043";
  content.prospect.city = "Graz";
  processing::known_customer other{"7", content.prospect, "", {}};
  change(other);
  return processing::compare(content, other);
}

TEST(matching, is_never_very_sure_of_somebody_with_another_first_name) {
  using processing::known_customer;
  // given a couple that shares mail, phone and address; names that differ by a letter; a number that is somebody else's
  for (const char *first : {"Peter", "Johann", "Johannes", "Johana", "Hanna"}) {
    const auto other = compared([&](known_customer &one) { one.who.first_name = first; });
    EXPECT_LT(other.score, 90) << first;
    EXPECT_TRUE(other.maybe_household) << first;
    EXPECT_TRUE(other.other_first_name) << first;
  }
  for (const char *first : {"Johanna", "JOHANNA", "Johanna Maria", "J.", ""}) {
    EXPECT_FALSE(compared([&](known_customer &one) { one.who.first_name = first; }).other_first_name) << first;
  }
  // and what is nobody's makes nobody alike
  lead_content content;
  content.prospect.last_name = "Huber";
  content.prospect.email = "test@test.at";
  content.prospect.phones = {{"+4300000000", ""}};
  content.prospect.customer_number = "0";
  EXPECT_LT(processing::compare(content, {"0", content.prospect, "", {}}).score, 50);
}

TEST(matching, says_how_sure_it_is) {
  using processing::known_customer;
  EXPECT_EQ(compared([](known_customer &) {}).score, 100);
  // another address does not matter
  const auto moved = compared([](known_customer &one) {
    one.who.postal_code = "8010";
    one.who.phones.clear();
  });
  EXPECT_GE(moved.score, 90);
  // somebody of the family
  const auto family = compared([](known_customer &one) {
    one.who.first_name = "Johann";
    one.who.email.clear();
    one.who.phones = {{"+436991234567", ""}};
  });
  EXPECT_TRUE(family.maybe_household);
  EXPECT_LT(family.score, 90);
  const auto husband = compared([](known_customer &one) {
    one.who.first_name = "Peter";
    one.who.email.clear();
  });
  EXPECT_TRUE(husband.maybe_household);
  EXPECT_LT(husband.score, 90);
  EXPECT_GE(husband.score, 50);
  // only the name
  const auto namesake = compared([](known_customer &one) {
    one.who.email = "x@example.at";
    one.who.phones = {{"+43111111", ""}};
    one.who.postal_code = "1220";
  });
  EXPECT_LT(namesake.score, 50);
  const auto hyphen = compared([](known_customer &one) {
    one.who = {};
    one.who.first_name = "Johanna";
    one.who.last_name = "Leitgeb-Moser";
  });
  EXPECT_EQ(hyphen.reasons.at(0).how, processing::customer_match::likeness::similar);
}

}  // namespace
