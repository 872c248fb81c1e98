// Umstellung and Datenschutz as documents: what is offered, what is told, and what a list that an admin uploads
// becomes.
#include "dms/cpp/encoding.hpp"
#include "integration/overview_oracle.hpp"
#include "paths.hpp"
#include "screens/cutover/cutover.hpp"
#include "screens/privacy/privacy.hpp"
#include "unit/screens_support.hpp"

using namespace screens_support;

namespace {

class upkeep_screens : public ::testing::Test {
 protected:
  static caller admin() {
    auto who = dealership::admin();
    who.rights.insert("leads.privacy");
    return who;
  }
  json rows(const char *id) { return block(house.load(*cutover, admin()), id)["rows"]; }
  json row_of(const std::string &type) {
    for (const auto &row : rows("types")) {
      if (row["id"] == type) return row;
    }
    return nullptr;
  }
  std::pair<dms_status, json> check(const std::string &list) {
    return house.act(*cutover, admin(), "check_list", {{"file", dms::base64(list)}, {"file_name", "alt.csv"}});
  }
  static std::string list() { return file_text(paths::data() + "/samples/legacy_list/old_list_2020-07.csv"); }

  dealership house;
  store::cutover_rows cutover_rows{house.kept()};
  store::privacy_rows privacy_rows{house.kept()};
  processing::cutover_desk cutover_desk{house.kept(), cutover_rows, house.parts().types, {"legacy_list"}};
  processing::privacy_desk privacy_desk{
      {house.kept(), privacy_rows, house.parts().types, house.parts().desk, nullptr, nullptr, dms::log()}};
  intake::importer::parts intake = house.intake();
  intake::held_messages held{intake, house.parts().sources, privacy_rows};
  std::vector<std::string> audited;
  std::unique_ptr<dms::screen> cutover = screens::make_cutover(
      house.parts(), {cutover_desk, cutover_rows, intake,
                      [this](const dms::call &, const std::string &source, const std::string &bytes,
                             const std::string &) { return house.import(source, bytes).dump(); }});
  std::unique_ptr<dms::screen> privacy = screens::make_privacy(
      house.parts(), {privacy_desk, privacy_rows,
                      [this](const dms::call &, const std::string &action, const std::string &subject,
                             const std::string &detail) { audited.push_back(action + "|" + subject + "|" + detail); },
                      [] {}, held, true});
};

}  // namespace

TEST_F(upkeep_screens, the_readiness_of_each_type_is_told_with_where_it_is_mended) {
  const auto before = row_of("test_drive");
  EXPECT_EQ(before["cells"]["feed"]["tone"], "bad");
  EXPECT_EQ(before["cells"]["feed"]["detail_link"]["screen"], "leads.help");
  EXPECT_EQ(before["cells"]["codes"]["tone"], "good");
  EXPECT_EQ(before["cells"]["all"]["text"], "Sabine Hofer");
  EXPECT_EQ(before["cells"]["feedback"]["detail_link"]["screen"], "leads.settings");
  EXPECT_EQ(block(house.load(*cutover, admin()), "ready")["tone"], "warn");
  // when the feed has come, with a dealer code that nobody has mapped
  house.import_sample();
  const auto after = row_of("test_drive");
  EXPECT_EQ(after["cells"]["feed"]["tone"], "good");
  EXPECT_EQ(after["cells"]["codes"]["text"], "1 nicht zugeordnet");
  EXPECT_EQ(after["cells"]["codes"]["detail_link"]["params"]["tab"], "codes");
  // of several types it alarms once, and of types that this dealer does not have never
  const auto types = rows("types");
  const auto alarms = std::count_if(types.begin(), types.end(),
                                    [](const json &row) { return row["cells"]["codes"].value("tone", "") == "bad"; });
  EXPECT_EQ(alarms, 1);
  for (const auto &row : types) {
    if (row["cells"]["phase"]["text"] == "nicht in Verwendung") {
      for (const auto *cell : {"feed", "codes", "all", "feedback"}) {
        EXPECT_NE(row["cells"][cell].value("tone", ""), "bad") << row;
      }
    }
  }
}

