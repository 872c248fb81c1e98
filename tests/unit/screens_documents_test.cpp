// What the screens say and do, on a real store with the leads of the sample.
#include "unit/screens_support.hpp"

using namespace screens_support;

namespace {

class screens_test : public ::testing::Test {
 protected:
  dealership house;
  std::unique_ptr<dms::screen> overview = screens::make_overview(house.parts());
  std::unique_ptr<dms::screen> lead = screens::make_lead_page(house.parts());
  std::unique_ptr<dms::screen> settings = screens::make_settings(house.parts());
  std::unique_ptr<dms::screen> intake_log = screens::make_intake_log(house.parts());
  std::unique_ptr<dms::screen> help = screens::make_help(house.parts());

  json rows(caller who, const json &parameters = json::object()) {
    return block(house.load(*overview, std::move(who), parameters), "leads")["rows"];
  }
  /// The lead of Wien with its version.
  json some_lead() { return rows(dealership::manager(), {{"location", "wien"}}).at(0); }
  static dms_status failure_of(const std::function<void()> &body) {
    try {
      body();
    } catch (const dms::failure &reason) {
      EXPECT_NE(std::string(reason.what()), "");
      return reason.status();
    }
    return dms_ok;
  }
};

}  // namespace

TEST_F(screens_test, everybody_sees_his_leads_and_no_others) {
  const auto report = house.import_sample();
  ASSERT_EQ(report["accepted"], 3) << report;
  EXPECT_EQ(rows(dealership::manager()).size(), 3U) << "ALLE sees every location and the lead without one";
  const auto wien = rows(dealership::office());
  for (const auto &row : wien) EXPECT_EQ(row["cells"]["location"]["value"], "wien");
  EXPECT_GE(wien.size(), 1U);
  EXPECT_LT(wien.size(), 3U);
  EXPECT_TRUE(rows(dealership::sales()).empty());
  EXPECT_TRUE(rows(dealership::admin()).empty());
}

TEST_F(screens_test, the_overview_has_the_columns_and_values_that_programs_rely_on) {
  house.import_sample();
  const auto document = house.load(*overview, dealership::manager(), {{"tab", "open"}});
  const auto table = block(document, "leads");
  std::vector<std::string> columns;
  for (const auto &column : table["columns"]) columns.push_back(column["id"]);
  EXPECT_EQ(columns, (std::vector<std::string>{"received", "deadline", "type", "prospect", "model", "city", "location",
                                               "assignee", "state", "source"}));
  EXPECT_EQ(document["title"], "Lead-Übersicht");
  EXPECT_EQ(table["total"], 3);
  EXPECT_TRUE(table["next"].is_null());
  const auto &cells = table["rows"][0]["cells"];
  EXPECT_EQ(cells["received"]["value"], "2020-07-27T08:42:00Z");
  EXPECT_EQ(cells["received"]["text"], "10:42");
  EXPECT_EQ(cells["received"]["detail"], "heute");
  EXPECT_EQ(cells["state"]["value"], "received");
  EXPECT_EQ(cells["deadline"]["value"], "on_time");
  EXPECT_EQ(cells["deadline"]["text"], "Im Plan");
  EXPECT_EQ(block(document, "tabs")["items"][0]["count"], 3);
}

TEST_F(screens_test, pages_follow_each_other_without_gap_or_repeat) {
  house.import_sample();
  std::set<std::string> seen;
  std::string cursor;
  for (int page = 0; page < 3; ++page) {
    json parameters{{"limit", "1"}, {"sort", "prospect"}};
    if (!cursor.empty()) parameters["cursor"] = cursor;
    const auto table = block(house.load(*overview, dealership::manager(), parameters), "leads");
    ASSERT_EQ(table["rows"].size(), 1U);
    EXPECT_TRUE(seen.insert(table["rows"][0]["id"]).second);
    cursor = table["next"].is_null() ? "" : table["next"].get<std::string>();
  }
  EXPECT_EQ(cursor, "");
}

TEST_F(screens_test, leads_of_what_is_gone_from_the_host_can_still_be_filtered) {
  house.import_sample();
  house.by_system([](store::transaction &change) {
    auto item = change.find_lead(1);
    item->location = "villach";
    ASSERT_TRUE(change.update_lead(*item));
  });
  const auto document = house.load(*overview, dealership::manager(), {{"location", "villach"}});
  EXPECT_EQ(block(document, "leads")["total"], 1);
  const auto field = block(document, "filters")["fields"][2];
  EXPECT_EQ(field["value"], "villach");
  EXPECT_EQ(field["options"].back()["value"], "villach") << "what filters is among the choices";
  for (const auto *name : {"type", "category", "location", "assignee"}) {
    EXPECT_TRUE(rows(dealership::manager(), {{name, "never_was"}}).empty()) << name;
  }
}

