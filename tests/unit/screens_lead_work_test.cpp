// A lead is worked through its screens: assigned, closed, taken back, one or many at once.
#include "unit/screens_fixture.hpp"

using namespace screens_support;

namespace {

class lead_work : public screens_test {};

}  // namespace

TEST_F(lead_work, assign_then_the_salesperson_works_and_closes) {
  house.import_sample();
  const auto row = some_lead();
  const auto id = row["id"].get<std::string>();
  auto [status, result] = house.act(*lead, dealership::manager(), "assign",
                                    {{"id", id}, {"version", row["version"]}, {"user", "verkauf1"}});
  ASSERT_EQ(status, dms_ok) << result;
  EXPECT_EQ(house.woken(), 1);
  ASSERT_EQ(rows(dealership::sales(), {{"tab", "mine"}}).size(), 1U);

  const auto stale = row["version"];
  std::tie(status, result) =
      house.act(*lead, dealership::sales(), "close",
                {{"id", id}, {"version", stale}, {"state", "closed"}, {"reason", "no_further_contact"}});
  EXPECT_EQ(status, dms_conflict);
  ASSERT_EQ(result["changes"].size(), 1U) << result;
  EXPECT_EQ(result["changes"][0]["text"], "Sabine Hofer hat den Lead um 10:42 Lukas Steiner zugewiesen.");
  EXPECT_NE(result["message"].get<std::string>().find("nicht gespeichert"), std::string::npos);

  const auto fresh = house.load(*lead, dealership::sales(), {{"id", id}})["version"];
  std::tie(status, result) =
      house.act(*lead, dealership::sales(), "close",
                {{"id", id}, {"version", std::to_string(fresh.get<int>())}, {"reason", "no_further_contact"}});
  EXPECT_EQ(status, dms_ok) << result;
  const auto closed = house.load(*lead, dealership::sales(), {{"id", id}});
  EXPECT_EQ(block(closed, "timeline")["items"][0]["kind"], "closed");
  EXPECT_EQ(closed["actions"][0]["action"], "reopen");
  EXPECT_GE(block(closed, "feedback")["rows"].size(), 2U);
}

TEST_F(lead_work, assigning_in_a_row_opens_the_dialog_of_the_lead_and_keeps_the_list) {
  house.import_sample();
  const auto link = rows(dealership::manager(), {{"tab", "unassigned"}}).at(0)["cells"]["assignee"]["detail_link"];
  EXPECT_EQ(link["label"], "Zuweisen");
  EXPECT_EQ(link["action"], "assign");
  // when it is followed
  const auto page = house.load(*lead, dealership::manager(), link["params"]);
  const auto offered = std::find_if(page["actions"].begin(), page["actions"].end(),
                                    [](const auto &one) { return one["action"] == "assign"; });
  ASSERT_NE(offered, page["actions"].end());
  EXPECT_FALSE(offered->at("fields").empty()) << "there is a dialog to open";
  EXPECT_EQ(page["position"]["text"], "1 von 3 nicht zugewiesenen");
  EXPECT_EQ(page["back"]["params"]["tab"], "unassigned");
  // and: who may only take over is not promised to assign
  const auto own = rows(dealership::office(), {{"tab", "unassigned"}}).at(0)["cells"]["assignee"]["detail_link"];
  EXPECT_EQ(own["label"], dealership::office().rights.contains("leads.assign") ? "Zuweisen" : "Übernehmen");
}

TEST_F(lead_work, closing_asks_for_the_reason_only_and_every_one_passes) {
  house.import_sample();
  const auto id = some_lead()["id"].get<std::string>();
  const auto close_of = [&] {
    const auto actions = house.load(*lead, dealership::manager(), {{"id", id}})["actions"];
    for (const auto &one : actions) {
      if (one.value("id", one["action"].template get<std::string>()) == "close") return one;
    }
    return json();
  };
  const auto asked = close_of();
  ASSERT_EQ(asked["fields"].size(), 2U) << asked;
  EXPECT_EQ(asked["fields"][0]["name"], "reason");
  // then: each names what the manufacturer hears of it
  std::map<std::string, std::string> groups;
  for (const auto &one : asked["fields"][0]["options"]) {
    if (one["value"] != "") groups[one["value"]] = one["group"];
  }
  EXPECT_EQ(groups.size(), reasons().size() - 1) << "all but the sale";
  EXPECT_EQ(groups["spam"], "Ungültig/Dublette – Nissan erhält „Rejected“");
  EXPECT_EQ(groups["price"], "Verloren – Nissan erhält „Retired“");
  EXPECT_EQ(groups["no_further_contact"], "Ohne weiteren Kontakt abgeschlossen – Nissan erhält „Retired“");
  for (const auto &[why, group] : groups) {
    // when
    const auto version = house.load(*lead, dealership::manager(), {{"id", id}})["version"];
    auto [status, result] =
        house.act(*lead, dealership::manager(), "close", {{"id", id}, {"version", version}, {"reason", why}});
    // then
    ASSERT_EQ(status, dms_ok) << why << result;
    EXPECT_EQ(result["message"], "Der Lead ist geschlossen. Der Hersteller wird verständigt.");
    const auto closed = house.load(*lead, dealership::manager(), {{"id", id}});
    const auto sent = block(closed, "feedback")["rows"].back()["cells"]["message"].get<std::string>();
    const auto code = group.substr(group.find("„") + std::string("„").size());
    EXPECT_EQ(sent.substr(0, sent.find(" · ")), code.substr(0, code.find("“"))) << why;
    house.act(*lead, dealership::manager(), "reopen", {{"id", id}, {"version", closed["version"]}});
  }
}

