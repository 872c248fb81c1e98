// Receipts, answers and replies by e-mail, against a real SMTP server: only where it is allowed, gone with the person;
// on both databases.
#include <gtest/gtest.h>

#include "integration/answering.hpp"

namespace {

using namespace dealership;

class answers : public with_answers {};
INSTANTIATE_TEST_SUITE_P(databases, answers, databases::all(), databases::name);

TEST_P(answers, nothing_goes_before_an_admin_says_so) {
  // given
  const auto id = enquiry("1-1");
  // when
  round();
  // then
  EXPECT_TRUE(receiver_.letters().empty());
  EXPECT_TRUE(kinds(id).empty());
  // and: the shipped texts are there and not in use, and nothing can be switched on without a footer
  ASSERT_EQ(settings_of_answers_->take_shipped(admin()).result, verdict::done);
  for (const auto &one : rows_->templates()) EXPECT_FALSE(one.active);
  EXPECT_EQ(settings_of_answers_->set_receipts(admin(), "test_drive", {"wien"}, std::nullopt).result, verdict::invalid);
  EXPECT_EQ(settings_of_answers_->take_shipped(admin()).result, verdict::refused);
}

TEST_P(answers, a_receipt_goes_once_and_is_no_contact) {
  // given
  switch_on();
  const auto id = enquiry("1-1");
  const auto before = now(id);
  // when
  round();
  round();
  // then
  ASSERT_EQ(receiver_.letters().size(), 1U);
  const auto letter = receiver_.letters().front();
  EXPECT_NE(letter.find("Auto-Submitted: auto-replied"), std::string::npos);
  EXPECT_NE(letter.find("<anna.huber@example.at>"), std::string::npos);
  EXPECT_NE(letter.find("FN 1 a"), std::string::npos);
  EXPECT_EQ(kinds(id), (std::vector<std::string>{"receipt_sent"}));
  const auto event = open().timeline(id).front();
  EXPECT_NE(event.comment.find("Sehr geehrte Frau Huber,"), std::string::npos);
  EXPECT_NE(event.comment.find("Nissan Qashqai"), std::string::npos);
  const auto after = now(id);
  EXPECT_EQ(after.first_contact_at, 0);
  EXPECT_EQ(after.contact, lead_system::contact_result::open);
  EXPECT_EQ(after.version, before.version);
  EXPECT_EQ(after.escalation_at, before.escalation_at);
}

TEST_P(answers, a_step_may_be_taken_back_although_a_receipt_went_meanwhile) {
  // given
  switch_on();
  const auto id = enquiry("1-1");
  auto who = manager();
  who.undo_us = processing::lead_desk::undo_span;
  ASSERT_EQ(desk_->assign(who, call("leitung")->view(), id, now(id).version, "verkauf1").result, verdict::done);
  host_->clock().set(noon + 10 * second_us);
  round();
  ASSERT_EQ(kinds(id).front(), "receipt_sent");
  // when
  who.now = noon + 20 * second_us;
  const auto came = desk_->undo(who, call("leitung")->view(), id, now(id).version);
  // then
  EXPECT_EQ(came.result, verdict::done);
  EXPECT_EQ(now(id).assignee, "");
}

TEST_P(answers, no_word_on_e_mails_is_no_permission) {
  // given
  switch_on();
  const auto silent = enquiry("1-1", std::nullopt), refused = enquiry("1-2", false);
  // when
  round();
  // then
  EXPECT_TRUE(receiver_.letters().empty());
  EXPECT_TRUE(kinds(silent).empty());
  EXPECT_TRUE(kinds(refused).empty());
  // and: to whom is refused nobody writes
  const auto came = answer(refused, "leitung");
  EXPECT_NE(came.result, verdict::done);
}

TEST_P(answers, an_answer_is_a_contact_that_was_tried_with_its_text_in_the_timeline) {
  // given
  switch_on();
  const auto id = enquiry("1-1");
  assign(id, "verkauf1");
  // when
  const auto came = answer(id);
  // then
  ASSERT_EQ(came.result, verdict::done) << came.text.id;
  const auto item = now(id);
  EXPECT_EQ(item.contact, lead_system::contact_result::tried);
  EXPECT_EQ(item.first_contact_at, noon);
  EXPECT_EQ(item.next_at, noon + day_us);
  EXPECT_EQ(kinds(id).front(), "contact_planned");
  EXPECT_EQ(open().timeline(id)[1].kind, "answered");
  EXPECT_EQ(open().timeline(id)[1].comment, "Passt Freitag?\n\n-- \nAutohaus GmbH, FN 1 a, Wien");
  round();
  ASSERT_EQ(receiver_.letters().size(), 1U);
  EXPECT_EQ(receiver_.letters().front().find("Auto-Submitted"), std::string::npos);
  // and: its lines are a mail's, so that the footer is known as such
  EXPECT_NE(receiver_.letters().front().find("Passt Freitag?\r\n\r\n--=20\r\nAutohaus GmbH"), std::string::npos);
  // and: the contact that it settled is done in myKontakte too
  const auto contacts = contacts_of("verkauf1");
  EXPECT_EQ(std::count_if(contacts.begin(), contacts.end(), [](const auto &one) { return one.done_us == 0; }), 1);
}

TEST_P(answers, who_was_too_late_hears_so_and_nothing_is_sent) {
  // given
  switch_on();
  const auto id = enquiry("1-1");
  assign(id, "verkauf1");
  const auto item = now(id);
  processing::answer_texts::draft draft{"de", "Ihre Anfrage", "Passt Freitag?", "Fuß"};
  const auto letter = texts_->letter(item, draft, {}, "verkauf1", false);
  ASSERT_EQ(desk_->note(manager(), call("leitung")->view(), id, "Notiz").result, verdict::done);
  // when
  const auto late = desk_->answer(salesperson("verkauf1"), call("verkauf1")->view(), id, item.version, letter, {});
  const auto stranger =
      desk_->answer(salesperson("verkauf2"), call("verkauf2")->view(), id, now(id).version, letter, {});
  // then
  EXPECT_EQ(late.result, verdict::conflict);
  EXPECT_EQ(stranger.result, verdict::not_found);
  round();
  for (const auto &sent : receiver_.letters()) EXPECT_EQ(sent.find("Passt Freitag?"), std::string::npos);
  for (const auto &kind : kinds(id)) EXPECT_NE(kind, "answered");
}

TEST_P(answers, a_reply_reaches_the_lead_and_somebody_has_to_answer_soon) {
  // given
  switch_on();
  const auto id = enquiry("1-1");
  assign(id, "verkauf1");
  ASSERT_EQ(answer(id).result, verdict::done);
  round();
  // when
  reply("Freitag passt.\r\n\r\nAm Montag schrieb Autohaus:\r\n> Passt Freitag?");
  round();
  round();
  // then
  const auto item = now(id);
  EXPECT_EQ(item.contact, lead_system::contact_result::reached);
  EXPECT_EQ(item.next_kind, "email");
  EXPECT_EQ(item.next_at, noon + hour_us);
  const auto all = kinds(id);
  EXPECT_EQ(std::count(all.begin(), all.end(), "reply_received"), 1);
  const auto events = open().timeline(id);
  const auto told =
      std::find_if(events.begin(), events.end(), [](const auto &one) { return one.kind == "reply_received"; });
  EXPECT_EQ(told->comment, "Freitag passt.");
  EXPECT_EQ(bells("verkauf1").front(), "Anna Huber has answered your e-mail.");
}

TEST_P(answers, the_telephone_of_who_writes_stands_in_the_letter) {
  // given
  const auto id = enquiry("1-1");
  auto who = *host_->data().users.find("verkauf1");
  who.phone = "+43 1 555 01 15";
  host_->change_user(*call("admin"), who);
  // when, then
  EXPECT_NE(texts_->blank(now(id), "verkauf1").text.find("Person verkauf1\n+43 1 555 01 15\n"), std::string::npos)
      << texts_->blank(now(id), "verkauf1").text;
  // and: who has none writes no empty line
  EXPECT_EQ(texts_->blank(now(id), "leitung").text.find("Person leitung\n\n"), std::string::npos);
}

TEST_P(answers, the_files_of_a_reply_are_named) {
  // given
  switch_on();
  const auto id = enquiry("1-1");
  assign(id, "verkauf1");
  ASSERT_EQ(answer(id).result, verdict::done);
  round();
  // when
  reply(
      "--b\r\nContent-Type: text/plain\r\n\r\nAnbei.\r\n--b\r\nContent-Type: application/pdf; "
      "name=Zulassungsschein.pdf\r\n\r\n" +
          std::string(1500, 'x') + "\r\n--b--",
      "Content-Type: multipart/mixed; boundary=b\r\n");
  round();
  // then
  const auto events = open().timeline(id);
  const auto told =
      std::find_if(events.begin(), events.end(), [](const auto &one) { return one.kind == "reply_received"; });
  ASSERT_NE(told, events.end());
  EXPECT_EQ(told->comment, "Anbei.");
  EXPECT_EQ(told->data.at("attachments"), "1");
  EXPECT_EQ(nlohmann::json::parse(told->data.at("files")),
            (nlohmann::json::array({{{"name", "Zulassungsschein.pdf"}, {"bytes", 1500}}})));
  // and: they go with the person
  ASSERT_EQ(desk_->forget(admin(), call("admin")->view(), id, now(id).version, "request").result, verdict::done);
  for (const auto &event : open().timeline(id)) EXPECT_FALSE(event.data.contains("files"));
}

TEST_P(answers, what_a_machine_sends_back_is_no_answer) {
  // given
  switch_on();
  const auto id = enquiry("1-1");
  assign(id, "verkauf1");
  ASSERT_EQ(answer(id).result, verdict::done);
  round();
  // when
  reply("Bin auf Urlaub.", "Auto-Submitted: auto-replied\r\n");
  round();
  // then
  EXPECT_EQ(now(id).contact, lead_system::contact_result::tried);
  const auto all = kinds(id);
  EXPECT_EQ(std::count(all.begin(), all.end(), "reply_received"), 0);
}

TEST_P(answers, a_reply_to_the_receipt_alone_is_no_contact_of_anybody) {
  // given
  switch_on();
  const auto id = enquiry("1-1");
  round();
  // when
  reply("Danke, bitte am Freitag.");
  round();
  // then
  EXPECT_EQ(kinds(id).front(), "reply_received");
  EXPECT_EQ(now(id).first_contact_at, 0);
  EXPECT_EQ(now(id).contact, lead_system::contact_result::open);
  EXPECT_EQ(now(id).state, lead_state::received);
  EXPECT_EQ(bells("leitung").front(), "Anna Huber has answered your e-mail.");
}

TEST_P(answers, a_lead_that_has_ended_is_told_of_and_not_opened_again) {
  // given
  switch_on();
  const auto id = enquiry("1-1");
  assign(id, "verkauf1");
  ASSERT_EQ(answer(id).result, verdict::done);
  round();
  ASSERT_EQ(desk_->close(manager(), call("leitung")->view(), id, now(id).version, "", "no_interest", "").result,
            verdict::done);
  const auto ended = now(id).state;
  // when
  reply("Doch noch Interesse.");
  round();
  // then
  EXPECT_EQ(now(id).state, ended);
  EXPECT_EQ(kinds(id).front(), "reply_received");
  EXPECT_EQ(bells("verkauf1").front(), "Anna Huber has answered; the lead has ended.");
}

TEST_P(answers, a_bounce_stands_in_the_timeline_and_rings) {
  // given
  switch_on();
  const auto id = enquiry("1-1");
  assign(id, "verkauf1");
  ASSERT_EQ(answer(id).result, verdict::done);
  round();
  // when
  const auto ours = host_->data().mails.page(0, 1).front().message_id;
  std::ofstream(database().directory() / "replies/new/b", std::ios::binary)
      << "From: MAILER-DAEMON@mx.example.at\r\nContent-Type: multipart/report; report-type=delivery-status; "
         "boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\nDiagnostic-Code: "
         "smtp; 550 no such user\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <"
      << ours << ">\r\n\r\n--b--\r\n";
  round();
  round();
  // then
  const auto all = kinds(id);
  EXPECT_EQ(std::count(all.begin(), all.end(), "mail_failed"), 1);
  EXPECT_NE(open().timeline(id).front().data.at("problem").find("550 no such user"), std::string::npos);
  EXPECT_EQ(bells("verkauf1").front(),
            "An e-mail to Anna Huber could not be delivered. Reach the person in another way.");
  EXPECT_EQ(bells("admin").size(), 1U);
}

TEST_P(answers, what_was_written_goes_with_the_person) {
  // given: sent, answered, and one that is still to be given to the host
  switch_on();
  const auto id = enquiry("1-1");
  assign(id, "verkauf1");
  ASSERT_EQ(answer(id).result, verdict::done);
  round();
  reply("Freitag passt.");
  round();
  ASSERT_EQ(answer(id).result, verdict::done);
  // when
  store::privacy_rows privacy_rows(open());
  const dms::host host(services_->raw());
  processing::privacy_desk privacy({open(), privacy_rows, sources_.types, *desk_,
                                    host.service<dms_contacts>(DMS_CONTACTS_ID),
                                    host.service<dms_erasure>(DMS_ERASURE_ID), dms::log()});
  auto who = admin();
  ASSERT_EQ(privacy.erase(who, call("admin")->view(), {id}, {}).result, verdict::done);
  privacy.settle(call("")->view());
  round();
  // then
  EXPECT_EQ(receiver_.letters().size(), 1U);
  EXPECT_TRUE(rows_->due(noon + day_us, 10).empty());
  for (const auto &event : open().timeline(id)) {
    EXPECT_TRUE(event.comment.empty()) << event.kind;
    EXPECT_FALSE(event.data.contains("subject")) << event.kind;
    EXPECT_FALSE(event.data.contains("address")) << event.kind;
  }
  EXPECT_TRUE(host_->data().mails.page(0, 10).empty());
  EXPECT_TRUE(fs::is_empty(database().directory() / "replies/cur"));
}

TEST_P(answers, texts_are_changed_by_one_at_a_time) {
  // given
  std::int64_t id = 0;
  store::answer_template item;
  item.kind = "answer";
  item.language = "de";
  item.title = "Kurz";
  item.subject = "Ihre Anfrage";
  item.body = "{Anrede}";
  ASSERT_EQ(settings_of_answers_->save(admin(), item, id).result, verdict::done);
  const auto seen = *rows_->find(id);
  auto first = seen, second = seen;
  first.body = "{Anrede} eins";
  second.body = "{Anrede} zwei";
  // when
  ASSERT_EQ(settings_of_answers_->save(admin(), first, id).result, verdict::done);
  const auto late = settings_of_answers_->save(admin(), second, id);
  // then
  EXPECT_EQ(late.result, verdict::conflict);
  EXPECT_EQ(rows_->find(id)->body, "{Anrede} eins");
  EXPECT_EQ(settings_of_answers_->remove(admin(), id, seen.version).result, verdict::conflict);
  // and: bad input names its field
  auto wrong = *rows_->find(id);
  wrong.body = "{Preis}";
  EXPECT_TRUE(settings_of_answers_->save(admin(), wrong, id).fields.contains("body"));
  wrong.body.clear();
  EXPECT_TRUE(settings_of_answers_->save(admin(), wrong, id).fields.contains("body"));
  wrong.reach = "type:none";
  EXPECT_TRUE(settings_of_answers_->save(admin(), wrong, id).fields.contains("reach"));
}

TEST_P(answers, the_closest_text_and_footer_are_taken) {
  // given
  switch_on();
  std::int64_t id = 0;
  store::answer_template item;
  item.kind = "receipt";
  item.language = "de";
  item.title = "Probefahrt";
  item.subject = "Ihre Probefahrt";
  item.body = "{Anrede}";
  item.reach = "type:test_drive";
  item.active = true;
  ASSERT_EQ(settings_of_answers_->save(admin(), item, id).result, verdict::done);
  ASSERT_EQ(settings_of_answers_->set_footer(admin(), {"wien", "de", "Wien GmbH"}, "").result, verdict::done);
  // when
  const auto one = now(enquiry("1-1"));
  auto english = one;
  english.content.prospect.language = "it";
  // then
  EXPECT_EQ(texts_->receipt_for(one)->title, "Probefahrt");
  EXPECT_EQ(texts_->receipt_for(english)->title, "Receipt");
  EXPECT_EQ(texts_->footer_of("wien", "de"), "Wien GmbH");
  EXPECT_EQ(texts_->footer_of("wien", "en"), "Wien GmbH");
  EXPECT_EQ(texts_->footer_of("graz", "de"), "Autohaus GmbH, FN 1 a, Wien");
}

}  // namespace
