#include <gtest/gtest.h>

#include "unit/intake_support.hpp"

namespace {

using namespace intake_support;

TEST(intake_siebel, reads_the_sample_of_test_drives) {
  // given the sample, when it is read
  const auto all = read_all("siebel_nissan", sample("siebel_nissan/test_drives_2020-07-22.xml"));
  // then three leads are usable and one has no way to reach the person
  ASSERT_EQ(all.problem.id, "");
  ASSERT_EQ(all.leads.size(), 4U);
  const auto &first = all.leads[0].content;
  EXPECT_EQ(first.external_id, "1-7QX2K1-001");
  EXPECT_EQ(first.type, "test_drive_fast_track");
  EXPECT_EQ(first.dealer_code, "AT10017");
  EXPECT_EQ(first.received_at, 1'595'402'100 * second_us);
  EXPECT_EQ(first.appointment_at, 1'595'599'200 * second_us);
  EXPECT_EQ(first.message, "Bitte um Rückruf am Abend.");
  EXPECT_EQ(first.campaign, "QASHQAI-2020-07");
  EXPECT_EQ(first.referrer, "nissan.at");
  EXPECT_EQ(first.prospect.full_name(), "Anna Hübner");
  EXPECT_EQ(first.prospect.salutation, "ms");
  EXPECT_EQ(first.prospect.email, "Anna.Huebner@example.at");
  ASSERT_EQ(first.prospect.phones.size(), 1U);
  EXPECT_EQ(first.prospect.phones[0], (phone{"+436641234567", "mobile"}));
  EXPECT_EQ(first.prospect.street, "Mariahilfer Straße 1");
  EXPECT_EQ(first.prospect.country, "AT");
  EXPECT_EQ(first.prospect.language, "de");
  ASSERT_EQ(first.wanted.size(), 1U);
  EXPECT_EQ(first.wanted[0].trim, "N-Connecta");
  EXPECT_EQ(first.wanted[0].condition, "new");
  ASSERT_EQ(first.consents.size(), 2U);
  EXPECT_EQ(first.consents[0].channel, "email");
  EXPECT_EQ(first.consents[0].given, true);
  EXPECT_EQ(first.consents[0].at, 1'595'402'071 * second_us);
  EXPECT_EQ(first.consents[1].given, false);
  // and what stood around the lead is kept
  EXPECT_EQ(first.extras, (std::map<std::string, std::string>{{"/SiebelMessage@MessageId", "1-7QX2K1"}}));

  EXPECT_EQ(all.leads[1].content.type, "test_drive");
  EXPECT_EQ(all.leads[1].content.prospect.phones.at(0).number, "+436765550199");
  EXPECT_EQ(all.leads[1].content.trade_in.value().model, "Golf");
  EXPECT_EQ(all.leads[2].content.dealer_code, "AT99999");
  EXPECT_EQ(all.leads[2].problem.id, "");
  EXPECT_NE(all.leads[3].problem.id.find("no way to reach"), std::string::npos);
}

TEST(intake_siebel, reads_latin_1_and_iso_dates) {
  const auto all = read_all("siebel_nissan", sample("siebel_nissan/quote_and_preorder.xml"));
  ASSERT_EQ(all.leads.size(), 2U);
  EXPECT_EQ(all.leads[0].content.type, "quote_request");
  EXPECT_EQ(all.leads[0].content.prospect.company, "Bäckerei Öllinger GmbH");
  EXPECT_EQ(all.leads[0].content.prospect.last_name, "Öllinger");
  EXPECT_EQ(all.leads[0].content.prospect.phones.at(0).number, "+4373277665512");
  EXPECT_EQ(all.leads[1].content.type, "pre_order");
  EXPECT_EQ(all.leads[1].content.prospect.full_name(), "Jörg Weiß");
  EXPECT_EQ(all.leads[1].content.received_at, 1'595'483'970 * second_us);
  EXPECT_EQ(all.leads[1].content.wanted.at(0).order_number, "PO-88123");
}

TEST(intake_siebel, names_in_any_letter_case_without_envelope_and_with_prefixes) {
  const auto all =
      read_all("siebel_nissan",
               "<ns:LISTOFNEDEALERLEAD xmlns:ns='x'><ns:nedealerlead><ID>9</ID><LEADTYPE>test drive</LEADTYPE>"
               "<LISTOFcontact><CONTACT><emailADDRESS>a@b.at</emailADDRESS></CONTACT></LISTOFcontact>"
               "</ns:nedealerlead></ns:LISTOFNEDEALERLEAD>");
  ASSERT_EQ(all.leads.size(), 1U);
  EXPECT_EQ(all.leads[0].content.external_id, "9");
  EXPECT_EQ(all.leads[0].content.prospect.email, "a@b.at");
  EXPECT_EQ(all.leads[0].problem.id, "");
}

TEST(intake_siebel, takes_the_primary_contact_else_the_first) {
  const auto two = [](const char *primary) {
    return siebel(
        "<ListOfContact><Contact><LastName>One</LastName><HomePhone>0316 872 100</HomePhone></Contact><Contact "
        "IsPrimaryMVG=\"" +
        std::string(primary) +
        "\"><LastName>Two</LastName><HomePhone>0732 776 655</HomePhone></Contact></ListOfContact>");
  };
  const auto primary = read_all("siebel_nissan", two("Y"));
  EXPECT_EQ(primary.leads.at(0).content.prospect.last_name, "Two");
  EXPECT_EQ(primary.leads.at(0).content.prospect.phones.at(0).number, "+43732776655");
  // what the other one says is kept
  EXPECT_EQ(primary.leads.at(0).content.extras.at("ListOfContact/Contact/LastName"), "One");
  const auto none = read_all("siebel_nissan", two("N"));
  EXPECT_EQ(none.leads.at(0).content.prospect.last_name, "One");
}

TEST(intake_siebel, keeps_unknown_elements_under_their_original_name) {
  const auto all = read_all("siebel_nissan", siebel("<FavouriteColour shade=\"deep\">Blau</FavouriteColour>" +
                                                    contact("<EmailAddress>a@b.at</EmailAddress><Fax2>123</Fax2>")));
  const auto &extras = all.leads.at(0).content.extras;
  EXPECT_EQ(extras.at("FavouriteColour"), "Blau");
  EXPECT_EQ(extras.at("FavouriteColour@shade"), "deep");
  EXPECT_EQ(extras.at("ListOfContact/Contact/Fax2"), "123");
}

TEST(intake_siebel, unknown_type_is_refused_with_its_name) {
  const auto high =
      read_all("siebel_nissan", siebel("<Priority>High</Priority>" + contact("<EmailAddress>a@b.at</EmailAddress>")));
  ASSERT_EQ(high.leads.size(), 1U);
  EXPECT_EQ(high.leads[0].problem.arguments.at(0), "Test Drive + High");
  EXPECT_EQ(high.leads[0].content.prospect.email, "a@b.at");
}

TEST(intake_siebel, an_empty_list_is_no_problem) {
  for (const auto *text :
       {"<ListOfNeDealerLead/>", "<SiebelMessage><ListOfNeDealerLead></ListOfNeDealerLead></SiebelMessage>"}) {
    const auto all = read_all("siebel_nissan", text);
    EXPECT_EQ(all.problem.id, "");
    EXPECT_TRUE(all.leads.empty());
  }
}

TEST(intake_siebel, empty_and_missing_containers) {
  const auto all = read_all("siebel_nissan", siebel("<ListOfVehicle/><ListOfConsent></ListOfConsent><ListOfContact/>"));
  ASSERT_EQ(all.leads.size(), 1U);
  EXPECT_NE(all.leads[0].problem.id, "");
  EXPECT_TRUE(all.leads[0].content.wanted.empty());
}

TEST(intake_siebel, a_second_brand_is_data_alone) {
  const auto all = read_all(
      "siebel_dacia", "<ListOfDaDealerLead><DaDealerLead><Id>D1</Id><LeadType>Quote Request</LeadType>" +
                          contact("<EmailAddress>a@b.at</EmailAddress>") + "</DaDealerLead></ListOfDaDealerLead>");
  ASSERT_EQ(all.leads.size(), 1U);
  EXPECT_EQ(all.leads[0].content.type, "dacia_quote_request");
  EXPECT_EQ(shipped().types.find_type("dacia_quote_request")->category, "siebel_dacia");
}

TEST(intake_siebel, the_finance_contract) {
  const auto all = read_all(
      "siebel_nissan",
      "<NeDealerLead><LeadType>Finance Expiry</LeadType><ContractNumber>F-1</ContractNumber>"
      "<ContractEnd>10/31/2020</ContractEnd><MonthlyRate>289.90</MonthlyRate><ResidualValue>9450</ResidualValue>" +
          contact("<CustomerNumber>K-1</CustomerNumber>") + "</NeDealerLead>");
  ASSERT_EQ(all.leads.size(), 1U);
  EXPECT_EQ(all.leads[0].problem.id, "");
  const auto finance = all.leads[0].content.finance.value();
  EXPECT_EQ(finance.ends_on, "2020-10-31");
  EXPECT_EQ(finance.monthly_rate_cents, 28'990);
  EXPECT_EQ(finance.residual_cents, 945'000);
  EXPECT_EQ(all.leads[0].content.external_id.substr(0, 8), "derived:");
}

TEST(intake_siebel, a_derived_id_is_that_of_person_vehicle_and_minute) {
  const auto id = [](const char *created, const char *email) {
    return read_all("siebel_nissan",
                    "<NeDealerLead><LeadType>Test Drive</LeadType><Created>" + std::string(created) + "</Created>" +
                        contact("<EmailAddress>" + std::string(email) + "</EmailAddress>") + "</NeDealerLead>")
        .leads.at(0)
        .content.external_id;
  };
  EXPECT_EQ(id("07/22/2020 07:15:00", "A@b.at"), id("07/22/2020 07:15:59", "a@B.at"));
  EXPECT_NE(id("07/22/2020 07:15:00", "a@b.at"), id("07/22/2020 07:16:00", "a@b.at"));
  EXPECT_NE(id("07/22/2020 07:15:00", "a@b.at"), id("07/22/2020 07:15:00", "c@b.at"));
}

}  // namespace
