// A definition that somebody writes on the screen: all that is wrong with it, and what it may cost.
#include <gtest/gtest.h>

#include <chrono>

#include "intake/definition_bounds.hpp"
#include "intake/expression.hpp"
#include "screens/sources/line_diff.hpp"
#include "unit/intake_support.hpp"

namespace {

using namespace intake_support;

const std::string good = R"(source test_source
title "Test source"
category finance
format xml
payload
{
  record "//Lead"
}
lead
{
  external_id "Id"
}
prospect
{
  email "Mail"
}
map type
{
  "*" finance_expiry
}
)";

std::string replaced(std::string text, const std::string &what, const std::string &by) {
  return text.replace(text.find(what), what.size(), by);
}

std::vector<std::string> wrong_with(const std::string &text) {
  std::vector<std::string> result;
  for (const auto &one : check_definition(text, shipped().types).wrong) {
    result.push_back(std::to_string(one.line) + ": " + in_english(one.sentence));
  }
  return result;
}
using sentences = std::vector<std::string>;

TEST(definition_checks, a_good_one_has_no_mistake) {
  const auto checked = check_definition(good, shipped().types);
  EXPECT_TRUE(checked.wrong.empty()) << wrong_with(good).front();
  EXPECT_EQ(checked.read.id, "test_source");
  EXPECT_EQ(checked.read.types, std::vector<std::string>{"finance_expiry"});
}

TEST(definition_checks, every_mistake_is_told_with_its_line) {
  auto text = replaced(good, "external_id \"Id\"", "externalid \"Id\"\n  type \"a[\"\n  received \"\"");
  text = replaced(text, "email \"Mail\"", "emial \"Mail\"");
  text = replaced(text, "category finance", "category fleet");
  text +=
      "zone Europe/Wien\nmap salutation\n{\n  Herr mister\n  Frau missis\n}\nfeedback\n{\n  states\n  {\n    sold X\n  "
      "}\n}\n";
  const auto found = wrong_with(text);
  const auto has = [&](const std::string &part) {
    return std::any_of(found.begin(), found.end(),
                       [&](const auto &one) { return one.find(part) != std::string::npos; });
  };
  EXPECT_TRUE(has("3: There is no category \"fleet\"."));
  EXPECT_TRUE(has("11: Unknown key \"externalid\" in \"lead\"."));
  EXPECT_TRUE(has("12: The XPath \"a[\" is broken"));
  EXPECT_TRUE(has("13: \"received\" has no value."));
  EXPECT_TRUE(has("17: Unknown key \"emial\" in \"prospect\"."));
  EXPECT_TRUE(has("Unknown time zone \"Europe/Wien\"."));
  EXPECT_TRUE(has("\"mister\" is none of: mr, ms, company."));
  EXPECT_TRUE(has("\"missis\" is none of: mr, ms, company."));
  EXPECT_TRUE(has("There is no state \"sold\"."));
  EXPECT_TRUE(has("The feedback has no manufacturer."));
  EXPECT_TRUE(has("The feedback has no answer with a path."));
  // By line.
  const auto lines = check_definition(text, shipped().types).wrong;
  EXPECT_TRUE(std::is_sorted(lines.begin(), lines.end(),
                             [](const auto &one, const auto &other) { return one.line < other.line; }));
}

TEST(definition_checks, a_text_that_is_none_is_told_in_one_sentence) {
  EXPECT_EQ(wrong_with(good + "}\n"), sentences{"21: This is not INFO text: unmatched }."});
  EXPECT_EQ(wrong_with("#include \"/etc/passwd\"\n"),
            sentences{"1: A definition is one file: directives such as #include are not allowed."});
  EXPECT_EQ(wrong_with(replaced(good, "format xml", "format yaml")),
            sentences{"4: Unknown format \"yaml\": xml, adf, star, csv, json or mail."});
  EXPECT_EQ(wrong_with(""), sentences{"1: The definition has no format."});
  EXPECT_EQ(wrong_with("M\xFCller"), sentences{"0: The file is not UTF-8 text."});
}

TEST(definition_checks, each_shipped_one_may_be_the_beginning) {
  for (const auto &[id, text] : shipped().texts) {
    const auto found = wrong_with(text);
    EXPECT_TRUE(found.empty()) << id << " " << (found.empty() ? "" : found.front());
  }
}

TEST(definition_checks, nothing_new_is_declared_on_the_screen) {
  EXPECT_EQ(wrong_with(good + "category fleet\n{\n  title Fleet\n}\n").size(), 1U);
  EXPECT_EQ(wrong_with(good + "type own_type\n{\n  category finance\n  title Own\n}\n").size(), 1U);
  // What is known stays as it is.
  auto types = shipped().types;
  EXPECT_TRUE(check_definition(good + "category finance\n{\n  title Other\n}\n", types).wrong.empty());
  EXPECT_NE(types.find_category("finance")->title, "Other");
}

