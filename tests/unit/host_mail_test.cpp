// What comes back to the host's e-mails, read: answers, machines, bounces; in the encodings of mail programs.
#include "reference_host/core/mail/mail_message.hpp"
#include "reference_host/core/mail/mail_room.hpp"
#include "reference_host/core/plugins/services.hpp"
#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;
using dms::reference::incoming_mail;
using dms::reference::read_mail;
using kind = incoming_mail::kind;

const std::string ours = "dms.0123456789abcdef@example.at";

std::string message(const std::string &head, const std::string &body) {
  return "From: Anna Huber <anna.huber@example.at>\r\nTo: leads@example.at\r\n" + head + "\r\n" + body;
}

TEST(mail_message, an_answer_names_what_it_answers_and_leaves_out_what_it_quotes) {
  const auto read = read_mail(message(
      "Subject: Re: Ihre Anfrage\r\nIn-Reply-To: <" + ours + ">\r\nReferences: <other@x.at>\r\n <" + ours + ">\r\n",
      "Freitag passt gut.\r\n\r\nAm 22.07.2020 schrieb Autohaus:\r\n> Wann?\r\n> Bitte\r\n"));
  EXPECT_EQ(read.what, kind::reply);
  EXPECT_EQ(read.from, "anna.huber@example.at");
  EXPECT_EQ(read.subject, "Re: Ihre Anfrage");
  EXPECT_EQ(read.text, "Freitag passt gut.");
  EXPECT_EQ(read.refers_to, (std::vector<std::string>{ours, ours, "other@x.at"}));
  EXPECT_EQ(read.attachments, 0);
}

TEST(mail_message, encodings_and_parts_are_undone) {
  const auto read = read_mail(message(
      "Subject: =?utf-8?Q?R=C3=BCckruf_?= =?utf-8?B?YW0gRnJlaXRhZw==?=\r\nIn-Reply-To: <" + ours +
          ">\r\nContent-Type: multipart/mixed; boundary=\"b 1\"\r\n",
      "--b 1\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n"
      "--in\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      "Gr=FC=DFe aus=\r\n Graz\r\n--in\r\nContent-Type: text/html\r\n\r\n<b>no</b>\r\n--in--\r\n"
      "--b 1\r\nContent-Type: image/jpeg; name=a.jpg\r\nContent-Disposition: attachment\r\n\r\nxx\r\n--b 1--\r\n"));
  EXPECT_EQ(read.subject, "Rückruf am Freitag");
  EXPECT_EQ(read.text, "Grüße aus Graz");
  EXPECT_EQ(read.attachments, 1);
  ASSERT_EQ(read.files.size(), 1U);
  EXPECT_EQ(read.files[0].name, "a.jpg");
  EXPECT_EQ(read.files[0].bytes, 2U);
}

TEST(mail_message, the_name_of_a_file_is_read_however_it_is_written) {
  const auto name = [](const std::string &head) {
    const auto read =
        read_mail(message("Content-Type: multipart/mixed; boundary=b\r\n",
                          "--b\r\nContent-Type: text/plain\r\n\r\nAnbei.\r\n--b\r\nContent-Type: application/pdf" +
                              head + "\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJDRA==\r\n--b--\r\n"));
    EXPECT_EQ(read.text, "Anbei.");
    EXPECT_EQ(read.attachments, 1);
    if (read.files.size() != 1) return std::string("none");
    EXPECT_EQ(read.files[0].bytes, 4U);
    return read.files[0].name;
  };
  const std::string attached = "\r\nContent-Disposition: attachment; ";
  EXPECT_EQ(name(attached + "filename=\"Zulassung 2.pdf\""), "Zulassung 2.pdf");
  EXPECT_EQ(name(attached + "filename*=utf-8'de'F%C3%BChrerschein.pdf"), "Führerschein.pdf");
  EXPECT_EQ(name(attached + "filename*=iso-8859-1''F%FChrerschein.pdf"), "Führerschein.pdf");
  EXPECT_EQ(name(attached + "filename=\"=?utf-8?Q?F=C3=BChrerschein.pdf?=\""), "Führerschein.pdf");
  EXPECT_EQ(name(attached + "filename*0=\"Zulassungs\"; filename*1=\"schein.pdf\""), "Zulassungsschein.pdf");
  EXPECT_EQ(name(attached + "filename*0*=utf-8''F%C3%BChrer; filename*1=schein.pdf"), "Führerschein.pdf");
  EXPECT_EQ(name("; name=\"F.pdf\""), "F.pdf");
  EXPECT_EQ(name(attached + "filename=\"Schein; vorne.pdf\"; size=4"), "Schein; vorne.pdf");
  EXPECT_EQ(name(attached + "filename=\"Der \\\"alte\\\" Schein.pdf\""), "Der \"alte\" Schein.pdf");
  EXPECT_EQ(name(attached + "size=\"; filename=x\"; filename=F.pdf"), "F.pdf");
  EXPECT_EQ(name(attached + "filename=\"offen.pdf; size=4"), "offen.pdf");
  EXPECT_EQ(name(attached + "filename=\""), "");
  EXPECT_EQ(name(attached + "filename=\"C:\\Users\\Anna\\F.pdf\""), "F.pdf");
  EXPECT_EQ(name(attached + "filename=\"../../etc/passwd\""), "passwd");
  EXPECT_EQ(name(attached + "filename=\"" + std::string(5000, 'x') + "\"").size(), 200U);
  EXPECT_EQ(name(attached + "filename=\"\""), "");
  EXPECT_EQ(name(""), "");
}

