#include <gtest/gtest.h>

#include "unit/intake_support.hpp"

namespace {

using namespace intake_support;

TEST(intake_adf, reads_the_sample) {
  const auto all = read_all("adf", sample("adf/two_prospects.xml"));
  ASSERT_EQ(all.problem.id, "");
  ASSERT_EQ(all.leads.size(), 2U);
  const auto &first = all.leads[0].content;
  EXPECT_EQ(first.external_id, "AP-558201");
  EXPECT_EQ(first.type, "test_drive");
  EXPECT_EQ(first.dealer_code, "AT10017");
  EXPECT_EQ(first.received_at, 1'595'402'100 * second_us);
  EXPECT_EQ(first.prospect.full_name(), "Petra Lang");
  EXPECT_EQ(first.prospect.phones.at(0), (phone{"+436765550111", "mobile"}));
  EXPECT_EQ(first.preferred_time, "evening");
  EXPECT_EQ(first.message, "Gerne am Wochenende.\nDanke!");
  EXPECT_EQ(first.wanted.at(0).condition, "new");
  EXPECT_EQ(first.wanted.at(0).year, "2020");
  const auto &second = all.leads[1].content;
  EXPECT_EQ(second.type, "quote_request");
  EXPECT_EQ(second.prospect.title, "Dr.");
  EXPECT_EQ(second.prospect.first_name, "Karl Friedrich");
  EXPECT_EQ(second.prospect.last_name, "Moser");
  EXPECT_EQ(second.wanted.at(0).vin, "SJNFAAK13U1234567");
  EXPECT_EQ(second.trade_in.value().make, "Opel");
  EXPECT_EQ(second.received_at, arrival);
  EXPECT_EQ(second.external_id.substr(0, 8), "derived:");
  EXPECT_EQ(all.leads[1].problem.id, "");
}

/// What is seen in the wild (plugin/intake/README.md), one payload each; every one is a usable lead of "Eva Huber".
TEST(intake_adf, quirks_of_the_wild) {
  const std::string person = "<contact><name part='full'>Eva Huber</name><email>eva@huber.at</email></contact>";
  const std::string quirks[] = {
      "<prospect><customer>" + person + "</customer></prospect>",
      "<?adf version='1.0'?><?xml version='1.0'?><adf><prospect><customer>" + person + "</customer></prospect></adf>",
      "<?xml version=“1.0” encoding=“UTF-8”?><adf><prospect><customer>" + person + "</customer></prospect></adf>",
      "<a:adf xmlns:a='x'><a:prospect><a:customer><a:contact><a:name part='full'>Eva "
      "Huber</a:name><a:email>eva@huber.at"
      "</a:email></a:contact></a:customer></a:prospect></a:adf>",
      "<ADF><PROSPECT><CUSTOMER><CONTACT><NAME PART='FULL'>Eva Huber</NAME><EMAIL>eva@huber.at</EMAIL></CONTACT>"
      "</CUSTOMER></PROSPECT></ADF>",
      "<adf><prospect><requestdate>22.07.2020 09:15</requestdate><customer>" + person + "</customer></prospect></adf>",
      "<adf><prospect><requestdate>2020-07-22T09:15:00.1234567+02:00</requestdate><customer>" + person +
          "</customer></prospect></adf>",
      "<adf><prospect><comment>Bitte <b>bald</b></comment><customer>" + person + "</customer></prospect></adf>",
      "<adf><prospect><vehicle interest='trade-in'><make>VW</make></vehicle><customer>" + person +
          "</customer></prospect></adf>",
      "<adf><prospect><vehicle/><customer>" + person + "</customer></prospect></adf>",
      "<adf><prospect><customer><contact><name part='full'>Eva Huber</name><email>eva@huber.at</email>"
      "<email>eva@huber.at</email></contact></customer></prospect></adf>",
      "<adf><prospect><customer><contact><name><first>Eva</first><last>Huber</last></name><email>eva@huber.at</email>"
      "</contact></customer></prospect></adf>",
      "<adf><prospect><customer>" + person +
          "<vehicle interest='Buy'><make>VW</make></vehicle></customer></prospect></adf>",
      "stray<adf>stray<prospect>stray<customer>" + person + "</customer></prospect>stray</adf>",
      "<!DOCTYPE adf SYSTEM 'http://example.invalid/adf.dtd'><adf><prospect><customer>" + person +
          "</customer></prospect></adf>",
  };
  for (const auto &text : quirks) {
    const auto all = read_all("adf", text);
    ASSERT_EQ(all.leads.size(), 1U) << text << all.problem.id;
    EXPECT_EQ(all.leads[0].problem.id, "") << text;
    EXPECT_EQ(all.leads[0].content.prospect.full_name(), "Eva Huber") << text;
    EXPECT_EQ(all.leads[0].content.prospect.email, "eva@huber.at") << text;
    EXPECT_EQ(all.leads[0].content.type, "quote_request") << text;
  }
  const auto comment = read_all("adf", quirks[7]);
  EXPECT_EQ(comment.leads[0].content.message, "Bitte bald");
  EXPECT_EQ(read_all("adf", quirks[5]).leads[0].content.received_at, 1'595'402'100 * second_us);
  EXPECT_EQ(read_all("adf", quirks[6]).leads[0].content.received_at, 1'595'402'100 * second_us + 123'456);
  EXPECT_EQ(read_all("adf", quirks[8]).leads[0].content.trade_in.value().make, "VW");
  EXPECT_EQ(read_all("adf", quirks[12]).leads[0].content.wanted.at(0).make, "VW");
}

TEST(intake_csv, reads_the_sample) {
  const auto all = read_all("finance_expiry_csv", sample("finance_expiry_csv/finance_expiry_2020-07.csv"));
  ASSERT_EQ(all.problem.id, "");
  ASSERT_EQ(all.leads.size(), 2U);
  const auto &first = all.leads[0].content;
  EXPECT_EQ(first.external_id, "F-2017-8812");
  EXPECT_EQ(first.type, "finance_expiry");
  EXPECT_EQ(first.prospect.customer_number, "K-100234");
  EXPECT_EQ(first.prospect.last_name, "Grüner");
  EXPECT_EQ(first.dealer_code, "AT10023");
  EXPECT_EQ(first.prospect.phones.at(0).number, "+436645550123");
  EXPECT_EQ(first.finance.value().ends_on, "2020-10-31");
  EXPECT_EQ(first.finance.value().monthly_rate_cents, 28'990);
  EXPECT_EQ(first.finance.value().residual_cents, 945'000);
  EXPECT_EQ(first.wanted.at(0).vin, "SJNFAAJ11U2345678");
  EXPECT_EQ(all.leads[1].content.prospect.first_name, "Eva; Maria");
  EXPECT_EQ(all.leads[1].content.finance.value().monthly_rate_cents, 118'900);
}

TEST(intake_csv, quirks) {
  const auto comma = read_all("finance_expiry_csv",
                              "\xEF\xBB\xBFVERTRAGSNUMMER,\"Vertragsende\",Kundennummer,Notiz\r\nF1,31.10.2020,K1,\"a "
                              "\"\"b\"\"\nc\"\r\n\r\n,,,\r\nF2,1.9.2020,K2\r\n");
  ASSERT_EQ(comma.leads.size(), 2U) << comma.problem.id;
  EXPECT_EQ(comma.leads[0].content.extras.at("Notiz"), "a \"b\"\nc");
  EXPECT_EQ(comma.leads[1].content.finance.value().ends_on, "2020-09-01");
  const auto missing = read_all("finance_expiry_csv", "Vertragsnummer;Kundennummer\nF1;K1\n");
  EXPECT_EQ(missing.problem.arguments.at(1), "Vertragsende");
  const auto open = read_all("finance_expiry_csv", "Vertragsnummer;Vertragsende\nF1;\"31.10.2020\nF2;x\n");
  EXPECT_NE(open.problem.id.find("quotation marks"), std::string::npos);
  EXPECT_EQ(open.problem.arguments.at(0), "2");
  const auto nothing = read_all("finance_expiry_csv", "Vertragsnummer;Vertragsende\n");
  EXPECT_EQ(nothing.problem.id, "");
  EXPECT_TRUE(nothing.leads.empty());
}

TEST(intake_json, reads_the_google_lead_form) {
  const auto all = read_all("web_json", sample("web_json/google_lead_form.json"));
  ASSERT_EQ(all.problem.id, "");
  ASSERT_EQ(all.leads.size(), 1U);
  const auto &lead = all.leads[0].content;
  EXPECT_EQ(lead.external_id, "Cj0KEQjw-samp1e");
  EXPECT_EQ(lead.type, "quote_request");
  EXPECT_EQ(lead.campaign, "20200722");
  EXPECT_EQ(lead.prospect.first_name, "Lena");
  EXPECT_EQ(lead.prospect.last_name, "Pichler");
  EXPECT_EQ(lead.prospect.phones.at(0).number, "+436505550177");
  EXPECT_EQ(lead.prospect.postal_code, "5020");
  EXPECT_EQ(lead.extras.at("form_id"), "4071");
  EXPECT_FALSE(lead.extras.contains("google_key"));
  EXPECT_EQ(all.leads[0].secret, "change-me");
  EXPECT_FALSE(all.leads[0].is_test);
}

TEST(intake_json, plain_forms_alone_and_in_an_array) {
  const std::string one =
      R"({"id":7,"type":"test_drive","name":"Max Muster","email":"max@muster.at","vehicle":{"make":"Nissan","model":"Leaf"},)"
      R"("message":"<b>Hallo</b>","consents":[{"channel":"email","given":true}],"odd":{"deep":["x"]},"is_test":true})";
  const auto alone = read_all("web_json", one);
  ASSERT_EQ(alone.leads.size(), 1U) << alone.problem.id;
  EXPECT_EQ(alone.leads[0].content.type, "test_drive");
  EXPECT_EQ(alone.leads[0].content.external_id, "7");
  EXPECT_EQ(alone.leads[0].content.wanted.at(0).model, "Leaf");
  EXPECT_EQ(alone.leads[0].content.message, "Hallo");
  EXPECT_EQ(alone.leads[0].content.consents.at(0).given, true);
  EXPECT_EQ(alone.leads[0].content.extras.at("odd/deep/1"), "x");
  EXPECT_TRUE(alone.leads[0].is_test);
  // an array may hold what is no lead: it is not dropped in silence
  const auto two = read_all("web_json", "[" + one + ",{\"a\":1}]");
  ASSERT_EQ(two.leads.size(), 2U);
  EXPECT_FALSE(two.leads[1].problem.empty());
}

TEST(intake_old_list, says_how_far_each_lead_was_and_who_had_it) {
  const auto all = read_all("legacy_list", sample("legacy_list/old_list_2020-07.csv"));
  ASSERT_EQ(all.leads.size(), 4U) << all.problem.id;
  const auto &first = all.leads[0];
  EXPECT_EQ(first.content.external_id, "4711");
  EXPECT_EQ(first.content.type, "test_drive");
  EXPECT_EQ(first.state, lead_system::lead_state::in_progress);
  EXPECT_EQ(first.salesperson, "verkauf1");
  EXPECT_EQ(first.content.prospect.phones.at(0).number, "+436645550101");
  EXPECT_EQ(first.content.extras.at("old_list/state"), "In Bearbeitung") << "its words are kept as well";
  EXPECT_EQ(all.leads[2].content.type, "finance_expiry");
  EXPECT_EQ(all.leads[3].state, lead_system::lead_state::won);
  for (const auto &one : all.leads) EXPECT_TRUE(one.problem.empty()) << one.problem.id;
}

TEST(intake_probe, knows_its_own) {
  const auto &all = shipped().definitions;
  const std::pair<const char *, const char *> files[] = {
      {"siebel_nissan", "siebel_nissan/quote_and_preorder.xml"},
      {"adf", "adf/two_prospects.xml"},
      {"finance_expiry_csv", "finance_expiry_csv/finance_expiry_2020-07.csv"},
      {"legacy_list", "legacy_list/old_list_2020-07.csv"},
      {"web_json", "web_json/google_lead_form.json"},
      {"star", "star/process_sales_lead.xml"},
      {"star", "star/common_party.xml"},
      {"mail_adf", "mail_adf/attachment.eml"}};
  for (const auto &[own, file] : files) {
    for (const auto &[id, source] : all) {
      if (id == own) {
        EXPECT_GE(probe(source, sample(file)), 50) << id << " " << file;
      } else {
        EXPECT_LT(probe(source, sample(file)), probe(all.at(own), sample(file))) << id << " " << file;
      }
    }
  }
}

}  // namespace