TEST(definition_checks, size_and_number_are_bounded) {
  EXPECT_EQ(wrong_with(good + std::string(largest_own_definition, ';')),
            sentences{"0: The definition is larger than 128 KiB."});
  auto many = good;
  for (std::size_t one = 0; one <= most_expressions; ++one) many = replaced(many, "  email", "  email \"M\"\n  email");
  ASSERT_EQ(wrong_with(many).size(), 1U);
  EXPECT_NE(wrong_with(many).front().find("expressions"), std::string::npos);
}

TEST(definition_checks, an_xpath_does_not_look_everywhere_from_everywhere) {
  const auto refused = [](const char *xpath) {
    try {
      check_reach(xpath);
    } catch (const expression_error &) {
      return true;
    }
    return false;
  };
  for (const auto *fine :
       {"//Lead", "Id", ".//a//b", "a[@x = '//']", "a[.//b = 1]/c", "parent::*[count(vendor) = 1]/x",
        "ancestor::a[count(.//b) = 1 and not(@c)]/d", "email[. = preceding-sibling::email]", "a/../b",
        "following-notes/x", "self::*[not(ancestor-or-self::Owned or ancestor-or-self::TradeIn)]/ancestor::a/b",
        "td[. = 'Name']/following-sibling::td[1]", "following-sibling::a/b", "a[@x = 1 or .//b]", "a[*/b = 2 * 3]",
        "a/following-sibling :: node() [1]/b", "a[b and ../c]"}) {
    EXPECT_FALSE(refused(fine)) << fine;
  }
  for (const auto *costly : {"//*[//*]", "//*[.//*[.//*]]", "//*[../*[../*]]", "a[following::b][preceding::c]",
                             "//a//b//c//d//e", "*[count(/a/b) > 1]", "//*[ancestor::*/*[ancestor::*/*]]",
                             "//*[(ancestor::*)/*[(ancestor::*)/*]]", "*[. = ( //x )]", "a[ancestor::b//c]",
                             // in any writing, with blanks, and written out
                             "a[FOLLOWING::b][Preceding::c]", "a[following ::b][preceding:: c]",
                             "//*[parent::*/*[parent::*/*]]", "a[. = 2*/b]", "a[count(b)*/c]",
                             // what lies beside each of many, all of it
                             "//a/following-sibling::a/b", "//*/following::*/b", "a/preceding-sibling::a/b",
                             "a[b/following-sibling::b/c]", "(//a)/ preceding :: a"}) {
    EXPECT_TRUE(refused(costly)) << costly;
  }
  EXPECT_EQ(wrong_with(replaced(good, "\"Id\"", "\"//*[//*]\"")).size(), 1U);
  // and: nor does one that the receiver's answer is read by
  const auto found = wrong_with(good + "feedback\n{\n  answer\n  {\n    path \"//*[//*]\"\n  }\n}\n");
  EXPECT_TRUE(
      std::any_of(found.begin(), found.end(), [](const auto &one) { return one.starts_with("25: Inside of"); }));
}

TEST(definition_checks, deep_nesting_is_refused) {
  std::string deep = good;
  for (int count = 0; count < 1'000; ++count) deep += "a\n{\n";
  EXPECT_EQ(wrong_with(deep).size(), 1U);
  EXPECT_EQ(wrong_with(replaced(good, "\"Id\"", "\"" + std::string(200, '(') + "1\"")).size(), 1U);
}

TEST(definition_checks, a_closed_source_reads_nothing_and_says_why) {
  auto closed = shipped().definitions.at("web_json");
  closed.closed = {"Version {1} of this source's own definition cannot be used any more.", {"2"}};
  int taken = 0;
  const auto came =
      read_payload(closed, R"({"id":"7","email":"eva@example.at"})", arrival, limits{}, [&](read_lead &&) { ++taken; });
  EXPECT_EQ(in_english(came.problem), "Version 2 of this source's own definition cannot be used any more.");
  EXPECT_EQ(taken, 0);
}

TEST(line_diff, few_lines_are_told_with_those_around) {
  using screens::diff_text;
  EXPECT_EQ(diff_text("a\nb\n", "a\nb\n", 3), "");
  EXPECT_EQ(diff_text("a\nb\nc\n", "a\nB\nc\n", 1), "@@ 1 @@\n  a\n- b\n+ B\n  c\n");
  EXPECT_EQ(diff_text("1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\n4\n5\nsix\n7\nnew\n", 0),
            "@@ 6 @@\n- 6\n+ six\n@@ 8 @@\n+ new\n");
  EXPECT_EQ(diff_text("", "a\n", 3), "@@ 1 @@\n+ a\n");
  EXPECT_EQ(diff_text("a\n", "", 3), "@@ 1 @@\n- a\n");
}

TEST(line_diff, what_is_wholly_other_is_told_without_much_memory) {
  std::string was, now;
  for (int line = 0; line < 20'000; ++line) was += "a" + std::to_string(line) + "\n", now += "b\n";
  const auto all = screens::line_diff(was, now);
  EXPECT_EQ(all.size(), 40'000U);
}

}  // namespace
