// Lead Einstellungen on the screen: the matrix of few and of many users, "Was sieht …?", many at once, undo, health.
#include <chrono>

#include "unit/screens_support.hpp"

using namespace screens_support;

namespace {

class screens_settings_test : public ::testing::Test {
 protected:
  dealership house;
  std::unique_ptr<dms::screen> settings = screens::make_settings(house.parts());

  json tab(const json &parameters) { return house.load(*settings, dealership::admin(), parameters); }
  json matrix(const json &parameters = json::object()) { return block(tab(parameters), "rights"); }
  std::pair<dms_status, json> act(const std::string &action, const json &input) {
    auto who = dealership::admin();
    who.at += minute_us;  // after what the dealership was made with
    return house.act(*settings, who, action, input);
  }
  static json row(const json &matrix, const std::string &user) {
    for (const auto &band : matrix["bands"]) {
      for (const auto &one : band["rows"]) {
        if (one["id"] == user) return one;
      }
    }
    return nullptr;
  }
  static std::set<std::string> users(const json &matrix) {
    std::set<std::string> found;
    for (const auto &band : matrix["bands"]) {
      for (const auto &one : band["rows"]) found.insert(one["id"]);
    }
    return found;
  }
};

TEST_F(screens_settings_test, the_matrix_is_filtered_by_name_role_place_and_right) {
  using names = std::set<std::string>;
  EXPECT_EQ(users(matrix()), (names{"leitung", "wien1", "admin", "verkauf1"}));
  EXPECT_EQ(users(matrix({{"show", "all"}})), (names{"leitung", "wien1", "admin", "verkauf1", "fort"}));
  EXPECT_EQ(users(matrix({{"q", "gruber"}})), names{"wien1"});
  EXPECT_EQ(users(matrix({{"role", "sales"}})), names{"verkauf1"});
  EXPECT_EQ(users(matrix({{"location", "wien"}})), (names{"leitung", "wien1", "verkauf1"}));
  EXPECT_EQ(users(matrix({{"show", "granted"}})), (names{"leitung", "wien1"}));
  EXPECT_EQ(users(matrix({{"show", "alone"}})), names{"leitung"});
  EXPECT_TRUE(users(matrix({{"show", "gaps"}})).empty()) << "everything is covered";
  EXPECT_EQ(matrix({{"category", "finance"}})["groups"].size(), 1U);
  EXPECT_TRUE(matrix({{"q", "nobody"}}).contains("empty"));
}

TEST_F(screens_settings_test, categories_fold_and_unfold) {
  EXPECT_TRUE(row(matrix(), "leitung")["cells"].contains("type:test_drive"));
  EXPECT_FALSE(row(matrix({{"fold", "siebel_nissan"}}), "leitung")["cells"].contains("type:test_drive"));
  const auto group = matrix({{"fold", "siebel_nissan"}})["groups"][0];
  EXPECT_TRUE(row(matrix(group["toggle"]["params"]), "leitung")["cells"].contains("type:test_drive"));
}

TEST_F(screens_settings_test, many_users_get_a_right_at_once_and_it_is_taken_back_together) {
  // when: each the right on his own places, as the bar above the matrix sends it
  auto [status, result] =
      act("grant_many", {{"users", {"verkauf1", "wien1"}}, {"subject", "type:test_drive"}, {"right", "own"}});
  ASSERT_EQ(status, dms_ok) << result;
  EXPECT_EQ(row(matrix(), "verkauf1")["cells"]["type:test_drive"]["text"], "Wien");
  // then: one act in the history
  const auto history = block(tab({{"tab", "history"}}), "history")["rows"];
  ASSERT_EQ(history[0]["actions"].size(), 2U) << history[0];
  EXPECT_EQ(history[0]["actions"][1]["label"], "Alle 2 zurücknehmen");
  std::tie(status, result) = act("undo", history[0]["actions"][1]["input"]);
  EXPECT_EQ(status, dms_ok) << result;
  EXPECT_TRUE(row(matrix(), "verkauf1")["cells"]["type:test_drive"]["inherited"]);
  EXPECT_EQ(row(matrix(), "verkauf1")["cells"]["type:test_drive"]["text"], "–");
  // and as a program sends it
  EXPECT_EQ(act("grant_many",
                {{"users", {"verkauf1"}}, {"category", "finance"}, {"scope", "locations"}, {"locations", {"graz"}}})
                .first,
            dms_ok);
  EXPECT_EQ(
      act("grant_many", {{"users", {"verkauf1"}}, {"subject", "category:finance"}, {"right", "location:wien"}}).first,
      dms_ok);
  EXPECT_EQ(row(matrix(), "verkauf1")["cells"]["category:finance"]["text"], "Wien");
}

TEST_F(screens_settings_test, what_does_not_exist_is_named_and_nothing_is_changed) {
  const auto lacks = [&](const char *action, const json &input, const char *field) {
    const auto [status, result] = act(action, input);
    EXPECT_EQ(status, dms_invalid) << result;
    EXPECT_TRUE(result["fields"].contains(field)) << result;
  };
  lacks("grant_many", {{"subject", "type:test_drive"}, {"right", "all"}}, "users");
  lacks("grant_many", {{"users", {"verkauf1", "nobody"}}, {"subject", "type:test_drive"}, {"right", "all"}}, "user");
  lacks("grant_many", {{"users", {"verkauf1"}}, {"subject", "type:rocket"}, {"right", "all"}}, "type");
  lacks("grant_many", {{"users", {"verkauf1"}}, {"subject", "type:test_drive"}, {"right", "location:moon"}},
        "locations");
  lacks("copy_rights", {{"users", {"verkauf1"}}, {"from", "nobody"}}, "from");
  lacks("grant", {{"user", "verkauf1"}, {"type", "test_drive"}, {"scope", "sideways"}}, "scope");
  lacks("lead_type",
        {{"type", "test_drive"}, {"reminder_minutes", 1}, {"escalation_minutes", 2}, {"retention_months", 0}},
        "retention_months");
  EXPECT_EQ(act("undo", {{"change", "4711"}}).first, dms_not_found);
  EXPECT_EQ(act("undo", json::object()).first, dms_not_found);
  EXPECT_TRUE(house.kept().grants_of("verkauf1").empty());
}

TEST_F(screens_settings_test, the_second_admin_is_told_what_the_first_did) {
  const auto edited = row(matrix({{"cell", "wien1:type:quote_request"}}), "wien1")["editor"];
  auto input = edited["action"]["input"];
  EXPECT_EQ(input["seen"], "inherit");
  EXPECT_EQ(act("grant", {{"user", "wien1"}, {"type", "quote_request"}, {"scope", "all"}}).first, dms_ok);
  input["scope"] = "none";
  const auto [status, result] = act("grant", input);
  EXPECT_EQ(status, dms_conflict);
  EXPECT_EQ(result["message"],
            "Die Berechtigung von Martin Gruber wurde inzwischen auf „ALLE“ geändert, von Alexandra Wimmer. Ihre "
            "Eingabe ist nicht gespeichert.");
}

TEST_F(screens_settings_test, a_refusal_names_the_leads_and_leads_to_them) {
  house.import_sample();
  const auto [status, result] = act("grant", {{"user", "leitung"}, {"category", "siebel_nissan"}, {"scope", "none"}});
  EXPECT_EQ(status, dms_refused);
  const auto text = result["message"].get<std::string>();
  EXPECT_NE(text.find("Graz 1"), std::string::npos) << text;
  EXPECT_NE(text.find("Geben Sie zuerst jemand anderem ALLE"), std::string::npos) << text;
  EXPECT_EQ(result["link"]["screen"], "leads.overview");
}

TEST_F(screens_settings_test, says_what_somebody_sees_in_numbers_alone) {
  house.import_sample();
  const auto document = tab({{"tab", "sees"}, {"user", "wien1"}});
  const auto sees = block(document, "sees");
  EXPECT_EQ(sees["totals"]["total"]["value"], 1);
  EXPECT_EQ(sees["totals"]["place:wien"]["value"], 1);
  EXPECT_EQ(sees["totals"]["place:graz"]["value"], 0);
  EXPECT_FALSE(sees["totals"]["total"].contains("link")) << "the admin sees no leads: no link that lies";
  EXPECT_EQ(document.dump().find("Huber"), std::string::npos) << "no name of a prospect";
  EXPECT_THROW(tab({{"tab", "sees"}, {"user", "nobody"}}), dms::failure);
  house.load(*settings, dealership::admin(), {{"tab", "sees"}});
  house.load(*settings, dealership::admin(), {{"tab", "sees"}, {"user", "fort"}});
}

TEST_F(screens_settings_test, sources_say_how_they_are) {
  house.import_sample();
  const auto sources = block(tab({{"tab", "sources"}}), "sources");
  for (const auto &one : sources["rows"]) {
    const bool here = one["id"] == "siebel_nissan";
    EXPECT_EQ(one["cells"]["accepted"]["value"], here ? 3 : 0) << one["id"];
    EXPECT_EQ(one["cells"]["quarantined"]["value"], here ? 1 : 0) << one["id"];
    EXPECT_EQ(one["cells"]["last"]["text"] == "nie", !here) << one["id"];
  }
}

TEST_F(screens_settings_test, a_dealer_code_that_waits_shows_its_leads) {
  house.import_sample();
  const auto codes = block(tab({{"tab", "codes"}}), "codes")["rows"];
  ASSERT_GE(codes.size(), 3U);
  EXPECT_EQ(codes[0]["tone"], "bad");
  EXPECT_EQ(codes[0]["cells"]["leads"]["value"], 1);
  EXPECT_EQ(codes[0]["actions"][0]["input"]["seen"], "");
}

}  // namespace