TEST_F(screens_test, a_filter_that_is_not_understood_is_refused) {
  for (const auto &[name, value] :
       std::initializer_list<std::pair<const char *, const char *>>{{"tab", "everything"},
                                                                    {"state", "alive"},
                                                                    {"from", "yesterday"},
                                                                    {"stage", "9"},
                                                                    {"deadline", "never"},
                                                                    {"reason", "why"},
                                                                    {"feedback", "maybe"},
                                                                    {"sort", "-nothing"},
                                                                    {"limit", "0"},
                                                                    {"limit", "501"},
                                                                    {"limit", "many"},
                                                                    {"cursor", "rubbish"},
                                                                    {"period", "century"}}) {
    EXPECT_EQ(failure_of([&, &name = name, &value = value] {
                house.load(*overview, dealership::manager(), {{name, value}});
              }),
              dms_invalid)
        << name << "=" << value;
  }
  EXPECT_EQ(failure_of([&] { (void)overview->load(dealership::manager().call(), "[1]"); }), dms_invalid);
}

TEST_F(screens_test, every_filter_gives_a_valid_document_in_both_languages) {
  house.import_sample();
  for (const auto *locale : {"de-AT", "en"}) {
    auto who = dealership::manager();
    who.locale = locale;
    for (const json &parameters : std::initializer_list<json>{
             json::object(),
             {{"tab", "mine"}},
             {{"tab", "overdue"}},
             {{"tab", "unassigned"}},
             {{"q", "<script>"}},
             {{"type", json::array({"test_drive", "finance"})}},
             {{"from", "2020-07-01"}, {"to", "2020-07-31"}},
             {{"period", "days7"}},
             {{"location", "none"}},
             {{"assignee", "none"}},
             {{"stage", "contacted"}},
             {{"deadline", "soon"}},
             {{"feedback", "pending"}},
             {{"sort", "deadline"}},
             {{"since", "0"}},
             {{"state", json::array({"received", "assigned"})}, {"reason", "price"}, {"source", "siebel_nissan"}}}) {
      house.load(*overview, who, parameters);
    }
  }
}

TEST_F(screens_test, a_lead_is_told_in_full) {
  house.import_sample();
  const auto row = some_lead();
  const auto document = house.load(*lead, dealership::manager(), row["link"]["params"]);
  EXPECT_EQ(document["version"], row["version"]);
  EXPECT_EQ(document["record"], row["id"]);
  EXPECT_EQ(document["position"]["text"].get<std::string>().substr(0, 5), "1 von");
  for (const auto *id :
       {"lead", "steps", "person", "vehicle", "message", "consents", "matches", "feedback", "timeline"}) {
    EXPECT_FALSE(block(document, id).is_null()) << id;
  }
  EXPECT_EQ(block(document, "timeline")["items"][0]["kind"], "received");
  EXPECT_EQ(document["actions"][0]["action"], "assign");
  EXPECT_EQ(document["actions"][0]["style"], "primary");
}

TEST_F(screens_test, what_a_message_replaced_stands_in_the_timeline_and_comes_back) {
  // given a lead that was sent again with another message
  const auto send = [&](const char *message) {
    const json form{{"id", "W-1"}, {"name", "Anna Huber"}, {"email", "anna@example.at"}, {"message", message}};
    house.import("web_json", form.dump());
  };
  send("Bitte Probefahrt");
  send("Bitte Angebot");
  const auto id = rows(dealership::manager()).at(0)["id"].get<std::string>();
  auto document = house.load(*lead, dealership::manager(), {{"id", id}});
  // then the timeline says what was and what is, and offers to bring it back
  const auto update = block(document, "timeline")["items"][0];
  EXPECT_NE(update["detail"].get<std::string>().find("Bitte Probefahrt → Bitte Angebot"), std::string::npos);
  const auto wanted = update["link"]["action"].get<std::string>();
  json offered;
  for (const auto &one : document["actions"]) {
    if (one.value("id", "") == wanted) offered = one;
  }
  ASSERT_FALSE(offered.is_null()) << document["actions"];
  // when
  json input{{"id", id}, {"version", document["version"]}};
  input.update(offered["input"]);
  const auto [status, result] = house.act(*lead, dealership::manager(), "restore", input);
  ASSERT_EQ(status, dms_ok) << result;
  // then
  document = house.load(*lead, dealership::manager(), {{"id", id}});
  EXPECT_EQ(block(document, "message")["text"], "Bitte Probefahrt");
  EXPECT_EQ(block(document, "timeline")["items"][0]["title"], "Früherer Inhalt wiederhergestellt");
  EXPECT_EQ(house.act(*lead, dealership::manager(), "restore", input).first, dms_conflict);
  // and who may only look is offered nothing
  auto reader = dealership::manager();
  reader.rights.erase("leads.process");
  EXPECT_FALSE(block(house.load(*lead, reader, {{"id", id}}), "timeline")["items"][0].contains("link"));
}

