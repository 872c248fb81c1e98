// What the screens say and do, on a real store with the leads of the sample.
#include "unit/screens_fixture.hpp"

using namespace screens_support;

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
    const auto link = house.load(*help, who, {{"page", page}})["back"];
    return link.value("screen", "the host's " + link.value("to", ""));
  };
  EXPECT_EQ(back(dealership::admin(), "settings"), "leads.settings");
  EXPECT_EQ(back(dealership::sales(), "settings"), "leads.overview");
  EXPECT_EQ(back(dealership::sales(), "administration"), "leads.overview");
  EXPECT_EQ(back(dealership::sales(), "first_steps"), "leads.overview");
  EXPECT_EQ(back(dealership::sales(), "contacts"), "the host's contacts");
  EXPECT_EQ(back(dealership::admin(), "administration"), "the host's plugins");
}