TEST_F(upkeep_screens, a_date_is_offered_as_long_as_it_can_be_kept) {
  // given a type of which nothing is here
  ASSERT_EQ(house.act(*cutover, admin(), "cutover", {{"type", "test_drive"}, {"active_from", "never"}}).first, dms_ok);
  EXPECT_EQ(row_of("test_drive")["cells"]["phase"]["text"], "im alten System");
  ASSERT_EQ(house.act(*cutover, admin(), "cutover", {{"type", "test_drive"}, {"active_from", "2020-08-01"}}).first,
            dms_ok);
  EXPECT_EQ(row_of("test_drive")["cells"]["phase"]["text"], "ab 01.08.2020");
  EXPECT_EQ(row_of("test_drive")["actions"].size(), 3U) << "change, from now on, take back";
  ASSERT_EQ(house.act(*cutover, admin(), "cutover", {{"type", "test_drive"}, {"active_from", "now"}}).first, dms_ok);
  EXPECT_EQ(row_of("test_drive")["cells"]["phase"]["text"], "im neuen System");
  // bad input
  const auto [status, answer] =
      house.act(*cutover, admin(), "cutover", {{"type", "test_drive"}, {"active_from", "morgen"}});
  EXPECT_EQ(status, dms_invalid);
  EXPECT_TRUE(answer["fields"].contains("active_from"));
  EXPECT_EQ(house.act(*cutover, admin(), "cutover", {{"type", "nothing"}, {"active_from", "now"}}).first, dms_invalid);
  EXPECT_EQ(house.act(*cutover, admin(), "cutover", json::object()).first, dms_invalid);
  EXPECT_EQ(house.act(*cutover, admin(), "nothing", json::object()).first, dms_not_found);
}

TEST_F(upkeep_screens, an_old_list_is_checked_shown_and_taken_over_by_the_one_who_uploaded_it) {
  const auto [status, checked] = check(list());
  ASSERT_EQ(status, dms_ok) << checked;
  EXPECT_EQ(checked["message"],
            "„alt.csv“ ist geprüft: Neu: 3, schon hier: 0, im alten System: 1, nicht brauchbar: 0.");
  const auto id = checked["link"]["params"]["list"];
  const auto shown = house.load(*cutover, admin(), {{"list", id}});
  EXPECT_EQ(block(shown, "leads")["rows"].size(), 4U);
  EXPECT_EQ(block(shown, "leads")["rows"][0]["cells"]["assignee"]["text"], "Lukas Steiner");
  EXPECT_EQ(block(shown, "leads")["rows"][3]["cells"]["becomes"]["value"], "stays");
  EXPECT_EQ(rows("lists").size(), 1U);
  // another admin neither sees it nor takes it over
  auto other = admin();
  other.user = "leitung";
  EXPECT_THROW(house.load(*cutover, other, {{"list", id}}), dms::failure);
  EXPECT_EQ(house.act(*cutover, other, "import_list", {{"list", id}}).first, dms_not_found);
  // when
  const auto [taken, report] = house.act(*cutover, admin(), "import_list", {{"list", id}});
  ASSERT_EQ(taken, dms_ok) << report;
  EXPECT_EQ(report["message"], "Übernommen: 3, schon hier: 0, im alten System: 1, zurückgestellt: 0.");
  EXPECT_EQ(house.act(*cutover, admin(), "import_list", {{"list", id}}).first, dms_not_found) << "once";
  // then the same list again is known
  const auto again = check(list()).second;
  EXPECT_NE(again["message"].get<std::string>().find("Neu: 0, schon hier: 3"), std::string::npos) << again;
  EXPECT_EQ(house.act(*cutover, admin(), "drop_list", {{"list", again["link"]["params"]["list"]}}).first, dms_ok);
}

TEST_F(upkeep_screens, a_type_that_comes_later_is_shown_as_coming_later) {
  ASSERT_EQ(house.act(*cutover, admin(), "cutover", {{"type", "test_drive"}, {"active_from", "2020-08-01"}}).first,
            dms_ok);
  const auto id = check(list()).second["link"]["params"]["list"];
  const auto shown = house.load(*cutover, admin(), {{"list", id}});
  EXPECT_EQ(block(shown, "leads")["rows"][0]["cells"]["becomes"]["text"], "kommt ab 01.08.2020 dazu");
  EXPECT_FALSE(block(shown, "later").is_null());
}

