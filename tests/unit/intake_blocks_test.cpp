// A payload that is cut into parts gives the leads that it gives as a whole.
#include <gtest/gtest.h>

#include "intake/blocks.hpp"
#include "unit/intake_support.hpp"

namespace {

using namespace intake_support;

limits small_parts() {
  limits within;
  within.block_bytes = 700;
  within.largest_lead_bytes = 20'000;
  return within;
}

/// Read in parts, as a large file is.
intake_support::read read_in_parts(const std::string &source, const std::string &bytes, int *parts = nullptr) {
  spool on_disk(std::filesystem::temp_directory_path());
  on_disk.write(bytes);
  const auto &from = shipped().definitions.at(source);
  text_stream text(on_disk, is_xml_format(from));
  const auto within = small_parts();
  const auto blocks = cut_into_blocks(from, text, within);
  intake_support::read result;
  for (auto block = blocks->next(); !block.empty(); block = blocks->next()) {
    if (parts != nullptr) ++*parts;
    auto found = read_text(from, block, text.remark(), arrival, within,
                           [&](read_lead &&one) { result.leads.push_back(std::move(one)); });
    if (!found.problem.empty()) result.problem = found.problem;
  }
  if (!blocks->problem().empty()) result.problem = blocks->problem();
  if (!result.problem.empty()) result.leads.clear();
  return result;
}

void expect_same(const std::string &source, const std::string &bytes, int at_least_parts) {
  int parts = 0;
  const auto whole = read_all(source, bytes), cut = read_in_parts(source, bytes, &parts);
  EXPECT_EQ(whole.problem.id, cut.problem.id);
  EXPECT_GE(parts, at_least_parts);
  ASSERT_EQ(whole.leads.size(), cut.leads.size());
  for (std::size_t index = 0; index < whole.leads.size(); ++index) {
    EXPECT_EQ(to_json(whole.leads[index].content), to_json(cut.leads[index].content));
    EXPECT_EQ(whole.leads[index].problem.id, cut.leads[index].problem.id);
  }
}

std::string many_siebel_leads(int count, const std::string &name) {
  std::string result;
  for (int number = 0; number < count; ++number) {
    result += "<ne:NeDealerLead Kind='a>b'><Id>1-" + std::to_string(number) +
              "</Id><LeadType>Test Drive</LeadType><!-- <NeDealerLead> --><Comments><![CDATA[a </NeDealerLead> b]]>"
              "</Comments><ListOfContact><Contact><LastName>" +
              name + "</LastName><EmailAddress>a" + std::to_string(number) +
              "@example.at</EmailAddress></Contact></ListOfContact></ne:NeDealerLead>\n";
  }
  return result;
}

std::string envelope(const std::string &leads, const std::string &head = {}) {
  return head + "<SiebelMessage MessageId=\"7\" Other='x > y'><Header><Empty/></Header><listOfNeDealerLead>" + leads +
         "</listOfNeDealerLead><listOfNeDealerLead>" + leads + "</listOfNeDealerLead></SiebelMessage>";
}

std::string utf_16(const std::string &ascii, bool mark) {
  std::string result = mark ? std::string("\xFF\xFE") : std::string();
  for (const char letter : ascii) {
    result += letter;
    result += '\0';
  }
  return result;
}

std::string star_lead(int number, const std::string &id) {
  return "<SalesLead><SalesLeadHeader>" +
         (id.empty() ? std::string()
                     : "<DocumentIdentificationGroup><DocumentIdentification><DocumentID>" + id +
                           "</DocumentID></DocumentIdentification></DocumentIdentificationGroup>") +
         "<CustomerProspect><ProspectParty><SpecifiedPerson><FamilyName>Grüner</FamilyName><URICommunication><URIID>a" +
         std::to_string(number) +
         "@example.at</URIID></URICommunication></SpecifiedPerson></ProspectParty></CustomerProspect></SalesLeadHeader>"
         "<SalesLeadDetail><LeadRequestTypeString>Quote</LeadRequestTypeString></SalesLeadDetail></SalesLead>\n";
}

std::string star_message(const std::string &number, const std::string &leads) {
  return "<s:ProcessSalesLead xmlns:s='http://www.starstandard.org/STAR/5'><s:ApplicationArea><Sender><SenderNameCode>"
         "web.example</SenderNameCode></Sender><CreationDateTime>2020-07-22T07:15:00Z</CreationDateTime><BODID>" +
         number +
         "</BODID><Destination><DealerNumberID>AT10017</DealerNumberID></Destination></s:ApplicationArea>"
         "<ProcessSalesLeadDataArea><Process/>" +
         leads + "</ProcessSalesLeadDataArea></s:ProcessSalesLead>";
}

TEST(blocks, of_a_message_keep_its_head_for_all_its_leads) {
  // given: a message of many leads, some of which have no number of their own
  std::string leads;
  for (int number = 0; number < 21; ++number) {
    leads += star_lead(number, number % 3 == 0 ? "" : "T-" + std::to_string(number));
  }
  // then: dealer and sender stand in the head; the number of the message is none of a lead's
  expect_same("star", star_message("BOD-1", leads), 5);
  const auto cut = read_in_parts("star", star_message("BOD-1", leads));
  ASSERT_EQ(cut.leads.size(), 21U);
  EXPECT_EQ(cut.leads.back().content.dealer_code, "AT10017");
  EXPECT_TRUE(cut.leads.front().content.external_id.starts_with("derived:"));
  // and many messages of one lead each: there it is
  std::string messages = "<Envelope><Header>x</Header>";
  for (int number = 0; number < 15; ++number) {
    messages += star_message("BOD-" + std::to_string(number), star_lead(number, ""));
  }
  messages += "</Envelope>";
  expect_same("star", messages, 5);
  EXPECT_EQ(read_in_parts("star", messages).leads.at(14).content.external_id, "BOD-14");
}

TEST(blocks, refuse_a_head_without_end) {
  const auto cut = read_in_parts(
      "star", "<ProcessSalesLead>" + std::string(30'000, ' ') + "<a/>" + star_lead(1, "T-1") + "</ProcessSalesLead>");
  EXPECT_FALSE(cut.problem.empty());
}

TEST(blocks, of_xml_are_cut_between_leads_wherever_markup_hides_one) {
  expect_same("siebel_nissan", envelope(many_siebel_leads(40, "M\xC3\xBCller")), 4);
  expect_same("siebel_nissan", many_siebel_leads(1, "ohne Umschlag"), 1);
  expect_same("siebel_nissan", sample("siebel_nissan/test_drives_2020-07-22.xml"), 1);
  expect_same("adf", sample("adf/two_prospects.xml"), 1);
}

TEST(blocks, can_be_cut_for_every_shipped_source_of_xml_but_mail) {
  const limits within;
  const auto &all = shipped().definitions;
  for (const auto *source : {"siebel_nissan", "siebel_dacia", "adf", "star"}) {
    EXPECT_EQ(cut_above(all.at(source), within), within.cut_above_bytes) << source;
  }
  EXPECT_EQ(cut_above(all.at("mail_adf"), within), 0U);
}

TEST(blocks, of_any_encoding_are_the_same_text) {
  expect_same("siebel_nissan",
              envelope(many_siebel_leads(40, "M\xFCller"), "<?xml version='1.0' encoding='ISO-8859-1'?>"), 4);
  // declared falsely, both ways round
  expect_same("siebel_nissan", envelope(many_siebel_leads(40, "M\xFCller"), "<?xml version='1.0' encoding='UTF-8'?>"),
              4);
  expect_same("siebel_nissan",
              envelope(many_siebel_leads(40, "M\xC3\xBCller"), "<?xml version='1.0' encoding='ISO-8859-1'?>"), 4);
  expect_same("siebel_nissan", "\xEF\xBB\xBF" + envelope(many_siebel_leads(40, "M\xC3\xBCller")), 4);
  expect_same("siebel_nissan", utf_16(envelope(many_siebel_leads(40, "Muller")), true), 4);
  expect_same("siebel_nissan", utf_16(envelope(many_siebel_leads(40, "Muller")), false), 4);
}

TEST(blocks, of_csv_keep_rows_whole_and_stand_under_their_header) {
  std::string text = "sep=;\r\nVertragsnummer;Vertragsende;Kundennummer;Bemerkung;Name\r\n";
  for (int number = 0; number < 60; ++number) {
    text += "V-" + std::to_string(number) + ";31.10.2020;K" + std::to_string(number) +
            ";\"zwei\nZeilen; \"\"mit\"\" Zeichen\";Huber 5\" Zoll\r\n";
  }
  expect_same("finance_expiry_csv", text, 4);
  expect_same("finance_expiry_csv", text + "V-x;31.10.2020;K;ohne Umbruch;Meier", 4);
}

TEST(blocks, of_json_are_elements_of_its_array) {
  std::string text = " [";
  for (int number = 0; number < 60; ++number) {
    text += std::string(number == 0 ? "" : ",\n") + R"({"lead_id":")" + std::to_string(number) +
            R"(","user_column_data":[{"column_id":"FULL_NAME","string_value":"A \"] [{\\"},)"
            R"({"column_id":"EMAIL","string_value":"a@example.at"}]})";
  }
  expect_same("web_json", text + "]", 4);
}

TEST(blocks, a_payload_that_ends_too_early_or_holds_too_much_is_a_problem) {
  const auto whole = envelope(many_siebel_leads(40, "Huber"));
  EXPECT_FALSE(read_in_parts("siebel_nissan", whole.substr(0, whole.size() / 2)).problem.empty());
  EXPECT_FALSE(read_in_parts("siebel_nissan", whole.substr(0, whole.size() - 4)).problem.empty());
  EXPECT_FALSE(read_in_parts("siebel_nissan", "</SiebelMessage>" + whole).problem.empty());
  EXPECT_FALSE(read_in_parts("siebel_nissan", envelope("<NeDealerLead>" + std::string(30'000, 'x'))).problem.empty());
  std::string deep;
  for (int level = 0; level < 100'000; ++level) deep += "<a>";
  EXPECT_FALSE(read_in_parts("siebel_nissan", deep).problem.empty());
  EXPECT_FALSE(read_in_parts("finance_expiry_csv", "Vertragsnummer;Vertragsende\n\"" + std::string(30'000, 'x'))
                   .problem.empty());
  EXPECT_FALSE(read_in_parts("web_json", "[{\"a\":1},").problem.empty());
  EXPECT_FALSE(read_in_parts("web_json", "{\"a\":1}").problem.empty());
}

}  // namespace
