// A user keeps filters of the overview under names of his own.
#include "unit/screens_support.hpp"

using namespace screens_support;

namespace {

class screens_saved_filters_test : public ::testing::Test {
 protected:
  dealership house;
  std::unique_ptr<dms::screen> overview = screens::make_overview(house.parts());

  json saved_of(caller who, const json &parameters = json::object()) {
    return block(house.load(*overview, std::move(who), parameters), "filters");
  }
  std::pair<dms_status, json> save(caller who, const std::string &name, const std::string &query) {
    return house.act(*overview, std::move(who), "save_filter", {{"name", name}, {"query", query}});
  }
};

}  // namespace

TEST_F(screens_saved_filters_test, the_present_filter_is_kept_under_its_name_and_leads_back) {
  const auto offered =
      saved_of(dealership::manager(), {{"tab", "open"}, {"q", "Hübner & Söhne"}, {"limit", "50"}})["save"];
  const auto [status, answer] =
      save(dealership::manager(), "Meine Söhne", offered["input"]["query"].get<std::string>());
  ASSERT_EQ(status, dms_ok) << answer;
  EXPECT_EQ(answer["message"], "Der Filter „Meine Söhne“ ist gespeichert.");

  const auto first = saved_of(dealership::manager())["saved"][0];
  EXPECT_EQ(first["link"]["label"], "Meine Söhne");
  EXPECT_EQ(first["link"]["params"], (json{{"tab", "open"}, {"q", "Hübner & Söhne"}}));
  EXPECT_EQ(saved_of(dealership::manager(), first["link"]["params"])["saved_current"], "Meine Söhne");
}

TEST_F(screens_saved_filters_test, the_same_name_replaces_and_removing_is_told) {
  save(dealership::manager(), "Eilig", "tab=open");
  save(dealership::manager(), "Eilig", "tab=overdue");
  EXPECT_EQ(saved_of(dealership::manager())["saved"][0]["link"]["params"], (json{{"tab", "overdue"}}));

  EXPECT_EQ(house.act(*overview, dealership::manager(), "forget_filter", {{"name", "Eilig"}}).first, dms_ok);
  EXPECT_EQ(house.act(*overview, dealership::manager(), "forget_filter", {{"name", "Eilig"}}).first, dms_not_found);
  EXPECT_FALSE(saved_of(dealership::manager())["saved"][0].contains("remove")) << "only what every user has is left";
}

TEST_F(screens_saved_filters_test, nobody_sees_or_removes_what_another_keeps) {
  save(dealership::manager(), "Eilig", "tab=overdue");
  const auto others = saved_of(dealership::sales());
  for (const auto &item : others["saved"]) EXPECT_NE(item["link"]["label"], "Eilig");
  EXPECT_EQ(house.act(*overview, dealership::sales(), "forget_filter", {{"name", "Eilig"}}).first, dms_not_found);
  EXPECT_EQ(saved_of(dealership::manager())["saved"][0]["link"]["label"], "Eilig");
}

TEST_F(screens_saved_filters_test, what_cannot_be_kept_is_refused_with_the_reason) {
  EXPECT_EQ(save(dealership::manager(), "", "tab=open").first, dms_invalid);
  EXPECT_EQ(save(dealership::manager(), "a\nb", "tab=open").first, dms_invalid);
  EXPECT_EQ(save(dealership::manager(), std::string(200, 'x'), "tab=open").first, dms_invalid);
  EXPECT_EQ(save(dealership::manager(), "lang", "q=" + std::string(3000, 'x')).first, dms_invalid);
  EXPECT_THROW(overview->act(dealership::manager().call(), "save_filter", R"({"name":"x","query":"tab=gibtsnicht"})"),
               dms::failure);
  for (int number = 0; number < 50; ++number) {
    ASSERT_EQ(save(dealership::manager(), "Nr. " + std::to_string(number), "tab=open").first, dms_ok);
  }
  EXPECT_EQ(save(dealership::manager(), "einer zu viel", "tab=open").first, dms_refused);
  EXPECT_EQ(save(dealership::manager(), "Nr. 7", "tab=mine").first, dms_ok) << "replacing is always possible";
}