TEST_F(screens_test, the_senders_time_stands_beside_the_arrival_and_in_the_export) {
  const json form{
      {"id", "T-1"}, {"name", "Carla Wartend"}, {"email", "carla@example.at"}, {"created", "20.07.2020 23:30:00"}};
  house.import("web_json", form.dump());
  const auto row = rows(dealership::manager()).at(0);
  const auto document = house.load(*lead, dealership::manager(), {{"id", row["id"]}});
  json received;
  const auto facts = block(document, "lead");
  for (const auto &one : facts["items"]) {
    if (one["id"] == "received") received = one["value"];
  }
  EXPECT_NE(received["quiet_text"].get<std::string>().find("gesendet 20.07., 23:30"), std::string::npos) << received;
  const auto file = house.load(*overview, dealership::manager(), {{"export", "csv"}});
  EXPECT_EQ(block(file, "leads")["rows"][0]["cells"]["sent"]["text"], "2020-07-20T21:30:00Z");
}

TEST_F(screens_test, only_who_wants_feedback_hears_of_an_end) {
  const json form{{"id", "W-1"}, {"name", "Anna Huber"}, {"email", "anna@example.at"}};
  house.import("web_json", form.dump());
  const auto row = rows(dealership::manager()).at(0);
  const json input{
      {"id", row["id"]}, {"version", row["version"]}, {"state", "closed"}, {"reason", "no_further_contact"}};
  const auto [status, result] = house.act(*lead, dealership::manager(), "close", input);
  ASSERT_EQ(status, dms_ok) << result;
  EXPECT_EQ(result["message"], "Der Lead ist geschlossen.");
}

TEST_F(screens_test, a_lead_that_one_may_not_see_does_not_exist) {
  house.import_sample();
  const auto id = some_lead()["id"].get<std::string>();
  EXPECT_EQ(failure_of([&] { house.load(*lead, dealership::sales(), {{"id", id}}); }), dms_not_found);
  EXPECT_EQ(failure_of([&] { house.load(*lead, dealership::sales(), {{"id", "999999"}}); }), dms_not_found);
  EXPECT_EQ(failure_of([&] { house.load(*lead, dealership::sales(), {{"id", "1 OR 1=1"}}); }), dms_not_found);
  for (const auto *action :
       {"assign", "reject", "import", "contact", "progress", "contact_result", "close", "reopen"}) {
    const json input{{"id", id},          {"version", 1},      {"user", "verkauf1"}, {"due", "2020-07-28T10:00"},
                     {"state", "closed"}, {"reason", "price"}, {"result", "tried"}};
    EXPECT_EQ(house.act(*lead, dealership::sales(), action, input).first, dms_not_found) << action;
  }
  EXPECT_EQ(house.act(*lead, dealership::sales(), "close", {{"id", id}}).first, dms_not_found)
      << "even without version";
}

