// What is written to prospects: placeholders, salutation, dates; and the one rule of who gets a receipt.
#include <gtest/gtest.h>

#include "lead/answer_text.hpp"
#include "lead/receipt.hpp"

namespace {

using namespace lead_system;

constexpr time_us noon = 1'595'419'200 * second_us;  // Wednesday 2020-07-22 12:00 UTC, 14:00 in Vienna

answer_values some_values() {
  answer_values with;
  with.salutation = "Sehr geehrte Frau Huber,";
  with.vehicle = "Nissan Qashqai";
  with.dealership = "Autohaus Tauernblick";
  with.location = "Wien";
  return with;
}

TEST(answer_text, placeholders_have_a_german_and_an_english_name) {
  EXPECT_EQ(filled_answer("{Anrede}\n\n{Fahrzeug} in {location}", some_values()),
            "Sehr geehrte Frau Huber,\n\nNissan Qashqai in Wien");
}

TEST(answer_text, a_line_of_empty_placeholders_goes_with_the_blank_line_that_it_leaves) {
  const auto *text = "{Anrede}\n\nWunschtermin: {Wunschtermin}\n\nBis bald\n{Verkäufer}\n";
  EXPECT_EQ(filled_answer(text, some_values()), "Sehr geehrte Frau Huber,\n\nBis bald");
}

TEST(answer_text, the_telephone_number_of_who_writes_has_a_line_where_it_is_known) {
  auto with = some_values();
  with.salesperson = "Lukas Steiner";
  const auto *text = "{Verkäufer}\n{Verkäufer-Telefon}\n{Autohaus}";
  EXPECT_EQ(filled_answer(text, with), "Lukas Steiner\nAutohaus Tauernblick");
  with.salesperson_phone = "+43 1 555 01 15";
  EXPECT_EQ(filled_answer(text, with), "Lukas Steiner\n+43 1 555 01 15\nAutohaus Tauernblick");
  EXPECT_EQ(filled_answer("{salesperson_phone}", with), "+43 1 555 01 15");
}

TEST(answer_text, what_is_left_before_an_empty_placeholder_at_the_end_goes) {
  auto with = some_values();
  with.location.clear();
  EXPECT_EQ(filled_answer("{Autohaus}, {Standort}", with), "Autohaus Tauernblick");
  with.vehicle.clear();
  EXPECT_EQ(filled_subject("Ihre Anfrage: {Fahrzeug}", with), "Ihre Anfrage");
  EXPECT_EQ(filled_subject("{Fahrzeug} und mehr", with), " und mehr");
}

TEST(answer_text, text_of_a_prospect_is_no_placeholder) {
  auto with = some_values();
  with.vehicle = "{Autohaus}";
  EXPECT_EQ(filled_answer("{Fahrzeug}", with), "{Autohaus}");
}

TEST(answer_text, a_placeholder_that_there_is_none_is_refused_with_its_name) {
  EXPECT_FALSE(template_problem("{Anrede} {vehicle}"));
  const auto unknown = template_problem("{Anrede} {Preis}");
  ASSERT_TRUE(unknown);
  EXPECT_EQ(in_english(*unknown), "There is no placeholder {Preis}. Use one of the list beside the text.");
  EXPECT_TRUE(template_problem("{Anrede"));
}

TEST(answer_text, what_is_typed_holds_what_an_e_mail_takes) {
  EXPECT_FALSE(typed_problem("Ihre Anfrage", 20, false));
  EXPECT_TRUE(typed_problem("", 20, false));
  EXPECT_FALSE(signs_problem("", 20, false));
  EXPECT_TRUE(typed_problem("Ihre Anfrage", 5, false));
  EXPECT_TRUE(typed_problem("Ihre\r\nBcc: a@b.at", 40, false));
  EXPECT_FALSE(typed_problem("Ihre\r\n\tAnfrage", 40, true));
  EXPECT_TRUE(typed_problem(std::string_view("a\0b", 3), 40, true));
  EXPECT_TRUE(typed_problem("a\x1B[31m", 40, true));
}

TEST(answer_text, each_shipped_text_is_one_that_may_be_saved) {
  const auto all = shipped_answers();
  EXPECT_EQ(all.size(), 6U);
  for (const auto &one : all) {
    EXPECT_FALSE(one.title.empty());
    EXPECT_FALSE(one.subject.empty()) << one.title;
    EXPECT_TRUE(one.kind == "receipt" || one.kind == "answer") << one.title;
    EXPECT_TRUE(one.language == "de" || one.language == "en") << one.title;
    EXPECT_FALSE(template_problem(one.subject)) << one.title;
    EXPECT_FALSE(template_problem(one.body)) << one.title;
    EXPECT_LE(one.body.size(), longest_answer);
  }
}

TEST(answer_text, the_salutation_is_as_sure_as_what_is_known) {
  person who;
  EXPECT_EQ(salutation_of(who, "de"), "Sehr geehrte Damen und Herren,");
  EXPECT_EQ(salutation_of(who, "en"), "Dear Sir or Madam,");
  who.first_name = "Kim";
  who.last_name = "Huber";
  EXPECT_EQ(salutation_of(who, "de"), "Guten Tag Kim Huber,");
  who.title = "Ing.";
  who.salutation = "mr";
  EXPECT_EQ(salutation_of(who, "de"), "Sehr geehrter Herr Ing. Huber,");
  who.salutation = "ms";
  EXPECT_EQ(salutation_of(who, "en"), "Dear Ms Ing. Huber,");
}

TEST(answer_text, the_requested_date_is_the_place_s) {
  lead_content content;
  EXPECT_EQ(wished_date_of(content, "Europe/Vienna", "de"), "");
  content.appointment_at = noon;
  EXPECT_EQ(wished_date_of(content, "Europe/Vienna", "de"), "22.07.2020, 14:00 Uhr");
  EXPECT_EQ(wished_date_of(content, "no such place", "en"), "22 July 2020, 14:00");
  content.appointment_day = true;
  EXPECT_EQ(wished_date_of(content, {}, "en"), "22 July 2020");
}

TEST(answer_text, the_language_is_the_person_s) {
  person who;
  EXPECT_EQ(answer_language(who, "de-AT"), "de");
  who.language = "it";
  EXPECT_EQ(answer_language(who, "de-AT"), "en");
  who.language = "de";
  EXPECT_EQ(answer_language(who, "en"), "de");
}

/// A lead that gets a receipt.
lead willing_lead() {
  lead item;
  item.created_at = noon - minute_us;
  item.content.received_at = noon - minute_us;
  item.content.prospect.email = "anna.huber@gmail.com";
  item.content.consents = {{"email", true, noon - day_us, {}, {}}};
  return item;
}
receipt_facts facts_now() {
  receipt_facts of;
  of.now = noon;
  of.since = noon - day_us;
  return of;
}
std::string why_not(const lead &item, const receipt_facts &of) {
  return std::string(no_receipt_because(item, of).value_or("sent"));
}

TEST(receipt_rule, whoever_allowed_it_gets_one) {
  EXPECT_EQ(why_not(willing_lead(), facts_now()), "sent");
}

TEST(receipt_rule, each_reason_why_not) {
  struct row {
    const char *why;
    void (*change)(lead &, receipt_facts &);
  };
  const row rows[] = {
      {"off", [](lead &, receipt_facts &of) { of.since = 0; }},
      {"before", [](lead &, receipt_facts &of) { of.since = of.now; }},
      {"by_hand", [](lead &, receipt_facts &of) { of.by_hand = true; }},
      {"old_list", [](lead &, receipt_facts &of) { of.old_list = true; }},
      {"late", [](lead &item, receipt_facts &) { item.created_at = noon - 2 * hour_us; }},
      {"late", [](lead &item, receipt_facts &) { item.content.received_at = noon - 3 * day_us; }},
      {"ended", [](lead &item, receipt_facts &) { item.state = lead_state::closed; }},
      {"automatic", [](lead &item, receipt_facts &) { item.content.extras["mail/Auto-Submitted"] = "auto-replied"; }},
      {"no_address", [](lead &item, receipt_facts &) { item.content.prospect.email.clear(); }},
      {"no_address", [](lead &item, receipt_facts &) { item.content.prospect.email = "test@test.at"; }},
      {"no_address", [](lead &item, receipt_facts &) { item.content.prospect.email = "anna huber@gmail.com"; }},
      {"no_address", [](lead &item, receipt_facts &) { item.content.prospect.email = "anna@gmail.com\nBcc: b@c.at"; }},
      {"link", [](lead &item, receipt_facts &) { item.content.prospect.last_name = "Won! https://prize.example"; }},
      {"link", [](lead &item, receipt_facts &) { item.content.prospect.first_name = "www.prize.example"; }},
      {"link",
       [](lead &item, receipt_facts &) {
         item.content.wanted.resize(1);
         item.content.wanted[0].model = "http://prize.example";
       }},
      {"no_consent", [](lead &item, receipt_facts &) { item.content.consents.clear(); }},
      {"no_consent", [](lead &item, receipt_facts &) { item.content.consents[0].given.reset(); }},
      {"no_consent", [](lead &item, receipt_facts &) { item.content.consents[0].given = false; }},
      {"no_consent", [](lead &item, receipt_facts &) { item.content.consents[0].channel = "phone"; }},
      {"no_consent",
       [](lead &item, receipt_facts &) { item.content.consents.push_back({"email", false, noon, {}, {}}); }},
      {"answered", [](lead &item, receipt_facts &) { item.first_contact_at = noon; }},
      {"asked_before", [](lead &, receipt_facts &of) { of.asked_before = noon - hour_us; }},
      {"sent", [](lead &, receipt_facts &of) { of.asked_before = noon - 3 * day_us; }},
      {"sent", [](lead &item, receipt_facts &) { item.content.received_at = 0; }}};
  for (const auto &one : rows) {
    auto item = willing_lead();
    auto of = facts_now();
    one.change(item, of);
    EXPECT_EQ(why_not(item, of), one.why);
  }
}

TEST(receipt_rule, a_later_yes_counts_after_a_no) {
  auto item = willing_lead();
  item.content.consents = {{"email", false, noon - 2 * day_us, {}, {}}, {"email", true, noon - day_us, {}, {}}};
  EXPECT_EQ(consent_to_mail(item.content), mail_consent::allowed);
  item.content.consents.push_back({"email", false, noon, {}, {}});
  EXPECT_EQ(consent_to_mail(item.content), mail_consent::refused);
  item.content.consents.clear();
  EXPECT_EQ(consent_to_mail(item.content), mail_consent::unknown);
}

}  // namespace
