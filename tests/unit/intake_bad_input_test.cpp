#include <gtest/gtest.h>

#include "unit/intake_support.hpp"

namespace {

using namespace intake_support;

const std::string mail = contact("<EmailAddress>a@b.at</EmailAddress>");

TEST(intake_bad_input, empty_and_blank_payloads) {
  for (const auto &source : {"siebel_nissan", "adf", "web_json", "finance_expiry_csv"}) {
    for (const auto &text : {std::string(), std::string(" \r\n\t"), std::string(100, '\0')}) {
      EXPECT_NE(read_all(source, text).problem.id.find("empty"), std::string::npos) << source;
    }
  }
}

TEST(intake_bad_input, truncated_xml_is_refused_whole) {
  const auto whole = siebel(mail);
  for (std::size_t length = 1; length < whole.size(); ++length) {
    const auto all = read_all("siebel_nissan", whole.substr(0, length));
    EXPECT_FALSE(all.problem.empty()) << whole.substr(0, length);
    EXPECT_TRUE(all.leads.empty());
  }
}

TEST(intake_bad_input, the_sentence_names_the_line) {
  const auto all =
      read_all("siebel_nissan", "<SiebelMessage>\n<ListOfNeDealerLead>\n<oops</ListOfNeDealerLead>\n</SiebelMessage>");
  EXPECT_EQ(all.problem.arguments.at(0), "3") << all.problem.id;
}

TEST(intake_bad_input, doctype_and_entities_are_never_expanded) {
  const auto all = read_all("siebel_nissan",
                            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY xxe SYSTEM \"file:///etc/passwd\"><!ENTITY b "
                            "\"boom\">]>" +
                                siebel("<Comments>x &xxe; &b; y</Comments>" + mail));
  ASSERT_EQ(all.leads.size(), 1U) << all.problem.id;
  EXPECT_EQ(all.leads[0].content.message, "x &xxe; &b; y");
}

TEST(intake_bad_input, nesting_is_refused_before_it_hurts) {
  std::string deep;
  for (int count = 0; count < 100'000; ++count) deep += "<a>";
  const auto open = read_all("siebel_nissan", deep);
  EXPECT_NE(open.problem.id.find("nested"), std::string::npos);
  // hidden from the first look by a quoted "/>"
  std::string hidden;
  for (int count = 0; count < 100'000; ++count) hidden += "<a b='/>'>";
  for (int count = 0; count < 100'000; ++count) hidden += "</a>";
  const auto quoted = read_all("siebel_nissan", hidden);
  EXPECT_NE(quoted.problem.id.find("nested"), std::string::npos) << quoted.problem.id;
  const auto json = read_all("web_json", std::string(100'000, '['));
  EXPECT_NE(json.problem.id.find("nested"), std::string::npos);
}

/// An empty value in many objects: each of them is looked at once.
TEST(intake_bad_input, empty_values_in_deep_objects_are_read_at_once) {
  constexpr int depth = 50;
  std::string deep;
  for (int count = 0; count < depth; ++count) deep += "{\"text\":";
  deep += "\"\"" + std::string(depth, '}');
  const auto all = read_all("web_json", "{\"email\":\"anna.muster@example.at\",\"name\":" + deep + "}");
  ASSERT_EQ(all.leads.size(), 1U) << all.problem.id;
  EXPECT_EQ(all.leads[0].content.prospect.last_name, "");
}

TEST(intake_bad_input, a_payload_of_another_source_is_refused_whole) {
  const auto xml = siebel(mail);
  EXPECT_NE(read_all("adf", xml).problem.id.find("not of the source"), std::string::npos);
  EXPECT_NE(read_all("siebel_dacia", xml).problem.id.find("not of the source"), std::string::npos);
  EXPECT_NE(read_all("finance_expiry_csv", xml).problem.id.find("not of the source"), std::string::npos);
  EXPECT_NE(read_all("web_json", xml).problem.id.find("not well-formed"), std::string::npos);
  EXPECT_NE(read_all("web_json", "{\"a\":1}").problem.id.find("not of the source"), std::string::npos);
  EXPECT_NE(read_all("siebel_nissan", sample("adf/two_prospects.xml")).problem.id.find("not of the source"),
            std::string::npos);
}

TEST(intake_bad_input, zero_bytes_and_control_characters_go) {
  auto text = siebel("<Comments>a&#0;b&#1;c&#8238;d</Comments>" +
                     contact("<LastName>Mu&#7;ster</LastName><EmailAddress>a@b.at</EmailAddress>"));
  text.insert(text.find("Mu"), 1, '\0');
  const auto all = read_all("siebel_nissan", text);
  ASSERT_EQ(all.leads.size(), 1U) << all.problem.id;
  EXPECT_EQ(all.leads[0].content.prospect.last_name, "Muster");
  EXPECT_EQ(all.leads[0].content.message.find('\x01'), std::string::npos);
}

TEST(intake_bad_input, markup_in_the_message_becomes_text_and_stays_in_names) {
  const auto all = read_all(
      "siebel_nissan",
      siebel("<Comments>&lt;p&gt;Hallo&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;1 &lt; 2 &amp;amp; "
             "&amp;uuml;</Comments>" +
             contact("<LastName>&lt;script&gt;alert(1)&lt;/script&gt;</LastName><EmailAddress>a@b.at</EmailAddress>")));
  ASSERT_EQ(all.leads.size(), 1U);
  EXPECT_EQ(all.leads[0].content.message, "Hallo\n1 < 2 & ü");
  EXPECT_EQ(all.leads[0].content.prospect.last_name, "<script>alert(1)</script>");
}

TEST(intake_bad_input, long_values_are_cut_with_a_remark) {
  const auto all = read_all("siebel_nissan", siebel(contact("<LastName>" + std::string(5000, 'x') +
                                                            "</LastName><EmailAddress>a@b.at</EmailAddress>")));
  EXPECT_EQ(all.leads.at(0).content.prospect.last_name.size(), 200U);
  EXPECT_TRUE(all.leads[0].content.extras.contains("remark/last_name"));
}

TEST(intake_bad_input, invalid_ways_to_reach_do_not_count) {
  const auto all = read_all("siebel_nissan",
                            siebel(contact("<EmailAddress>not an address</EmailAddress><HomePhone>12</HomePhone>")));
  EXPECT_NE(all.leads.at(0).problem.id.find("no way to reach"), std::string::npos);
  EXPECT_TRUE(all.leads[0].content.extras.contains("remark/email"));
  EXPECT_TRUE(all.leads[0].content.prospect.phones.empty());
  EXPECT_TRUE(all.leads[0].content.extras.contains("remark/phone"));
}

TEST(intake_bad_input, a_post_of_too_many_leads_is_refused_whole) {
  limits three;
  three.leads_per_post = 3;
  std::string text = "<ListOfNeDealerLead>";
  for (int count = 0; count < 4; ++count) text += "<NeDealerLead><LeadType>Test Drive</LeadType></NeDealerLead>";
  const auto result = read_payload(shipped().definitions.at("siebel_nissan"), text + "</ListOfNeDealerLead>", 0, three,
                                   [](read_lead &&) {});
  EXPECT_EQ(result.leads, 4);
  EXPECT_EQ(result.problem.arguments.at(1), "3");
}

}  // namespace
