// Quelle ausprobieren and one's own definitions on the screen: documents, rights, mistakes, conflicts.
#include "screens/sources/source_definition.hpp"
#include "unit/screens_support.hpp"

using namespace screens_support;

namespace {

class screens_tryout_test : public ::testing::Test {
 protected:
  dealership house;
  intake::sources sources = intake::load_sources({});
  store::definition_rows rows{house.kept()};
  intake::source_book book{sources, rows};
  std::vector<std::string> audited;
  intake::own_definitions desk{
      book, rows,
      [this](const dms::call &, const std::string &action, const std::string &subject, const std::string &detail) {
        audited.push_back(action + " " + subject + " " + detail);
      }};
  std::set<std::string> ways_in{"web_json"};
  std::unique_ptr<dms::screen> tryout;
  std::unique_ptr<dms::screen> definition;

  void SetUp() override {
    book.look();
    const screens::definition_parts more{book, desk, rows, ways_in};
    tryout = screens::make_source_tryout(house.parts(), more);
    definition = screens::make_source_definition(house.parts(), more);
  }
  std::pair<dms_status, json> act(dms::screen &on, const std::string &action, const json &input) {
    auto who = dealership::admin();
    who.at += minute_us;
    return house.act(on, who, action, input);
  }
  json page(const json &parameters = json::object()) {
    return house.load(*definition, dealership::admin(), parameters);
  }
  static json row(const json &table, const std::string &field) {
    for (const auto &one : table["rows"]) {
      if (one["cells"]["field"].value("detail", "") == field) return one["cells"];
    }
    return nullptr;
  }
};

TEST_F(screens_tryout_test, a_pasted_payload_is_told_field_by_field_and_kept_nowhere) {
  // when
  const auto [status, result] =
      act(*tryout, "try_out",
          {{"definition", "web_json"},
           {"sample", R"({"id":"7","vorname":"Eva","email":"eva@example.at privat","schuhe":"38"})"}});
  // then
  ASSERT_EQ(status, dms_ok) << result;
  const auto &shown = result["screen"];
  EXPECT_EQ(schema_problems(shown, "screen"), "");
  const auto email = row(block(shown, "fields_1"), "prospect / email");
  ASSERT_FALSE(email.is_null()) << shown.dump(1);
  EXPECT_EQ(email["value"]["text"], "eva@example.at");
  EXPECT_EQ(email["expression"]["text"], "/email");
  EXPECT_EQ(email["raw"]["text"], "eva@example.at privat");
  EXPECT_NE(email["remark"]["text"], "");
  EXPECT_FALSE(row(block(shown, "empty_1"), "prospect / company").is_null());
  EXPECT_EQ(block(shown, "left_1")["rows"][0]["cells"]["value"]["text"], "38");
  // The form is filled in again, and nothing came into the house.
  EXPECT_NE(block(shown, "try_out").dump().find("schuhe"), std::string::npos);
  EXPECT_TRUE(house.kept().runs("", "", 0, 10).empty());
  EXPECT_TRUE(audited.empty());
}

TEST_F(screens_tryout_test, bad_input_is_told_by_field) {
  auto [status, result] = act(*tryout, "try_out", json::object());
  EXPECT_EQ(status, dms_invalid);
  EXPECT_TRUE(result["fields"].contains("sample"));
  EXPECT_TRUE(result["fields"].contains("definition"));
  std::tie(status, result) = act(*tryout, "try_out", {{"definition", "nobody@x"}, {"sample", "{}"}});
  EXPECT_TRUE(result["fields"].contains("definition"));
  std::tie(status, result) =
      act(*tryout, "try_out", {{"definition", "web_json"}, {"sample", std::string(1'100'000, 'x')}});
  EXPECT_EQ(status, dms_invalid);
  std::tie(status, result) = act(*tryout, "try_out", {{"definition", "siebel_nissan"}, {"sample", "<a>\n<b>"}});
  ASSERT_EQ(status, dms_ok);
  EXPECT_EQ(block(result["screen"], "problem")["tone"], "bad");
  EXPECT_NE(block(result["screen"], "problem")["text"].get<std::string>().find("Zeile 2"), std::string::npos);
}

TEST_F(screens_tryout_test, an_archived_payload_is_tried_out_by_whoever_reads_the_log) {
  house.import_sample();
  const auto run = std::to_string(house.kept().runs("", "", 0, 1).at(0).id);
  auto shown = house.load(*tryout, dealership::admin(), {{"run", run}});
  EXPECT_FALSE(block(shown, "fields_1").is_null()) << shown.dump(1);
  shown = house.load(*tryout, dealership::admin(), {{"run", run}, {"definition", "web_json"}});
  EXPECT_EQ(block(shown, "problem")["tone"], "bad");
  auto blind = dealership::admin();
  blind.rights.erase("leads.intake_log");
  EXPECT_THROW(house.load(*tryout, blind, {{"run", run}}), dms::failure);
  EXPECT_THROW(house.load(*tryout, dealership::admin(), {{"run", "4711"}}), dms::failure);
}

TEST_F(screens_tryout_test, an_archived_payload_of_a_source_that_is_gone_is_tried_out_by_another_one) {
  // given
  house.import_sample();
  auto run = house.kept().runs("", "", 0, 1).at(0);
  run.source = "gone";
  run.receipt = "R-GONE";
  house.kept().write([&](store::transaction &in) { run.id = in.insert_run(run); });
  const auto id = std::to_string(run.id);
  // then: the page asks for one
  EXPECT_FALSE(block(house.load(*tryout, dealership::admin(), {{"run", id}}), "definition").is_null());
  EXPECT_FALSE(
      block(house.load(*tryout, dealership::admin(), {{"run", id}, {"definition", ""}}), "definition").is_null());
  const auto shown = house.load(*tryout, dealership::admin(), {{"run", id}, {"definition", "siebel_nissan"}});
  EXPECT_FALSE(block(shown, "fields_1").is_null());
  EXPECT_THROW(house.load(*tryout, dealership::admin(), {{"run", id}, {"definition", "gone"}}), dms::failure);
}

TEST_F(screens_tryout_test, a_definition_of_ones_own_is_made_changed_activated_and_given_back) {
  // given: none yet
  EXPECT_TRUE(block(page(), "definitions").contains("empty"));
  // when: made
  auto [status, result] = act(*definition, "create", {{"base", "web_json"}, {"new_id", "web_json"}, {"title", ""}});
  ASSERT_EQ(status, dms_ok) << result;
  auto shown = page({{"source", "web_json"}});
  const auto text = block(shown, "editor")["action"]["fields"][0]["value"].get<std::string>();
  ASSERT_NE(text.find("source web_json"), std::string::npos);
  // changed, with mistakes: all are told, nothing is lost
  std::tie(status, result) =
      act(*definition, "save", {{"source", "web_json"}, {"seen_last", "1"}, {"text", text + "oops 1\nzone Mars\n"}});
  EXPECT_EQ(status, dms_invalid);
  ASSERT_EQ(result["items"].size(), 2U) << result;
  EXPECT_NE(result["items"][0]["message"].get<std::string>().find("Zeile "), std::string::npos);
  // changed well
  std::tie(status, result) =
      act(*definition, "save",
          {{"source", "web_json"}, {"seen_last", "1"}, {"text", text + "; Rückruf\n"}, {"note", "mit Rückruf"}});
  ASSERT_EQ(status, dms_ok) << result;
  // A second one who saw only version 1 is told.
  EXPECT_EQ(act(*definition, "save", {{"source", "web_json"}, {"seen_last", "1"}, {"text", text + "; x\n"}}).first,
            dms_conflict);
  shown = page({{"source", "web_json"}, {"from", "1"}, {"to", "2"}});
  EXPECT_NE(block(shown, "difference")["text"].get<std::string>().find("+ ; Rückruf"), std::string::npos);
  ASSERT_EQ(block(shown, "versions")["rows"].size(), 2U);
  const auto activate = block(shown, "versions")["rows"][0]["actions"][0];
  std::tie(status, result) = act(*definition, "activate", activate["input"]);
  ASSERT_EQ(status, dms_ok) << result;
  EXPECT_EQ(book.now()->at("web_json").version, 2);
  // given back
  shown = page({{"source", "web_json"}});
  std::tie(status, result) = act(*definition, "give_back", shown["actions"][0]["input"]);
  ASSERT_EQ(status, dms_ok) << result;
  EXPECT_EQ(book.now()->at("web_json").version, 0);
  // as a file
  const auto file = block(page({{"source", "web_json"}, {"version", "1"}, {"export", "txt"}}), "export");
  EXPECT_EQ(file["text"], text);
  EXPECT_EQ(file["file_name"], "web_json.info");
}

TEST_F(screens_tryout_test, a_draft_is_tried_out_before_it_reads_anything) {
  ASSERT_EQ(act(*definition, "create", {{"base", "web_json"}, {"new_id", "club"}, {"title", "Club"}}).first, dms_ok);
  const auto [status, result] =
      act(*tryout, "try_out", {{"definition", "club@1"}, {"sample", R"({"id":"7","email":"eva@example.at"})"}});
  ASSERT_EQ(status, dms_ok);
  EXPECT_EQ(block(result["screen"], "record_1")["tone"], "good");
  EXPECT_FALSE(book.now()->contains("club"));
  // Its folder and address open at the next start.
  const auto later = block(page({{"source", "club"}}), "way_in");
  EXPECT_EQ(later["link"]["to"], "plugins");
  EXPECT_NE(later["title"].get<std::string>().find("nachdem eine Version aktiviert wurde"), std::string::npos);
}

TEST_F(screens_tryout_test, whoever_makes_or_activates_a_source_with_a_new_id_hears_when_its_folder_opens) {
  const auto says = [](const json &result, const std::string &words) {
    return result["message"].get<std::string>().find(words) != std::string::npos;
  };
  const std::string made_words = "öffnen sich ihr Ordner und ihre Adresse",
                    open_words = "Deaktivieren Sie es unter Plugins";
  // when, then: made and activated
  auto [status, result] = act(*definition, "create", {{"base", "web_json"}, {"new_id", "club"}, {"title", "Club"}});
  ASSERT_EQ(status, dms_ok) << result;
  EXPECT_TRUE(says(result, made_words)) << result;
  std::tie(status, result) = act(*definition, "activate", {{"source", "club"}, {"number", "1"}, {"seen_active", "0"}});
  ASSERT_EQ(status, dms_ok) << result;
  EXPECT_TRUE(says(result, open_words)) << result;
  EXPECT_NE(block(page({{"source", "club"}}), "way_in").dump().find("auf jedem Rechner"), std::string::npos);
  // and: not where it went wrong
  std::tie(status, result) = act(*definition, "activate", {{"source", "club"}, {"number", "9"}, {"seen_active", "1"}});
  EXPECT_NE(status, dms_ok);
  EXPECT_FALSE(says(result, open_words)) << result;
  // and: not of one that has its way in
  std::tie(status, result) = act(*definition, "create", {{"base", "web_json"}, {"new_id", "web_json"}, {"title", ""}});
  ASSERT_EQ(status, dms_ok) << result;
  EXPECT_FALSE(says(result, made_words)) << result;
  std::tie(status, result) =
      act(*definition, "activate", {{"source", "web_json"}, {"number", "1"}, {"seen_active", "0"}});
  ASSERT_EQ(status, dms_ok) << result;
  EXPECT_FALSE(says(result, open_words)) << result;
  EXPECT_TRUE(block(page({{"source", "web_json"}}), "way_in").is_null());
}

TEST_F(screens_tryout_test, what_is_not_there_answers_so) {
  EXPECT_THROW(page({{"source", "nothing"}}), dms::failure);
  EXPECT_EQ(act(*definition, "save", {{"source", "nothing"}, {"text", "x"}}).first, dms_not_found);
  EXPECT_EQ(act(*definition, "unheard_of", json::object()).first, dms_not_found);
  EXPECT_EQ(act(*definition, "take_in", json::object()).first, dms_invalid);
  EXPECT_EQ(tryout->right(), "leads.settings");
  EXPECT_EQ(definition->right(), "leads.settings");
}

}  // namespace
