// E-mails between the lead and the mail server: once whatever crashes, and not at all where something has come between;
// on both databases.
#include <gtest/gtest.h>

#include "integration/answering.hpp"

namespace {

using namespace dealership;

class mails_underway : public with_answers {};
INSTANTIATE_TEST_SUITE_P(databases, mails_underway, databases::all(), databases::name);

TEST_P(mails_underway, a_crash_between_any_two_steps_sends_no_second_one) {
  // given: the receipt is decided, and the process dies before the host hears of it
  switch_on();
  enquiry("1-1");
  const auto call = this->call("");
  EXPECT_EQ(desk_of_mail_->send_receipts(call->view()), 1);
  const auto waiting = rows_->due(noon, 10);
  ASSERT_EQ(waiting.size(), 1U);
  // when: it goes on; and the host was given it, but our note of that was lost
  EXPECT_EQ(desk_of_mail_->send_receipts(call->view()), 0);
  EXPECT_EQ(desk_of_mail_->give(call->view()), 1);
  open().write([&](store::transaction &inside) {
    inside.queue_mail(waiting[0].lead_id, waiting[0].key, waiting[0].document, noon);
  });
  EXPECT_EQ(desk_of_mail_->give(call->view()), 1);
  round();
  // then
  EXPECT_EQ(receiver_.letters().size(), 1U);
  EXPECT_EQ(host_->data().mails.page(0, 10).size(), 1U);
}

TEST_P(mails_underway, a_host_that_cannot_take_it_is_tried_again_and_a_server_too) {
  // given: nobody listens
  switch_on();
  set_server("smtp://127.0.0.1:9");
  const auto id = enquiry("1-1");
  round();
  ASSERT_TRUE(receiver_.letters().empty());
  EXPECT_EQ(host_->data().mails.count().waiting, 1);
  // when
  set_server(receiver_.url());
  host_->clock().set(noon + hour_us / 2);
  round();
  // then
  EXPECT_EQ(receiver_.letters().size(), 1U);
  EXPECT_EQ(kinds(id), (std::vector<std::string>{"receipt_sent"}));
}

TEST_P(mails_underway, a_receipt_that_the_server_did_not_take_within_an_hour_is_not_sent_later) {
  // given: nobody listens
  switch_on();
  set_server("smtp://127.0.0.1:9");
  const auto id = enquiry("1-1");
  round();
  // when
  set_server(receiver_.url());
  host_->clock().set(noon + hour_us);
  round();
  // then
  EXPECT_TRUE(receiver_.letters().empty());
  EXPECT_EQ(kinds(id).front(), "mail_failed");
}

TEST_P(mails_underway, a_server_that_turns_everybody_away_has_refused_no_letter) {
  // given
  switch_on();
  mail_receiver closed("554 no service here");
  set_server(closed.url());
  const auto id = enquiry("1-1");
  round();
  EXPECT_EQ(host_->data().mails.count().waiting, 1);
  EXPECT_EQ(host_->data().mails.count().failed, 0);
  // when
  set_server(receiver_.url());
  host_->clock().set(noon + minute_us);
  round();
  // then
  EXPECT_EQ(receiver_.letters().size(), 1U);
  EXPECT_EQ(kinds(id), (std::vector<std::string>{"receipt_sent"}));
}

TEST_P(mails_underway, a_clock_that_stood_wrong_holds_no_letter_back) {
  // given: it was put off while the clock stood hours ahead
  switch_on();
  set_server("smtp://127.0.0.1:9");
  const auto id = enquiry("1-1");
  assign(id, "verkauf1");
  ASSERT_EQ(answer(id).result, verdict::done);
  desk_of_mail_->give(call("")->view());
  host_->clock().set(noon + 10 * hour_us);
  host_->mail().look();
  ASSERT_EQ(host_->data().mails.count().waiting, 1);
  // when
  set_server(receiver_.url());
  host_->clock().set(noon + minute_us);
  host_->mail().look();
  // then
  EXPECT_EQ(receiver_.letters().size(), 1U);
}

TEST_P(mails_underway, who_refuses_e_mails_before_it_has_gone_gets_none) {
  // given: a receipt and an answer that the host has still to be given
  switch_on();
  const auto asked = enquiry("1-1"), answered = enquiry("1-2", std::nullopt);
  assign(answered, "verkauf1");
  ASSERT_EQ(answer(answered).result, verdict::done);
  const auto call = this->call("");
  ASSERT_EQ(desk_of_mail_->send_receipts(call->view()), 1);
  // when
  for (const auto id : {asked, answered}) refuse_e_mails(id);
  round();
  // then
  EXPECT_TRUE(receiver_.letters().empty());
  EXPECT_TRUE(rows_->due(noon + day_us, 10).empty());
  for (const auto id : {asked, answered}) {
    const auto last = open().timeline(id).front();
    EXPECT_EQ(last.kind, "mail_failed");
    EXPECT_EQ(last.data.at("problem"), "The person has refused e-mails meanwhile.");
  }
}

TEST_P(mails_underway, a_receipt_is_not_queued_for_whoever_has_refused_since_it_was_looked_at) {
  // given
  switch_on();
  const auto id = enquiry("1-1");
  const auto seen = now(id);
  const auto draft = texts_->fill(seen, *texts_->receipt_for(seen), {});
  const auto letter = texts_->letter(seen, draft, {}, {}, true);
  // when
  refuse_e_mails(id);
  // then: nothing is decided either, so that the next look says why
  EXPECT_FALSE(desk_->send_receipt(call("")->view(), id, letter));
  EXPECT_TRUE(rows_->due(noon + day_us, 10).empty());
  EXPECT_EQ(rows_->without_receipt({"test_drive", "wien", noon - day_us}, noon - day_us, 10),
            (std::vector<std::int64_t>{id}));
}

TEST_P(mails_underway, what_has_waited_too_long_goes_no_more) {
  // given: the host sends nothing while this is not there, an hour for the receipt and a day for the answer
  switch_on();
  const auto asked = enquiry("1-1"), answered = enquiry("1-2", std::nullopt);
  assign(answered, "verkauf1");
  ASSERT_EQ(answer(answered).result, verdict::done);
  ASSERT_EQ(desk_of_mail_->send_receipts(call("")->view()), 1);
  // when
  host_->clock().set(noon + 2 * hour_us);
  round();
  // then
  EXPECT_EQ(receiver_.letters().size(), 1U);
  EXPECT_EQ(kinds(asked).front(), "mail_failed");
  EXPECT_EQ(kinds(answered).front(), "contact_planned");
  // and
  ASSERT_EQ(answer(answered).result, verdict::done);
  host_->clock().set(noon + 3 * day_us);
  round();
  EXPECT_EQ(receiver_.letters().size(), 1U);
  EXPECT_EQ(kinds(answered).front(), "mail_failed");
}

TEST_P(mails_underway, nothing_goes_to_the_host_about_whoever_is_being_forgotten_there) {
  // given
  switch_on();
  const auto id = enquiry("1-1");
  ASSERT_EQ(desk_of_mail_->send_receipts(call("")->view()), 1);
  const auto document = rows_->due(noon, 10).front().document;
  store::privacy_rows privacy_rows(open());
  const dms::host host(services_->raw());
  processing::privacy_desk privacy({open(), privacy_rows, sources_.types, *desk_,
                                    host.service<dms_contacts>(DMS_CONTACTS_ID),
                                    host.service<dms_erasure>(DMS_ERASURE_ID), dms::log()});
  ASSERT_EQ(privacy.erase(admin(), call("admin")->view(), {id}, {}).result, verdict::done);
  // when: somebody gives e-mails just now
  auto giving = open().hold(processing::mail_queue_hold);
  ASSERT_TRUE(giving);
  // then: the host is told when that is over
  EXPECT_EQ(privacy.settle(call("")->view()), 1);
  giving.reset();
  privacy.settle(call("")->view());
  // and: what a queue would still hold of him is not given
  open().write([&](store::transaction &inside) { inside.queue_mail(id, "lead:0:receipt", document, noon); });
  EXPECT_EQ(desk_of_mail_->give(call("")->view()), 0);
  EXPECT_TRUE(rows_->due(noon + day_us, 10).empty());
  EXPECT_TRUE(host_->data().mails.page(0, 10).empty());
}

TEST_P(mails_underway, what_a_feed_has_brought_is_no_reason_for_the_host_to_refuse_a_letter) {
  // given: a name longer than a mail's head takes, and a subject of nothing but an empty placeholder
  switch_on();
  auto item = now(enquiry("1-1"));
  item.content.prospect.first_name = std::string(150, 'a');
  item.content.prospect.last_name = std::string(150, 'b');
  item.content.wanted.clear();
  store::answer_template text;
  text.language = "de";
  text.subject = "{Fahrzeug}";
  text.body = "{Anrede}";
  // when
  const auto draft = texts_->fill(item, text, "verkauf1");
  const auto letter = texts_->letter(item, draft, {}, "verkauf1", true);
  // then
  EXPECT_EQ(draft.subject, "Your enquiry");
  const dms::host host(services_->raw());
  const dms::mail mail(host.service<dms_mail>(DMS_MAIL_ID));
  EXPECT_NO_THROW(mail.send(call("")->view(), "k", letter.document));
  // and: an address that cannot be one is told before anything counts as tried
  const auto id = enquiry("1-2");
  assign(id, "verkauf1");
  open().write([&](store::transaction &inside) {
    auto wrong = *inside.find_lead(id);
    wrong.content.prospect.email = "anna huber@example.at";
    inside.update_lead_content(wrong, inside.content_digest(id));
  });
  EXPECT_EQ(answer(id).result, verdict::refused);
  EXPECT_EQ(now(id).first_contact_at, 0);
}

}  // namespace