TEST_F(upkeep_screens, files_that_are_no_list_are_told_at_the_field) {
  for (const auto &bytes :
       {std::string(), std::string("a;b\n1;2\n"), std::string("\xff\xfe\x00", 3), std::string(5 << 20, 'x')}) {
    const auto [status, answer] = check(bytes);
    EXPECT_EQ(status, dms_invalid) << bytes.size();
    EXPECT_TRUE(answer["fields"].contains("file")) << answer;
  }
  EXPECT_EQ(house.act(*cutover, admin(), "check_list", {{"source", "siebel_nissan"}, {"file", "YQ=="}}).first,
            dms_invalid);
  EXPECT_THROW(house.load(*cutover, admin(), {{"list", "4711"}}), dms::failure);
}

TEST_F(upkeep_screens, people_who_share_an_address_are_asked_for_one_by_one) {
  // given a couple, and somebody with the same placeholder
  const auto form = [](const char *id, const char *name, const char *email, const char *phone) {
    return json{{"id", id}, {"name", name}, {"email", email}, {"phone", phone}};
  };
  house.import("web_json", json::array({form("S-1", "Anna Huber", "huber@example.at", "0664 5550142"),
                                        form("S-2", "Karl Huber", "huber@example.at", "0664 5550142")})
                               .dump());
  // when one searches as people write a number
  const auto shared = house.load(*privacy, admin(), {{"phone", "0664/5550142"}});
  // then it is to be said whose leads are meant, and nothing can be anonymised yet
  const auto choice = block(shared, "others");
  ASSERT_EQ(choice["rows"].size(), 2U);
  EXPECT_FALSE(shared.contains("actions"));
  EXPECT_TRUE(block(shared, "leads").is_null());
  // when one of them is chosen
  const auto chosen = choice["rows"][0]["cells"]["choose"]["link"]["params"];
  const auto one = house.load(*privacy, admin(), chosen);
  EXPECT_EQ(block(one, "leads")["rows"].size(), 1U);
  EXPECT_EQ(one["actions"][0]["input"]["leads"], json::array({chosen["lead"]}));
  // when the other one is said to be the same person
  const auto both = house.load(*privacy, admin(), block(one, "others")["rows"][0]["cells"]["choose"]["link"]["params"]);
  EXPECT_EQ(block(both, "leads")["rows"].size(), 2U);
  EXPECT_TRUE(block(both, "others").is_null());
  EXPECT_EQ(both["actions"][0]["input"]["leads"].size(), 2U);
}

TEST_F(upkeep_screens, a_persons_data_is_shown_given_out_and_audited) {
  house.import_sample();
  // given nobody was asked for: nothing personal, nothing in the log
  EXPECT_FALSE(block(house.load(*privacy, admin()), "retention").is_null());
  EXPECT_FALSE(block(house.load(*privacy, admin(), {{"email", "niemand@example.at"}}), "nobody").is_null());
  EXPECT_TRUE(audited.empty());
  // when
  store::lead_query any;
  const auto someone = overview_oracle::list(house.kept(), any, access::system_visibility(), now).leads.at(0);
  const auto shown = house.load(*privacy, admin(), {{"lead", std::to_string(someone.id)}});
  EXPECT_GE(block(shown, "leads")["rows"].size(), 1U);
  ASSERT_EQ(audited.size(), 1U);
  EXPECT_EQ(audited[0].find("leads.person|leads "), 0U);
  const auto file = house.load(*privacy, admin(), {{"lead", std::to_string(someone.id)}, {"export", "json"}});
  const auto data = json::parse(block(file, "export")["text"].get<std::string>());
  EXPECT_EQ(data["schema"], "dms.person/1");
  EXPECT_EQ(audited[1].substr(audited[1].size() - 11), "export json");
  // then it goes
  const auto [status, answer] =
      house.act(*privacy, admin(), "erase_person", {{"leads", shown["actions"][0]["input"]["leads"]}});
  EXPECT_EQ(status, dms_ok) << answer;
  EXPECT_EQ(block(house.load(*privacy, admin()), "protocol")["rows"].size(), data["leads"].size());
  EXPECT_FALSE(block(house.load(*privacy, admin(), {{"lead", std::to_string(someone.id)}}), "nobody").is_null());
  // and without the right nothing does
  auto without = admin();
  without.rights.erase("leads.privacy");
  EXPECT_EQ(house.act(*privacy, without, "erase_person", {{"leads", "1"}}).first, dms_forbidden);
  EXPECT_EQ(house.act(*privacy, admin(), "erase_person", json::object()).first, dms_refused);
}