TEST(mail_message, of_many_files_the_first_are_named_and_all_counted) {
  std::string body;
  for (int number = 0; number < 50; ++number) {
    body += "--b\r\nContent-Type: image/png; name=" + std::to_string(number) + ".png\r\n\r\nx\r\n";
  }
  const auto read = read_mail(message("Content-Type: multipart/mixed; boundary=b\r\n", body + "--b--\r\n"));
  EXPECT_EQ(read.attachments, 50);
  EXPECT_EQ(read.files.size(), dms::reference::longest_list_of_files);
}

TEST(mail_message, a_mark_that_begins_like_another_is_not_that_one) {
  const auto read =
      read_mail(message("Content-Type: multipart/mixed; boundary=b\r\n",
                        "--b\r\nContent-Type: multipart/alternative; boundary=bb\r\n\r\n"
                        "--bb\r\n\r\nFreitag passt.\r\n--bb\r\nContent-Type: text/html\r\n\r\n<b>no</b>\r\n--bb--\r\n"
                        "--b\r\nContent-Type: image/png\r\n\r\nxx\r\n--b-- \r\n"));
  EXPECT_EQ(read.text, "Freitag passt.");
  EXPECT_EQ(read.attachments, 1);
}

TEST(mail_message, what_is_written_behind_a_picture_is_read_and_other_texts_are_files) {
  const auto read = read_mail(message(
      "Content-Type: multipart/mixed; boundary=b\r\n",
      "--b\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
      "Mein Wagen:\r\n--b\r\nContent-Type: image/jpeg\r\nContent-Disposition: inline; filename=a.jpg\r\n\r\nxx\r\n"
      "--b\r\nContent-Type: text/plain\r\n\r\nFreitag passt.\r\n--b\r\nContent-Type: text/plain\r\n"
      "Content-Disposition: inline; filename=\"notes.txt\"\r\n\r\nnotes\r\n--b--\r\n"));
  EXPECT_EQ(read.text, "Mein Wagen:\nFreitag passt.");
  EXPECT_EQ(read.attachments, 3);
  // and: HTML beside a text of blanks
  EXPECT_EQ(read_mail(message("Content-Type: multipart/alternative; boundary=b\r\n",
                              "--b\r\n\r\n \r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Ja</p>\r\n--b--\r\n"))
                .text,
            "Ja");
}

TEST(mail_message, what_a_head_says_is_one_line_of_whole_letters) {
  const auto read =
      read_mail("From: =?utf-8?Q?" + std::string(399, 'a') + "=C3=BC?=\r\nSubject: =?utf-8?Q?Ja=0ABcc:_x?=\r\n\r\nx");
  EXPECT_EQ(read.from, std::string(399, 'a'));
  EXPECT_EQ(read.subject, "Ja Bcc: x");
}

