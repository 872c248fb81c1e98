#include "intake/definition.hpp"
#include "paths.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>

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

definition parse(const std::string &text) {
  auto types = shipped().types;
  return parse_definition("test.info", text, types);
}

std::string replaced(const std::string &what, const std::string &by) {
  auto text = good;
  return text.replace(text.find(what), what.size(), by);
}

std::string error_of(const std::string &text) {
  try {
    parse(text);
  } catch (const definition_error &problem) {
    return problem.what();
  }
  return "no error";
}

TEST(definition, a_good_one_is_read) {
  const auto read = parse(good);
  EXPECT_EQ(read.id, "test_source");
  EXPECT_EQ(read.title, "Test source");
  EXPECT_EQ(read.category, "finance");
  EXPECT_FALSE(read.feedback.enabled);
}

TEST(definition, errors_name_file_line_and_what_to_do) {
  EXPECT_EQ(error_of(replaced("external_id \"Id\"", "externalid \"Id\"")),
            "test.info:11: Unknown key \"externalid\" in \"lead\".");
  EXPECT_EQ(error_of(replaced("title", "titel")), "test.info:2: Unknown key \"titel\".");
  EXPECT_EQ(error_of(replaced("\"//Lead\"", "\"//Lead[\"")).substr(0, 46),
            "test.info:7: The XPath \"//Lead[\" is broken: Un");
  EXPECT_EQ(error_of(replaced("finance_expiry", "no_such_type")),
            "test.info:19: There is no lead type \"no_such_type\".");
  EXPECT_EQ(error_of(replaced("category finance", "category fleet")), "test.info:3: There is no category \"fleet\".");
  EXPECT_EQ(error_of(replaced("format xml", "format yaml")),
            "test.info:4: Unknown format \"yaml\": xml, adf, star, csv, json or mail.");
  EXPECT_EQ(error_of(replaced("format xml\n", "")), "test.info:1: The definition has no format.");
  EXPECT_EQ(error_of(replaced("category finance\n", "")), "test.info:1: The definition has no category.");
  EXPECT_EQ(error_of(replaced("source test_source\n", "")), "test.info:1: The definition has no source.");
  EXPECT_EQ(error_of(replaced("record \"//Lead\"", "")), "test.info:1: The definition has no payload with a record.");
  EXPECT_EQ(error_of(good + "zone Europe/Wien\n"), "test.info:21: Unknown time zone \"Europe/Wien\".");
  EXPECT_EQ(error_of(good + "#include \"/etc/passwd\"\n"),
            "test.info:21: A definition is one file: directives such as #include are not allowed.");
  EXPECT_EQ(error_of(good + "}\n"), "test.info:21: This is not INFO text: unmatched }.");
  EXPECT_EQ(error_of(good + "map salutation\n{\n  Herr mister\n}\n"),
            "test.info:23: \"mister\" is none of: mr, ms, company.");
  EXPECT_EQ(error_of(good + "source ../up\n"),
            "test.info:21: The source's id is written in small letters, digits and _.");
  EXPECT_EQ(error_of(good + "date \"DD.MM\"\n").substr(0, 13), "test.info:21:");
  EXPECT_EQ(error_of("M\xFCller"), "test.info: The file is not UTF-8 text.");
}

TEST(definition, lines_count_over_comments_continuations_and_braces_on_one_line) {
  EXPECT_EQ(
      error_of("; a comment { with braces }\nsource s ; more\ntitle \"a\" \\\n  \"b\"\nlead { oops 1 }\nformat xml\n"),
      "test.info:5: Unknown key \"oops\" in \"lead\".");
}