TEST_F(screens_test, assign_then_the_salesperson_works_and_closes) {
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

TEST_F(screens_test, assigning_in_a_row_opens_the_dialog_of_the_lead_and_keeps_the_list) {
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

TEST_F(screens_test, closing_asks_for_the_reason_only_and_every_one_passes) {
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

TEST_F(screens_test, a_source_that_takes_no_feedback_is_told_nothing_and_nobody_says_so) {
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

TEST_F(screens_test, a_sale_can_be_taken_back_and_the_timeline_says_so) {
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

TEST_F(screens_test, a_missing_version_or_choice_is_named_at_its_field) {
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

TEST_F(screens_test, many_leads_at_once_are_answered_each_for_itself) {
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

TEST_F(screens_test, settings_show_coverage_rights_and_every_tab) {
  house.import_sample();
  for (const auto *tab : {"rights", "types", "codes", "sources", "feedback", "history"}) {
    for (const auto *locale : {"de-AT", "en"}) {
      auto who = dealership::admin();
      who.locale = locale;
      house.load(*settings, who, {{"tab", tab}});
    }
  }
  const auto document = house.load(*settings, dealership::admin(), {{"cell", "wien1:type:quote_request"}});
  EXPECT_EQ(block(document, "coverage")["tone"], "good") << block(document, "coverage");
  const auto matrix = block(document, "rights");
  const auto &row = matrix["bands"][0]["rows"][0];
  EXPECT_EQ(row["id"], "leitung");
  EXPECT_EQ(row["cells"]["category:siebel_nissan"]["text"], "ALLE");
  EXPECT_TRUE(row["cells"]["type:test_drive"]["inherited"]);
  bool edited = false;
  for (const auto &band : matrix["bands"]) {
    for (const auto &line : band["rows"]) edited = edited || line.contains("editor");
  }
  EXPECT_TRUE(edited);
  EXPECT_EQ(failure_of([&] { house.load(*settings, dealership::admin(), {{"tab", "secrets"}}); }), dms_not_found);
}

TEST_F(screens_test, the_last_ALLE_of_a_category_stays) {
  house.import_sample();
  const auto [status, result] = house.act(*settings, dealership::admin(), "grant",
                                          {{"user", "leitung"}, {"category", "siebel_nissan"}, {"scope", "none"}});
  EXPECT_EQ(status, dms_refused) << result;
  EXPECT_EQ(house
                .act(*settings, dealership::admin(), "grant",
                     {{"user", "verkauf1"}, {"type", "test_drive"}, {"scope", "locations"}, {"locations", {"graz"}}})
                .first,
            dms_ok);
  EXPECT_EQ(house
                .act(*settings, dealership::admin(), "grant",
                     {{"user", "verkauf1"}, {"type", "test_drive"}, {"scope", "locations"}})
                .first,
            dms_invalid);
  const auto history = block(house.load(*settings, dealership::admin(), {{"tab", "history"}}), "history");
  EXPECT_GE(history["rows"].size(), 1U);
}

TEST_F(screens_test, the_import_log_shows_runs_items_and_the_payload) {
  house.import_sample();
  const auto runs = block(house.load(*intake_log, dealership::admin()), "runs")["rows"];
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0]["cells"]["accepted"]["value"], 3);
  EXPECT_EQ(runs[0]["cells"]["quarantined"]["value"], 1);
  const auto run = house.load(*intake_log, dealership::admin(), runs[0]["link"]["params"]);
  const auto items = block(run, "items")["rows"];
  ASSERT_EQ(items.size(), 4U);
  const auto payload = house.load(*intake_log, dealership::admin(), block(run, "run")["link"]["params"]);
  EXPECT_NE(block(payload, "payload")["text"].get<std::string>().find("<"), std::string::npos);
  house.load(*intake_log, dealership::admin(), {{"source", "siebel_nissan"}, {"outcome", "quarantined"}});
  EXPECT_EQ(failure_of([&] { house.load(*intake_log, dealership::admin(), {{"payload", "77"}}); }), dms_not_found);
}

TEST_F(screens_test, help_speaks_both_languages) {
  for (const auto *page :
       {"first_steps", "overview", "lead", "evaluation", "settings", "sources", "intake_log", "feedback_log"}) {
    const auto german = block(house.load(*help, dealership::sales(), {{"page", page}}), page)["text"];
    auto english_reader = dealership::sales();
    english_reader.locale = "en";
    const auto english = block(house.load(*help, english_reader, {{"page", page}}), page)["text"];
    EXPECT_NE(german, english);
    EXPECT_GT(german.get<std::string>().size(), 200U);
  }
  EXPECT_EQ(failure_of([&] { house.load(*help, dealership::sales(), {{"page", "../../etc/passwd"}}); }), dms_not_found);
}

TEST_F(screens_test, help_shows_pictures_of_its_own_and_no_others) {
  const auto page = block(house.load(*help, dealership::sales(), {{"page", "overview"}}), "overview");
  ASSERT_FALSE(page["pictures"].empty());
  for (const auto &picture : page["pictures"]) {
    EXPECT_NE(page["text"].get<std::string>().find("(" + picture["source"].get<std::string>() + ")"),
              std::string::npos);
    EXPECT_GE(picture["width"], 200) << picture;
    EXPECT_GE(picture["height"], 200) << picture;
    const auto file = house.load(*help, dealership::sales(), {{"export", "png"}, {"name", picture["name"]}});
    EXPECT_EQ(file["export"], json::array({"png"}));
    EXPECT_TRUE(block(file, "export")["text"].get<std::string>().starts_with("iVBORw0KGgo"));
  }
  for (const auto *name : {"", "nothing", "../de/overview", "overview_de.png", "/etc/passwd"}) {
    EXPECT_EQ(failure_of([&] {
                house.load(*help, dealership::sales(), {{"export", "png"}, {"name", name}});
              }),
              dms_not_found)
        << name;
  }
}

TEST_F(screens_test, every_help_page_leads_back_to_what_one_may_open) {
  const auto back = [&](const caller &who, const char *page) {
    return house.load(*help, who, {{"page", page}})["back"]["screen"].get<std::string>();
  };
  EXPECT_EQ(back(dealership::admin(), "settings"), "leads.settings");
  EXPECT_EQ(back(dealership::sales(), "settings"), "leads.overview");
  EXPECT_EQ(back(dealership::sales(), "administration"), "leads.overview");
  EXPECT_EQ(back(dealership::sales(), "first_steps"), "leads.overview");
  EXPECT_EQ(back(dealership::sales(), "contacts"), "host.contacts");
}