TEST(mail_message, letters_of_html_are_written_once_however_many_there_are) {
  EXPECT_EQ(read_mail(message("Content-Type: text/html\r\n", "Gr&uuml;&szlig;e &amp;lt; &unknown; &")).text,
            "Grüße &lt; &unknown; &");
  std::string many;
  while (many.size() < (std::size_t{2} << 20)) many += "&amp;";
  EXPECT_EQ(read_mail(message("Content-Type: text/html\r\n", many)).text, std::string(20'000, '&'));
}

TEST(mail_message, html_alone_is_read_as_text) {
  const auto read = read_mail(message("Content-Type: text/html; charset=utf-8\r\n",
                                      "<html><head><style>p {}</style></head><body><p>Ja &amp; gerne</p>Danke</body>"));
  EXPECT_EQ(read.text, "Ja & gerne\nDanke");
}

TEST(mail_message, what_machines_send_is_no_answer) {
  for (const auto *head : {"Auto-Submitted: auto-replied\r\n", "Auto-Submitted: auto-generated; x=y\r\n",
                           "Precedence: bulk\r\n", "X-Autoreply: yes\r\n", "List-Id: <a.b>\r\n",
                           "Subject: Abwesenheitsnotiz: Ihre Anfrage\r\n", "Subject: Automatic reply: x\r\n",
                           // as the mail server that delivers a holiday note writes it down
                           "Return-Path: <>\r\n", "Return-Path: <>\r\nAuto-Submitted: auto-replied\r\n",
                           "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n",
                           "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n"}) {
    EXPECT_EQ(read_mail(message(head, "x")).what, kind::automatic) << head;
  }
  EXPECT_EQ(read_mail(message("Auto-Submitted: no\r\n", "x")).what, kind::reply);
}

std::string report(const std::string &action) {
  return "From: MAILER-DAEMON@mx.example.at\r\nContent-Type: multipart/report; report-type=delivery-status; "
         "boundary=b\r\n\r\n--b\r\n\r\nIt failed.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: " +
         action +
         "\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
         "Message-ID: <" +
         ours + ">\r\n\r\n--b--\r\n";
}

TEST(mail_message, a_bounce_names_the_message_and_the_reason) {
  const auto failed = read_mail(report("failed"));
  EXPECT_EQ(failed.what, kind::bounce);
  EXPECT_EQ(failed.problem, "550 5.1.1 no such user");
  EXPECT_NE(std::find(failed.refers_to.begin(), failed.refers_to.end(), ours), failed.refers_to.end());
  EXPECT_EQ(read_mail(report("delayed")).what, kind::delay);
  // and: that it arrived is no failure
  for (const auto *well : {"delivered", "relayed", "expanded"}) {
    EXPECT_EQ(read_mail(report(well)).what, kind::automatic) << well;
  }
}

TEST(mail_message, any_bytes_are_read_somehow) {
  read_mail("");
  read_mail(std::string(1000, '\0'));
  read_mail("Content-Type: multipart/mixed; boundary=\"\r\n\r\n--\r\n--\r\n");
  std::string deep;
  for (int level = 0; level < 200; ++level) {
    deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(level) + "\r\n\r\n--b" +
            std::to_string(level) + "\r\n";
  }
  EXPECT_TRUE(read_mail(deep).text.empty());
}

class mail_service : public with_host {
 protected:
  void offer() {
    dms::reference::mail_options how;
    how.server = "smtp://127.0.0.1:9";
    how.from = "leads@example.at";
    how.replies = folder_ / "replies";
    fs::create_directories(how.replies / "new");
    host_->mail().set(how);
  }
  std::string send(const dms::mail &by, const std::string &key, const std::string &document) {
    return by.send(host_->make_call({})->view(), key, document);
  }
};

TEST_F(mail_service, is_not_there_before_a_server_is_named) {
  dms::reference::services none(*host_, "test");
  EXPECT_EQ(dms::host(none.raw()).service<dms_mail>(DMS_MAIL_ID), nullptr);
  offer();
  EXPECT_NE(dms::host(none.raw()).service<dms_mail>(DMS_MAIL_ID), nullptr);
}

TEST_F(mail_service, keeps_a_mail_once_under_its_key_and_tells_only_its_owner) {
  // given
  offer();
  dms::reference::services mine(*host_, "test"), others(*host_, "other");
  const dms::mail by(dms::host(mine.raw()).service<dms_mail>(DMS_MAIL_ID));
  const auto *document = R"({"to":"anna@example.at","subject":"Ihre Anfrage","text":"Gerne","reference":"lead:7"})";
  // when
  const auto first = send(by, "a", document), again = send(by, "a", document);
  // then
  EXPECT_EQ(first, again);
  EXPECT_NE(first.find("\"waiting\""), std::string::npos);
  EXPECT_EQ(host_->data().mails.page(0, 10).size(), 1U);
  EXPECT_NE(by.changed(0, 10).find("lead:7"), std::string::npos);
  const dms::mail elsewhere(dms::host(others.raw()).service<dms_mail>(DMS_MAIL_ID));
  EXPECT_EQ(elsewhere.changed(0, 10), "[]");
  EXPECT_FALSE(elsewhere.get("1"));
  EXPECT_TRUE(by.get("1"));
}

TEST_F(mail_service, refuses_what_no_mail_server_should_be_given) {
  offer();
  dms::reference::services mine(*host_, "test");
  const dms::mail by(dms::host(mine.raw()).service<dms_mail>(DMS_MAIL_ID));
  for (const auto *document :
       {R"({"to":"anna","subject":"a","text":"b"})", R"({"to":"a@b.at\nBcc: c@d.at","subject":"a","text":"b"})",
        R"({"to":"a@b.at","subject":"a\r\nBcc: c@d.at","text":"b"})", R"({"to":"a@b.at","subject":"a","text":""})",
        R"({"to":"a@b.at","subject":"a","text":"b","sender":"x\ny"})",
        R"({"to":"a@b.at","subject":"a","text":"b","reply_to":"x"})",
        R"({"to":"a@b.at","subject":"a","text":"b","reference":"lead:7\nx"})"}) {
    EXPECT_FALSE(failure_of([&] { send(by, "k", document); }).empty()) << document;
  }
}

TEST_F(mail_service, an_answer_is_taken_once_and_what_belongs_to_nothing_stays) {
  // given
  offer();
  dms::reference::services mine(*host_, "test");
  const dms::mail by(dms::host(mine.raw()).service<dms_mail>(DMS_MAIL_ID));
  send(by, "a", R"({"to":"anna@example.at","subject":"Ihre Anfrage","text":"Gerne","reference":"lead:7"})");
  const auto id = host_->data().mails.page(0, 1).front().message_id;
  const auto lay = [&](const char *name, const std::string &bytes) {
    std::ofstream(folder_ / "replies/new" / name, std::ios::binary) << bytes;
  };
  lay("1", message("In-Reply-To: <" + id + ">\r\n", "Ja\r\n"));
  lay("2", message("In-Reply-To: <else@example.at>\r\n", "Wer?\r\n"));
  lay("3", message("In-Reply-To: <" + id + ">\r\nAuto-Submitted: auto-replied\r\n", "Bin weg\r\n"));
  // when
  host_->mail().look();
  lay("4", message("In-Reply-To: <" + id + ">\r\n", "Ja\r\n"));  // the same message once more
  host_->mail().look();
  // then
  EXPECT_EQ(host_->data().mails.replies("test", 0, 100, 10).size(), 1U);
  EXPECT_NE(by.changed(0, 10).find("\"Ja\""), std::string::npos);
  EXPECT_EQ(host_->mail().unmatched(), (std::vector<std::string>{"2"}));
  EXPECT_TRUE(fs::exists(folder_ / "replies/new/2"));
  EXPECT_FALSE(fs::exists(folder_ / "replies/new/1"));
  EXPECT_TRUE(fs::exists(folder_ / "replies/cur/1:2,S"));
  // and: what was said of a person goes with him, the message too
  host_->data().mails.forget("test", "lead:7");
  EXPECT_EQ(by.changed(0, 10), "[]");
}

TEST_F(mail_service, what_cannot_be_read_is_no_obstacle_for_the_others) {
  // given
  offer();
  dms::reference::services mine(*host_, "test");
  const dms::mail by(dms::host(mine.raw()).service<dms_mail>(DMS_MAIL_ID));
  send(by, "a", R"({"to":"anna@example.at","subject":"Ihre Anfrage","text":"Gerne","reference":"lead:7"})");
  const auto id = host_->data().mails.page(0, 1).front().message_id;
  const auto lay = [&](const std::string &name, const std::string &bytes) {
    std::ofstream(folder_ / "replies/new" / name, std::ios::binary) << bytes;
  };
  // when: ids and senders in bytes that are no letters, and a name of a file that is none
  lay("1", message("In-Reply-To: <dms.\xff\xfe@x.at>\r\n", "Wer?\r\n"));
  lay("2", "From: " + std::string(399, 'a') + "ü\r\nIn-Reply-To: <" + id + ">\r\n\r\nJa\r\n");
  lay("3\xff", message("", "Wer?\r\n"));
  lay("4", message("In-Reply-To: <" + id + ">\r\n", "Freitag\r\n"));
  host_->mail().look();
  // then
  const auto news = by.changed(0, 10);
  EXPECT_NE(news.find("\"Ja\""), std::string::npos);
  EXPECT_NE(news.find("\"Freitag\""), std::string::npos);
  EXPECT_EQ(host_->mail().unmatched(), (std::vector<std::string>{"1", "3\xEF\xBF\xBD"}));
}

TEST_F(mail_service, everything_that_came_back_goes_with_the_person) {
  // given: an answer, the same once more, a holiday note, and a bounce
  offer();
  dms::reference::services mine(*host_, "test");
  const dms::host host(mine.raw());
  const dms::mail by(host.service<dms_mail>(DMS_MAIL_ID));
  send(by, "a", R"({"to":"anna@example.at","subject":"Ihre Anfrage","text":"Gerne","reference":"lead:7"})");
  const auto id = host_->data().mails.page(0, 1).front().message_id;
  const auto answer = message("In-Reply-To: <" + id + ">\r\n", "Ja\r\n");
  auto bounce = report("failed");
  bounce.replace(bounce.find(ours), ours.size(), id);
  int number = 0;
  for (const auto &bytes :
       {answer, answer, message("In-Reply-To: <" + id + ">\r\nAuto-Submitted: auto-replied\r\n", "Weg\r\n"), bounce}) {
    std::ofstream(folder_ / "replies/new" / std::to_string(++number), std::ios::binary) << bytes;
  }
  host_->mail().look();
  ASSERT_TRUE(fs::is_empty(folder_ / "replies/new"));
  // and: a mail program has flagged one of them
  fs::rename(folder_ / "replies/cur/1:2,S", folder_ / "replies/cur/1:2,RS");
  // when
  dms::erasure(host.service<dms_erasure>(DMS_ERASURE_ID))
      .forget(host_->make_call({})->view(), R"({"references":["lead:7"]})");
  // then
  EXPECT_TRUE(fs::is_empty(folder_ / "replies/cur"));
  EXPECT_TRUE(host_->data().mails.files_of("test", "lead:7").empty());
}

TEST_F(mail_service, a_folder_of_messages_loses_none_to_another_of_its_name) {
  // given
  offer();
  auto how = host_->mail().how();
  how.replies = folder_ / "messages";
  fs::create_directories(how.replies / "done");
  host_->mail().set(how);
  dms::reference::services mine(*host_, "test");
  const dms::mail by(dms::host(mine.raw()).service<dms_mail>(DMS_MAIL_ID));
  send(by, "a", R"({"to":"anna@example.at","subject":"Ihre Anfrage","text":"Gerne","reference":"lead:7"})");
  const auto id = host_->data().mails.page(0, 1).front().message_id;
  std::ofstream(how.replies / "done/1.eml") << "of before";
  std::ofstream(how.replies / "1.eml", std::ios::binary) << message("In-Reply-To: <" + id + ">\r\n", "Ja\r\n");
  fs::last_write_time(how.replies / "1.eml", fs::file_time_type::clock::now() - std::chrono::minutes(1));
  // when
  host_->mail().look();
  // then
  EXPECT_EQ(host_->data().mails.files_of("test", "lead:7").size(), 1U);
  EXPECT_EQ(fs::file_size(how.replies / "done/1.eml"), 9U);
  EXPECT_TRUE(fs::exists(host_->data().mails.files_of("test", "lead:7").front()));
}

}  // namespace
