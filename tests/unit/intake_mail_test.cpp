#include <gtest/gtest.h>

#include "intake/mail_parts.hpp"
#include "intake/mail_text.hpp"
#include "unit/intake_support.hpp"

namespace {

using namespace intake_support;

TEST(mail_text, base64_forgives_what_mail_gateways_add) {
  EXPECT_EQ(from_base64("R3LDvG5lcg=="), "Grüner");
  EXPECT_EQ(from_base64("R3LD\r\n vG5l\tcg"), "Grüner");  // without padding, over lines
  EXPECT_EQ(from_base64("R3LDvA==bmVy"), "Grüner");       // in two pieces
  EXPECT_EQ(from_base64("====!"), "");
  EXPECT_EQ(from_base64("R"), "");
}

TEST(mail_text, quoted_printable_forgives_what_is_none) {
  EXPECT_EQ(from_quoted_printable("Gr=C3=BCner"), "Grüner");
  EXPECT_EQ(from_quoted_printable("Gr=c3=bcner"), "Grüner");
  EXPECT_EQ(from_quoted_printable("eine =\r\nZeile=  \nund eine ="), "eine Zeileund eine ");
  EXPECT_EQ(from_quoted_printable("1 = 2, =ZZ, =4"), "1 = 2, =ZZ, =4");
  EXPECT_EQ(from_quoted_printable("<name part=3D\"full\">"), "<name part=\"full\">");
}

TEST(mail_text, words_of_headers) {
  EXPECT_EQ(decoded_words("=?iso-8859-1?q?M=FCller=2C_Eva?= <e@x.at>"), "Müller, Eva <e@x.at>");
  EXPECT_EQ(decoded_words("=?utf-8?B?w4Q=?= =?utf-8?B?w5w=?= x"), "ÄÜ x");
  EXPECT_EQ(decoded_words("=?utf-8?Q?=C3?= =?utf-8?Q?=BC?="), "ü");  // one letter cut in two
  EXPECT_EQ(decoded_words("=?utf-8*de?Q?gr=C3=BCn?="), "grün");
  EXPECT_EQ(decoded_words("a =?broken"), "a =?broken");
  EXPECT_EQ(decoded_words("Gr\xFC\xDF"), "Grüß");  // raw Windows-1252
  EXPECT_EQ(decoded_words(""), "");
}

/// Built so that looking for an end from each beginning would take minutes.
TEST(mail_text, hostile_headers_stay_quick) {
  std::string words, folded = "Subject: a", parameters = "Content-Type: text/xml";
  for (int count = 0; count < 400'000; ++count) words += "=?a?Q? ", folded += "\n b", parameters += ";a=\"";
  EXPECT_EQ(decoded_words(words.substr(0, 70'000)), words.substr(0, 70'000));
  EXPECT_FALSE(read_all("mail_adf", "Subject: " + words + "\n" + folded + "\n" + parameters + "\n\nx").problem.empty());
  EXPECT_FALSE(
      read_all("mail_adf", "Content-Type: multipart/mixed; boundary=\"" + words + "\"\n\n" + words).problem.empty());
}

TEST(mail_text, dates) {
  constexpr auto nine_fifteen = 1'595'402'100 * second_us;  // 2020-07-22T07:15Z
  for (const auto *text :
       {"Wed, 22 Jul 2020 09:15:00 +0200", "22 Jul 2020 07:15 GMT", "Wed,22 jul 20 07:15:00 -0000 (UTC (so to say))",
        "Wed, 22 Jul 2020 03:15:00 EDT", "Wed, 22 July 2020 09:15:00 CEST"}) {
    EXPECT_EQ(parse_mail_date(text), nine_fifteen) << text;
  }
  for (const auto *text :
       {"", "gestern", "32 Jul 2020 09:15:00 +0200", "22 Xyz 2020 09:15", "22 Jul 2020", "22 Jul 2020 25:00",
        "22 Jul 99999999999 09:15", "22 Jul 2020 9", "31 Feb 2020 09:15", "22 Jul 2020 1:2:3:4"}) {
    EXPECT_FALSE(parse_mail_date(text)) << text;
  }
}

std::vector<mail_leaf> leaves_of(const std::string &mail) {
  mail_head head;
  std::vector<mail_leaf> result;
  const auto problem =
      read_mail_parts(mail, mail_limits{}, head, [&](mail_leaf &&leaf) { result.push_back(std::move(leaf)); });
  EXPECT_TRUE(problem.empty()) << problem.id;
  return result;
}

TEST(mail_parts, parameters_in_every_writing) {
  const auto leaf = leaves_of("content-TYPE: Text/XML ; charset = \"utf-8\" ; name=\"a\\\"b.xml\"\n\nx");
  ASSERT_EQ(leaf.size(), 1U);
  EXPECT_EQ(leaf[0].type, "text/xml");
  EXPECT_EQ(leaf[0].charset, "utf-8");
  EXPECT_EQ(leaf[0].name, "a\"b.xml");
  EXPECT_EQ(leaves_of("Content-Type: text/xml; name==?utf-8?Q?=C3=BC.xml?=\n\nx")[0].name, "ü.xml");
  EXPECT_EQ(leaves_of("Content-Disposition: attachment; filename*=utf-8'de'%C3%BC.xml\n\nx")[0].name, "ü.xml");
}

TEST(mail_parts, lines_before_and_between_headers) {
  EXPECT_EQ(leaves_of("\xEF\xBB\xBF\r\nFrom x Wed\nSubject: a\n b\nSubject: c\n\nbody")[0].bytes, "body");
  EXPECT_EQ(leaves_of("Subject: a\nthe empty line is missing")[0].bytes, "the empty line is missing");
  EXPECT_EQ(leaves_of("  <adf>")[0].bytes, "  <adf>");
  EXPECT_EQ(leaves_of("Subject: a")[0].bytes, "");
}

TEST(mail_parts, a_part_ends_before_its_delimiters_line_break) {
  const auto found = leaves_of(
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b  \r\n\r\none\r\n\r\n--b\r\n\r\ntwo\r\n--b-- \r\nend");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].bytes, "one\r\n");
  EXPECT_EQ(found[1].bytes, "two");
}

TEST(intake_mail, the_sample) {
  const auto all = read_all("mail_adf", sample("mail_adf/attachment.eml"));
  ASSERT_EQ(all.problem.id, "");
  ASSERT_EQ(all.leads.size(), 2U);
  EXPECT_EQ(all.leads[0].content.external_id, "AP-558201");
  EXPECT_EQ(all.leads[0].content.extras.at("mail/Subject"), "Neue Anfrage für Nissan Juke");
  // the second prospect says no time: that of the mail
  EXPECT_EQ(all.leads[1].content.received_at, 1'595'402'120 * second_us);
}

TEST(intake_mail, wherever_it_breaks_off_nothing_is_made_up) {
  const auto whole = sample("mail_adf/attachment.eml");
  for (std::size_t length = 0; length < whole.size(); length += 3) {
    const auto all = read_all("mail_adf", whole.substr(0, length));
    EXPECT_TRUE(all.leads.empty() || all.leads.size() == 2) << length;
    EXPECT_NE(all.leads.empty(), all.problem.empty()) << length;
  }
}

TEST(intake_mail, too_many_leads_are_refused_whole) {
  limits one;
  one.leads_per_post = 1;
  const auto result = read_payload(shipped().definitions.at("mail_adf"), sample("mail_adf/attachment.eml"), 0, one,
                                   [](read_lead &&) {});
  EXPECT_EQ(result.problem.arguments, (std::vector<std::string>{"2", "1"}));
}

TEST(intake_star, both_samples) {
  const auto person = read_all("star", sample("star/process_sales_lead.xml"));
  ASSERT_EQ(person.leads.size(), 1U) << person.problem.id;
  const auto &drive = person.leads[0].content;
  EXPECT_EQ(drive.external_id, "SL-2020-07-0815");
  EXPECT_EQ(drive.type, "test_drive");
  EXPECT_EQ(drive.dealer_code, "AT10017");
  EXPECT_EQ(drive.received_at, 1'595'402'100 * second_us);
  EXPECT_EQ(drive.appointment_at, 1'595'678'400 * second_us);
  EXPECT_EQ(drive.prospect.full_name(), "Sophie Größing");
  EXPECT_EQ(drive.prospect.phones.at(0), (phone{"+436645550199", "mobile"}));
  EXPECT_EQ(drive.prospect.postal_code, "1030");
  EXPECT_EQ(drive.preferred_channel, "phone");
  EXPECT_EQ(drive.message, "Gerne am Nachmittag.\nDanke!");
  EXPECT_EQ(drive.wanted.at(0).model, "Juke");
  EXPECT_EQ(drive.wanted.size(), 1U);
  EXPECT_EQ(drive.trade_in.value().model, "Micra");
  EXPECT_EQ(drive.trade_in->condition, "");
  const auto common = read_all("star", sample("star/common_party.xml"));
  ASSERT_EQ(common.leads.size(), 1U) << common.problem.id;
  const auto &quote = common.leads[0].content;
  EXPECT_EQ(quote.external_id, "9b0c88de-3a6e-4c3b-8f0f-4f0e8f3bb002");
  EXPECT_EQ(quote.type, "quote_request");
  EXPECT_EQ(quote.prospect.company, "Tischlerei Huber GmbH");
  EXPECT_EQ(quote.prospect.full_name(), "Karl Huber");
  EXPECT_EQ(quote.prospect.customer_number, "K-100777");
  EXPECT_EQ(quote.prospect.phones.at(0), (phone{"+43316555011", "work"}));
  EXPECT_EQ(quote.prospect.email, "office@tischlerei-huber.example");
  EXPECT_EQ(quote.wanted.at(0).condition, "used");
  EXPECT_FALSE(quote.extras.contains("remark/type"));
}

}  // namespace
