// How a record was read, told field by field: in each format, and nothing of it where nobody asks.
#include <gtest/gtest.h>

#include <algorithm>

#include "intake/trace.hpp"
#include "intake/tryout.hpp"
#include "unit/intake_support.hpp"

namespace {

using namespace intake_support;
using kind = traced_value::kind;
using lack = traced_field::lack;

tryout tried(const std::string &source, const std::string &payload, int first = 1, int most = 10) {
  return try_out(shipped().definitions.at(source), payload, arrival, first, most);
}

const traced_field *find(const read_lead &lead, std::string_view part, std::string_view field, int number = 0) {
  if (!lead.trace) return nullptr;
  const auto &all = lead.trace->fields;
  const auto found = std::find_if(all.begin(), all.end(), [&](const traced_field &one) {
    return one.part == part && one.field == field && (number == 0 || one.number == number);
  });
  return found == all.end() ? nullptr : &*found;
}

/// "Expression → raw → value"; what is missing is empty.
std::string way_of(const read_lead &lead, std::string_view part, std::string_view field, int number = 0) {
  const auto *one = find(lead, part, field, number);
  if (one == nullptr) return "not told";
  if (one->gave == traced_field::no_expression) return "nothing gave a value";
  const auto &by = one->tried[one->gave];
  return by.text + " → " + by.raw + " → " + one->became.text;
}

std::string left_over(const read_lead &lead) {
  std::string result;
  for (const auto &[name, value] : lead.trace->left_over) {
    result += (result.empty() ? "" : "; ") + name + " = " + value;
  }
  return result;
}

TEST(intake_trace, of_many_places_with_many_expressions_only_some_are_told) {
  // given: a definition that tries four hundred names at each vehicle
  auto text = shipped().texts.at("siebel_nissan");
  const std::string section = "vehicle\n{\n";
  std::string names, vehicles;
  for (int one = 0; one < 400; ++one) names += "  model \"Name" + std::to_string(one) + "\"\n";
  for (int one = 0; one < 60; ++one) vehicles += "<Vehicle><Model>Q" + std::to_string(one) + "</Model></Vehicle>";
  const auto checked = check_definition(text.insert(text.find(section) + section.size(), names), shipped().types);
  ASSERT_TRUE(checked.wrong.empty()) << in_english(checked.wrong.front().sentence);
  // when
  const auto payload = siebel(contact("<LastName>Huber</LastName><EmailAddress>a@example.at</EmailAddress>") +
                              "<ListOfVehicle>" + vehicles + "</ListOfVehicle>");
  const auto seen = try_out(checked.read, payload, arrival, 1, 1);
  // then
  ASSERT_EQ(seen.leads.size(), 1U);
  const auto &trace = *seen.leads.front().trace;
  std::size_t told = 0;
  for (const auto &field : trace.fields) told += field.tried.size();
  EXPECT_LT(told, 6'000U);
  EXPECT_GT(trace.more_places, 0U);
  EXPECT_NE(find(seen.leads.front(), "vehicle", "model", 1), nullptr);
}

TEST(intake_trace, xml_names_the_expression_the_raw_value_and_what_became_of_it) {
  const auto seen = tried(
      "siebel_nissan",
      siebel("<Farbwunsch>Rot</Farbwunsch>" +
             contact("<FirstName>Anna</FirstName><LastName>Huber</LastName><EmailAddress>A.Huber@EXAMPLE.at (privat)"
                     "</EmailAddress><CellularPhone>0664/555 01 42</CellularPhone><Fax>01 5</Fax>")));
  ASSERT_TRUE(seen.problem.empty()) << in_english(seen.problem);
  ASSERT_EQ(seen.leads.size(), 1U);
  const auto &lead = seen.leads.front();
  EXPECT_EQ(way_of(lead, "lead", "external_id"), "Id → 1-A → 1-A");
  EXPECT_EQ(way_of(lead, "lead", "type"), "LeadType → Test Drive → test_drive");
  EXPECT_EQ(way_of(lead, "prospect", "first_name"), "FirstName → Anna → Anna");
  EXPECT_EQ(way_of(lead, "phone", "number", 1), "CellularPhone → 0664/555 01 42 → +436645550142");
  EXPECT_EQ(way_of(lead, "phone", "kind", 1), "=mobile → mobile → mobile");
  // What was not taken as it came has its remark.
  const auto *email = find(lead, "prospect", "email");
  ASSERT_NE(email, nullptr);
  EXPECT_EQ(email->became.text, "A.Huber@example.at");
  ASSERT_EQ(email->remarks.size(), 1U);
  EXPECT_EQ(email->remarks.front().id, "{1} was taken from \"{2}\".");
  // Why not: nothing stands there; or no such part at all.
  EXPECT_EQ(find(lead, "prospect", "company")->lacks, lack::nothing_there);
  EXPECT_TRUE(find(lead, "prospect", "company")->tried.front().asked);
  EXPECT_EQ(find(lead, "vehicle", "at")->lacks, lack::no_such_part);
  EXPECT_EQ(left_over(lead), "Farbwunsch = Rot; ListOfContact/Contact/Fax = 01 5");
}

TEST(intake_trace, of_several_alternatives_those_before_are_told_and_those_behind_were_not_asked) {
  const auto seen = tried("web_json", R"({"id":"7","vorname":"Eva","nachname":"Moser","email":"eva@example.at"})");
  ASSERT_EQ(seen.leads.size(), 1U);
  const auto *first_name = find(seen.leads.front(), "prospect", "first_name");
  ASSERT_NE(first_name, nullptr);
  ASSERT_EQ(first_name->gave, 1U);
  EXPECT_TRUE(first_name->tried[0].asked);
  EXPECT_EQ(first_name->tried[0].raw, "");
  EXPECT_EQ(first_name->tried[1].text, "/vorname");
  EXPECT_FALSE(first_name->tried[2].asked);
  // The whole name is not looked for where both halves are known.
  EXPECT_EQ(find(seen.leads.front(), "prospect", "full_name")->lacks, lack::not_needed);
}

TEST(intake_trace, what_stands_in_is_told_as_that) {
  const auto seen = tried("web_json", R"({"id":"7","email":"eva@example.at"})");
  const auto *type = find(seen.leads.at(0), "lead", "type");
  EXPECT_EQ(type->became.text, "quote_request");
  EXPECT_EQ(type->lacks, lack::stands_in);
  EXPECT_EQ(find(seen.leads.at(0), "lead", "received")->became.number, arrival);
  // Several parts that are looked for at one place are told once, and words of the definition's own not at all.
  const auto &all = seen.leads.at(0).trace->fields;
  EXPECT_EQ(
      std::count_if(all.begin(), all.end(), [](const auto &one) { return one.part == "consent" && one.field == "at"; }),
      1);
  EXPECT_EQ(find(seen.leads.at(0), "phone", "kind"), nullptr);
}

TEST(intake_trace, a_key_is_checked_and_never_shown) {
  const auto seen = tried("web_json", R"({"lead_id":"7","google_key":"geheim","email":"eva@example.at"})");
  const auto *secret = find(seen.leads.at(0), "lead", "secret");
  ASSERT_NE(secret, nullptr);
  EXPECT_EQ(secret->became.is, kind::hidden);
  for (const auto &one : secret->tried) EXPECT_EQ(one.raw, "");
  EXPECT_EQ(left_over(seen.leads.at(0)).find("geheim"), std::string::npos);
}

TEST(intake_trace, csv_names_columns) {
  const auto seen = tried("finance_expiry_csv",
                          "Vertragsnummer;Vertragsende;Name;Mobil;Monatsrate;Schuhgröße\n"
                          "F-1;31.10.2020;Dr. Karl Moser;0664 5550142;389,00;43\n");
  ASSERT_EQ(seen.leads.size(), 1U) << in_english(seen.problem);
  const auto &lead = seen.leads.front();
  EXPECT_EQ(way_of(lead, "finance", "end"), "Vertragsende → 31.10.2020 → 2020-10-31");
  EXPECT_EQ(find(lead, "finance", "monthly_rate")->became.number, 38'900);
  EXPECT_EQ(way_of(lead, "prospect", "full_name"), "Name → Dr. Karl Moser → Dr. Karl Moser");
  EXPECT_EQ(left_over(lead), "Schuhgröße = 43");
  EXPECT_EQ(find(lead, "lead", "dealer_code")->lacks, lack::nothing_there);
}

TEST(intake_trace, several_of_a_kind_are_told_one_by_one) {
  const auto seen = tried("web_json", R"({"id":"7","email":"eva@example.at","vehicle":[{"model":"Qashqai"},
      {"model":"Juke","vin":"kurz"}],"consents":[{"channel":"sms","given":"nein"}]})");
  const auto &lead = seen.leads.at(0);
  EXPECT_EQ(way_of(lead, "vehicle", "model", 1), "/model → Qashqai → Qashqai");
  EXPECT_EQ(way_of(lead, "vehicle", "model", 2), "/model → Juke → Juke");
  ASSERT_EQ(find(lead, "vehicle", "vin", 2)->remarks.size(), 1U);
  EXPECT_TRUE(find(lead, "vehicle", "vin", 1)->remarks.empty());
  EXPECT_EQ(way_of(lead, "consent", "channel", 1), "/channel → sms → sms");
  EXPECT_EQ(find(lead, "consent", "given", 1)->became.text, "no");
}

TEST(intake_trace, adf_star_and_mail_are_told_as_well) {
  for (const auto &[source, name] :
       {std::pair{"adf", "adf/two_prospects.xml"}, std::pair{"star", "star/process_sales_lead.xml"},
        std::pair{"mail_adf", "mail_adf/attachment.eml"}}) {
    SCOPED_TRACE(name);
    const auto seen = tried(source, sample(name));
    ASSERT_FALSE(seen.leads.empty()) << in_english(seen.problem);
    const auto plain = read_all(source, sample(name));
    ASSERT_EQ(plain.leads.size(), seen.leads.size());
    for (std::size_t at = 0; at < seen.leads.size(); ++at) {
      ASSERT_NE(seen.leads[at].trace, nullptr);
      const auto *email = find(seen.leads[at], "prospect", "email");
      ASSERT_NE(email, nullptr);
      EXPECT_EQ(email->became.text, seen.leads[at].content.prospect.email);
      // The one mapper: who looks on changes nothing.
      EXPECT_EQ(seen.leads[at].content, plain.leads[at].content);
      EXPECT_EQ(plain.leads[at].trace, nullptr) << "who does not ask gets no trace";
    }
  }
}

TEST(intake_trace, records_are_shown_some_at_a_time_and_counted_all) {
  std::string table = "Vertragsnummer;Vertragsende;E-Mail\n";
  for (int one = 1; one <= 30; ++one) {
    const auto number = std::to_string(one);
    table += "F-" + number + ";31.10.2020;a" + number + "@example.at\n";
  }
  const auto seen = tried("finance_expiry_csv", table, 11, 5);
  EXPECT_EQ(seen.records, 30);
  ASSERT_EQ(seen.leads.size(), 5U);
  EXPECT_EQ(seen.leads.front().content.external_id, "F-11");
  EXPECT_TRUE(tried("finance_expiry_csv", table, 31, 5).leads.empty());
}

TEST(intake_trace, what_cannot_be_read_says_why_and_where) {
  EXPECT_EQ(in_english(tried("siebel_nissan", "<a>\n<b></a>").problem),
            "The XML is not well-formed in line 2. Have it sent again.");
  EXPECT_FALSE(tried("web_json", std::string(largest_tried + 1, ' ')).problem.empty());
  EXPECT_FALSE(tried("web_json", std::string(1000, '[')).problem.empty());
}

TEST(intake_trace, long_values_and_many_leftovers_are_bounded) {
  std::string members = "\"id\":\"7\",\"email\":\"eva@example.at\",\"message\":\"" + std::string(5000, 'x') + "\"";
  for (int one = 0; one < 500; ++one) members += ",\"x" + std::to_string(one) + "\":\"1\"";
  const auto seen = tried("web_json", "{" + members + "}");
  ASSERT_EQ(seen.leads.size(), 1U);
  const auto *text = find(seen.leads.at(0), "lead", "message");
  EXPECT_EQ(text->tried[text->gave].raw.size(), 500U);
  EXPECT_EQ(seen.leads.at(0).trace->left_over.size(), 200U);
  EXPECT_EQ(seen.leads.at(0).trace->more_left_over, 300U);
}

}  // namespace