TEST(definition, nesting_does_not_overflow) {
  std::string deep = good;
  for (int count = 0; count < 100'000; ++count) deep += "a\n{\n";
  EXPECT_NE(error_of(deep).find("nested more than 16 deep"), std::string::npos);
  EXPECT_NE(error_of(replaced("//Lead", std::string(200, '(') + "1")).find("nested more than 16"), std::string::npos);
}

TEST(definition, a_bad_one_adds_no_types) {
  auto types = shipped().types;
  const auto before = types.types().size();
  EXPECT_THROW(parse_definition("t", "type own\n{\n category finance\n title Own\n}\nformat xml\n", types),
               definition_error);
  EXPECT_EQ(types.types().size(), before);
}

TEST(definition, the_shipped_ones_are_whole) {
  const auto &all = shipped();
  for (const auto &problem : all.problems) ADD_FAILURE() << problem;
  EXPECT_EQ(all.definitions.size(), 9U);
  const auto *fast = all.types.find_type("test_drive_fast_track");
  ASSERT_NE(fast, nullptr);
  EXPECT_TRUE(fast->urgent);
  EXPECT_FALSE(fast->customer_match);
  EXPECT_EQ(fast->reminder_minutes, 30);
  EXPECT_EQ(fast->escalation_minutes, 60);
  EXPECT_EQ(all.types.find_type("finance_expiry")->category, "finance");
  EXPECT_EQ(all.types.find_category("siebel_nissan")->title, "Siebel – NISSAN");
  const auto &feedback = all.definitions.at("siebel_nissan").feedback;
  EXPECT_TRUE(feedback.enabled);
  EXPECT_EQ(feedback.states.at("won").status, "Converted");
  EXPECT_EQ(feedback.states.at("won").reason, "Won");
  EXPECT_EQ(feedback.reasons.at("no_further_contact"), "NoFurtherContact");
  EXPECT_EQ(feedback.reasons.size(), reasons().size());
}

/// A mail holds the same ADF: a definition is one file, so what holds for both is written in both.
TEST(definition, adf_by_mail_is_read_as_adf) {
  const auto from_category = [](const char *name) {
    auto text = file_text(paths::source() + "/resources/sources/" + name);
    text.erase(0, text.find("category "));
    const auto format = text.find("format ");
    return text.erase(format, text.find('\n', format) - format);
  };
  EXPECT_EQ(from_category("mail_adf.info"), from_category("adf.info"));
}

TEST(definition, the_template_is_that_of_the_expected_message) {
  auto text = shipped().definitions.at("siebel_nissan").feedback.template_text;
  const std::pair<std::string, std::string> values[] = {{"message_id", "b6d3c0de-0001"},
                                                        {"id", "1-7QX2K1-001"},
                                                        {"status_code", "Retired"},
                                                        {"reason_code", "NoFurtherContact"},
                                                        {"dealer_code", "AT10017"},
                                                        {"sales_person", "verkauf1"},
                                                        {"status_date", "07/22/2020 12:31:07"},
                                                        {"comments", "Kein weiterer Kontakt gewünscht"}};
  for (const auto &[name, value] : values) {
    const auto place = "{{" + name + "}}";
    ASSERT_NE(text.find(place), std::string::npos) << name;
    text.replace(text.find(place), place.size(), value);
  }
  EXPECT_EQ(text, sample("siebel_nissan/feedback_expected.xml"));
}

TEST(definition, the_admins_files_replace_and_add) {
  // given a directory with a replacement, a new source and a broken one
  const auto folder = std::filesystem::temp_directory_path() / "lead_system_definition_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const auto write = [&](const char *name, const std::string &text) { std::ofstream(folder / name) << text; };
  write("adf.info", replaced("source test_source", "source adf"));
  write("new.info", good);
  write("broken.info", "nonsense {");
  write("ignored.txt", "nonsense {");
  // when they are loaded
  const auto all = load_sources(folder);
  // then one problem is named and everything else works
  ASSERT_EQ(all.problems.size(), 1U);
  EXPECT_NE(all.problems[0].find("broken.info:1: "), std::string::npos) << all.problems[0];
  EXPECT_EQ(all.definitions.at("adf").title, "Test source");
  EXPECT_EQ(all.definitions.size(), 10U);
  std::filesystem::remove_all(folder);
}

TEST(definition, the_examples_of_the_help_pages_work) {
  for (const auto *language : {"de", "en"}) {
    const auto page = file_text(paths::source() + "/resources/help/" + language + "/sources.md");
    const auto from = page.find("```\n") + 4;
    EXPECT_EQ(error_of(page.substr(from, page.find("```", from) - from)), "no error") << language;
    for (const auto &[id, source] : shipped().definitions)
      EXPECT_NE(page.find("`" + id + "`"), std::string::npos) << id;
  }
}

/// An admin's folder of definitions.
class definitions_of_an_admin : public testing::Test {
 protected:
  definitions_of_an_admin()
      : folder_(std::filesystem::temp_directory_path() / ("lead_system_definitions_" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~definitions_of_an_admin() override { std::filesystem::remove_all(folder_); }
  void write(const std::string &name, const std::string &text) const { std::ofstream(folder_ / name) << text; }
  /// Loads; the problem, its folder left out, must be the only one, and everything shipped must work beside it.
  std::string only_problem() const {
    const auto all = load_sources(folder_);
    EXPECT_GE(all.definitions.size(), 8U);
    EXPECT_EQ(all.problems.size(), 1U);
    auto text = all.problems.empty() ? std::string() : all.problems[0];
    for (auto at = text.find(folder_.string()); at != std::string::npos; at = text.find(folder_.string())) {
      text.erase(at, folder_.string().size() + 1);
    }
    return text;
  }
  std::filesystem::path folder_;
};

TEST_F(definitions_of_an_admin, a_cycle_of_includes_is_refused_at_its_first_line) {
  write("a.info", good + "#include \"a.info\"\n");
  EXPECT_EQ(only_problem(), "a.info:21: A definition is one file: directives such as #include are not allowed.");
}

TEST_F(definitions_of_an_admin, a_type_whose_category_nobody_declares) {
  write("a.info", good + "type own\n{\n  category nowhere\n  title Own\n}\n");
  EXPECT_EQ(only_problem(), "a.info:23: There is no category \"nowhere\".");
}

TEST_F(definitions_of_an_admin, two_files_of_one_source) {
  write("a.info", good);
  write("b.info", replaced("Test source", "The other"));
  EXPECT_EQ(only_problem(), "b.info: The source \"test_source\" is defined in a.info already.");
  EXPECT_EQ(load_sources(folder_).definitions.at("test_source").title, "Test source");
}

TEST_F(definitions_of_an_admin, files_that_cannot_be_read) {
  std::filesystem::create_symlink(folder_ / "loop.info", folder_ / "loop.info");
  EXPECT_EQ(only_problem(), "loop.info: The file cannot be read.");
  std::filesystem::remove(folder_ / "loop.info");
  std::filesystem::create_directory(folder_ / "folder.info");
  EXPECT_EQ(only_problem(), "folder.info: The file cannot be read.");
  std::filesystem::remove(folder_ / "folder.info");
  write("huge.info", std::string((std::size_t{1} << 20U) + 1, ';'));
  EXPECT_EQ(only_problem(), "huge.info: The file is larger than 1 MiB.");
}

TEST_F(definitions_of_an_admin, an_empty_file_and_one_of_another_language) {
  write("empty.info", "");
  EXPECT_EQ(only_problem(), "empty.info:1: The definition has no format.");
  write("empty.info", "{\"source\": \"x\"}");
  EXPECT_EQ(only_problem().substr(0, 13), "empty.info:1:");
}

}  // namespace