TEST_F(lead_work, a_source_that_takes_no_feedback_is_told_nothing_and_nobody_says_so) {
  house.import_sample();
  const auto id = some_lead()["id"].get<std::string>();
  house.by_system([&](store::transaction &change) {
    store::feedback_channel none;
    none.source = "siebel_nissan";
    none.transport = "none";
    change.set_feedback_channel(none, "test", now);
  });
  const auto page = house.load(*lead, dealership::manager(), {{"id", id}});
  EXPECT_EQ(page["actions"].dump().find("erhält"), std::string::npos);
  const auto [status, result] =
      house.act(*lead, dealership::manager(), "close", {{"id", id}, {"version", page["version"]}, {"reason", "price"}});
  EXPECT_EQ(status, dms_ok) << result;
  EXPECT_EQ(result["message"], "Der Lead ist geschlossen.");
}

TEST_F(lead_work, a_sale_can_be_taken_back_and_the_timeline_says_so) {
  house.import_sample();
  const auto id = some_lead()["id"].get<std::string>();
  house.act(*lead, dealership::manager(), "close", {{"id", id}, {"version", 1}, {"reason", "sale"}});
  const auto sold = house.load(*lead, dealership::manager(), {{"id", id}});
  ASSERT_EQ(sold["actions"][0]["action"], "reopen") << sold["actions"];
  EXPECT_EQ(sold["actions"][0]["label"], "Verkauf zurücknehmen");
  EXPECT_NE(sold["actions"][0]["text"].get<std::string>().find("Nissan erhält die Rückmeldung „New“."),
            std::string::npos);
  // when
  const auto [status, result] =
      house.act(*lead, dealership::manager(), "reopen",
                {{"id", id}, {"version", sold["version"]}, {"comment", "Finanzierung platzt"}});
  // then
  EXPECT_EQ(status, dms_ok) << result;
  EXPECT_EQ(result["message"], "Der Lead ist wieder offen. Der Hersteller wird verständigt.");
  const auto open = house.load(*lead, dealership::manager(), {{"id", id}});
  const auto line = block(open, "timeline")["items"][0];
  EXPECT_EQ(line["title"], "Verkauf zurückgenommen");
  EXPECT_EQ(line["quote"], "Finanzierung platzt");
  EXPECT_EQ(block(open, "feedback")["rows"].back()["cells"]["message"], "New");
}

TEST_F(lead_work, a_missing_version_or_choice_is_named_at_its_field) {
  house.import_sample();
  const auto row = some_lead();
  const auto refused = [&](const char *action, json input) {
    input["id"] = row["id"];
    const auto [status, result] = house.act(*lead, dealership::manager(), action, input);
    EXPECT_EQ(status, dms_invalid) << result;
    return result["fields"];
  };
  EXPECT_TRUE(refused("assign", {{"user", "verkauf1"}}).contains("version"));
  EXPECT_TRUE(refused("assign", {{"version", 1}}).contains("user"));
  EXPECT_TRUE(refused("close", {{"version", 1}}).contains("reason"));
  EXPECT_TRUE(refused("contact", {{"version", 1}, {"due", "soon"}}).contains("due"));
  EXPECT_EQ(house.act(*lead, dealership::manager(), "explode", {{"id", row["id"]}, {"version", 1}}).first,
            dms_not_found);
}

TEST_F(lead_work, many_leads_at_once_are_answered_each_for_itself) {
  house.import_sample();
  json leads = json::array(), versions = json::array();
  for (const auto &row : rows(dealership::manager())) {
    leads.push_back(row["id"]);
    versions.push_back(row["id"].get<std::string>() + ":" + std::to_string(row["version"].get<int>()));
  }
  leads.push_back("999999");
  versions.push_back("999999:1");
  EXPECT_EQ(house.act(*overview, dealership::manager(), "assign", {{"leads", leads}, {"user", "verkauf1"}}).first,
            dms_invalid)
      << "without versions nothing is done";
  const auto [status, result] = house.act(*overview, dealership::manager(), "assign",
                                          {{"leads", leads}, {"versions", versions}, {"user", "verkauf1"}});
  EXPECT_EQ(status, dms_ok) << result;
  ASSERT_EQ(result["items"].size(), 4U);
  EXPECT_EQ(result["items"][0]["status"], "ok");
  EXPECT_EQ(result["items"][3]["status"], "not_found");
  const auto [again, repeated] = house.act(*overview, dealership::manager(), "assign",
                                           {{"leads", leads}, {"versions", versions}, {"user", "leitung"}});
  EXPECT_EQ(again, dms_conflict) << repeated;
}
