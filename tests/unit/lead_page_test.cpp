// The lead's page: what it tells of reminders and corrections, what it offers, and what bad input is answered.
#include "unit/screens_support.hpp"

using namespace screens_support;

namespace {

class lead_page_test : public ::testing::Test {
 protected:
  void SetUp() override {
    house.import_sample();
    const auto rows = block(house.load(*overview, dealership::manager(), {{"location", "wien"}}), "leads")["rows"];
    id = rows.at(0)["id"];
    version = rows.at(0)["version"];
  }
  void event(const std::string &kind, std::map<std::string, std::string> data) {
    house.by_system([&](store::transaction &inside) {
      inside.add_event({0, std::stoll(id), now, kind, {}, {}, {}, std::move(data)});
    });
  }
  json page(caller who = dealership::manager(), json more = json::object()) {
    more["id"] = id;
    return house.load(*lead, std::move(who), more);
  }
  json newest(caller who = dealership::manager()) { return block(page(std::move(who)), "timeline")["items"].at(0); }
  std::pair<dms_status, json> act(const std::string &action, json input, caller who = dealership::manager()) {
    input["id"] = id;
    if (!input.contains("version")) input["version"] = std::to_string(version);
    auto came = house.act(*lead, std::move(who), action, input);
    if (came.second.contains("version")) version = came.second["version"];
    return came;
  }
  static json offered(const json &page, const std::string &action) {
    for (const auto &one : page["actions"]) {
      if (one["action"] == action) return one;
    }
    return nullptr;
  }

  void change(const std::function<void(lead_system::lead &)> &how) {
    house.by_system([&](store::transaction &inside) {
      auto item = *inside.find_lead(std::stoll(id));
      how(item);
      ASSERT_TRUE(inside.update_lead_content(item, "changed"));
      version = item.version + 1;
    });
  }
  /// "Neu:done Zugewiesen:current …"
  std::string steps() {
    std::string result;
    const auto shown = block(page(), "steps");
    for (const auto &one : shown["items"]) {
      result += (result.empty() ? "" : ", ") + one["label"].get<std::string>() + ":" + one["at"].get<std::string>();
    }
    return result;
  }
  static json field_of(const json &action, const std::string &name) {
    for (const auto &one : action["fields"]) {
      if (one["name"] == name) return one;
    }
    return nullptr;
  }

  void refuse(const std::vector<std::string> &channels) {
    house.by_system([&](store::transaction &inside) {
      auto item = *inside.find_lead(std::stoll(id));
      item.content.consents.clear();
      for (const auto &channel : channels) item.content.consents.push_back({channel, false, now, "Bitte nicht"});
      inside.update_lead_content(item, "refused");
    });
    version += 1;
  }
  json row() {
    const auto leads = block(house.load(*overview, dealership::manager()), "leads");
    for (const auto &one : leads["rows"]) {
      if (one["id"] == id) return one;
    }
    return nullptr;
  }
  json fact(const std::string &name) {
    const auto person = block(page(), "person");
    for (const auto &one : person["items"]) {
      if (one["id"] == name) return one["value"];
    }
    return nullptr;
  }
  dealership house;
  std::unique_ptr<dms::screen> overview = screens::make_overview(house.parts());
  std::unique_ptr<dms::screen> lead = screens::make_lead_page(house.parts());
  std::string id;
  std::int64_t version = 0;
};

}  // namespace

TEST_F(lead_page_test, the_files_of_an_answer_are_named_with_their_sizes) {
  event("reply_received", {{"subject", "Re: Ihre Anfrage"}, {"attachments", "1"}});
  EXPECT_EQ(newest()["detail"], "Re: Ihre Anfrage. 1 Datei kam mit und liegt im Postfach");
  event(
      "reply_received",
      {{"subject", "Re"},
       {"attachments", "3"},
       {"files", R"([{"name":"Schein.pdf","bytes":182044},{"name":"","bytes":3},{"name":"a.jpg","bytes":2400000}])"}});
  EXPECT_EQ(newest()["detail"],
            "Re. 3 Dateien kamen mit und liegen im Postfach: Schein.pdf (182 KB), eine Datei ohne Namen (1 KB), a.jpg "
            "(2 MB)");
  event("reply_received", {{"attachments", "1"}, {"files", R"([{"name":"a","bytes":9223372036854775807}])"}});
  EXPECT_NE(newest().dump().find("855 MB)"), std::string::npos) << newest();
  for (const auto *odd : {"", "{}", "[[", "[1, null, {}]", "[]"}) {
    event("reply_received", {{"attachments", "2"}, {"files", odd}});
    EXPECT_NE(newest().dump().find("2 Dateien kamen mit"), std::string::npos) << odd;
  }
}

TEST_F(lead_page_test, a_reminder_is_told_with_its_people_and_what_comes_next) {
  event("reminder", {{"users", "verkauf1"}, {"minutes", "30"}, {"escalation", std::to_string(now + 20 * minute_us)}});
  auto item = newest();
  EXPECT_EQ(item["title"], "Erinnerung");
  EXPECT_EQ(item["text"], "an Lukas Steiner: 30 Minuten ohne Erstkontakt");
  EXPECT_EQ(item["detail"], "Um 11:02 werden alle mit ALLE verständigt.");
  // and: what comes no more is not announced
  act("contact_result", {{"result", "reached"}});
  const auto timeline = block(page(), "timeline");
  for (const auto &one : timeline["items"]) EXPECT_FALSE(one.value("kind", "") == "reminder" && one.contains("detail"));
  event("escalation", {{"users", "leitung,wien1,admin,verkauf1,fort"}, {"minutes", "240"}});
  EXPECT_EQ(newest()["text"],
            "an Sabine Hofer, Martin Gruber, Alexandra Wimmer und 2 weitere: 4 Stunden ohne Erstkontakt");
}

TEST_F(lead_page_test, data_are_corrected_in_normal_form_and_the_timeline_tells_from_what) {
  // given
  const auto offer = offered(page(), "edit");
  ASSERT_TRUE(offer.is_object());
  std::map<std::string, std::string> form;
  for (const auto &one : offer["fields"]) form[one["name"]] = one.value("value", std::string{});
  EXPECT_EQ(form["phone_1"], "+43 664 1234567");
  // when: sent as it is but for three fields
  form["last_name"] = "Hübner-Moser";
  form["phone_1"] = "0660/1112223";
  form["email"] = " Anna@Example.AT ";
  const auto [status, result] = act("edit", form);
  // then
  EXPECT_EQ(status, dms_ok) << result;
  const auto item = newest();
  EXPECT_EQ(item["title"], "Daten berichtigt");
  EXPECT_EQ(item["detail"],
            "E-Mail: Anna.Huebner@example.at → Anna@example.at; Nachname: Hübner → Hübner-Moser; Telefon: +43 664 "
            "1234567 → +43 660 1112223");
  EXPECT_EQ(page()["title"], "Anna Hübner-Moser");
}

TEST_F(lead_page_test, bad_data_are_answered_beside_their_fields_and_change_nothing) {
  const auto bad = [&](const char *field, const std::string &text) {
    const auto [status, result] = act("edit", {{field, text}});
    EXPECT_EQ(status, dms_invalid) << field << ": " << result;
    EXPECT_TRUE(result["fields"].contains(field)) << result;
  };
  bad("email", "keine Adresse");
  bad("phone_1", "ruf mich an");
  bad("phone_3", "0");
  bad("country", "Atlantis");
  bad("salutation", "dr");
  bad("first_name", std::string(201, 'x'));
  bad("street", "a\nb");
  const auto [status, result] = act("edit", {{"last_name", ""}, {"company", ""}});
  EXPECT_TRUE(result["fields"].contains("last_name")) << result;
  EXPECT_EQ(page()["version"], version);
}

TEST_F(lead_page_test, a_correction_that_is_too_late_or_not_allowed_is_told_so) {
  EXPECT_EQ(act("edit", {{"city", "Linz"}, {"version", std::to_string(version + 7)}}).first, dms_conflict);
  EXPECT_EQ(act("edit", {{"city", "Linz"}}, dealership::office()).first, dms_forbidden);
  EXPECT_EQ(act("edit", {{"city", "Linz"}}, dealership::sales()).first, dms_not_found);
  EXPECT_EQ(house.act(*lead, dealership::manager(), "edit", {{"id", id}, {"city", "Linz"}}).first, dms_invalid);
  EXPECT_TRUE(offered(page(dealership::office()), "edit").is_null());
}

TEST_F(lead_page_test, a_refused_phone_is_no_way_to_anybody_neither_in_the_list_nor_on_the_page) {
  // given
  refuse({});
  ASSERT_TRUE(fact("phone").contains("link"));
  // when
  refuse({"phone"});
  // then: the list offers the e-mail, the page strikes the number through
  EXPECT_EQ(row()["contact"]["href"], "mailto:Anna.Huebner@example.at");
  EXPECT_EQ(row()["cells"]["prospect"]["detail"], "Anna.Huebner@example.at");
  EXPECT_EQ(row().dump().find("tel:"), std::string::npos);
  EXPECT_EQ(fact("phone")["struck"], true);
  EXPECT_EQ(fact("phone")["quiet_text"], "Anruf nicht erlaubt");
  EXPECT_FALSE(fact("phone").contains("link"));
  EXPECT_TRUE(fact("email").contains("link"));
  // and: no call is planned, whoever asks for it
  const auto kinds = offered(page(), "contact")["fields"].at(1);
  EXPECT_EQ(kinds["value"], "email");
  for (const auto &one : kinds["options"]) EXPECT_NE(one["value"], "phone");
}

TEST_F(lead_page_test, where_every_channel_is_refused_the_list_says_so_and_the_export_names_them) {
  refuse({"phone", "email", "sms", "post"});
  EXPECT_FALSE(row().contains("contact"));
  EXPECT_EQ(row()["cells"]["prospect"]["detail"], "Anruf und E-Mail nicht erlaubt");
  EXPECT_EQ(fact("email")["quiet_text"], "E-Mail nicht erlaubt");
  EXPECT_EQ(fact("address")["quiet_text"], "Post nicht erlaubt");
  const auto leads = block(house.load(*overview, dealership::manager(), {{"export", "csv"}}), "leads");
  for (const auto &one : leads["rows"]) {
    const auto &cell = one["cells"]["refused"];
    EXPECT_EQ(cell["text"], one["id"] == id ? "Telefon, E-Mail, SMS, Post" : "");
    EXPECT_EQ(cell["value"], one["id"] == id ? "phone email sms post" : "");
  }
}

TEST_F(lead_page_test, a_note_needs_no_version_whatever_others_have_done_meanwhile) {
  EXPECT_EQ(act("note", {{"comment", "Ruft nach 16 Uhr zurück"}, {"version", std::to_string(version + 7)}}).first,
            dms_ok);
  EXPECT_EQ(house.act(*lead, dealership::manager(), "note", {{"id", id}, {"comment", "Noch etwas"}}).first, dms_ok);
  EXPECT_EQ(newest()["quote"], "Noch etwas");
}

TEST_F(lead_page_test, a_note_stands_in_the_timeline_and_an_empty_one_is_none) {
  EXPECT_EQ(act("note", {{"comment", "Ruft nach 16 Uhr zurück"}}).first, dms_ok);
  EXPECT_EQ(newest()["quote"], "Ruft nach 16 Uhr zurück");
  EXPECT_TRUE(act("note", {{"comment", " "}}).second["fields"].contains("comment"));
}

TEST_F(lead_page_test, who_chooses_nobody_links_nobody) {
  const auto [status, result] = act("import", {{"link", "yes"}});
  EXPECT_EQ(status, dms_invalid);
  EXPECT_EQ(result["fields"]["customer"], "Wählen Sie zuerst einen Kunden.");
  EXPECT_EQ(page()["version"], version);
}

TEST_F(lead_page_test, no_customer_is_made_where_the_lead_cannot_be_given_away_with_it) {
  const auto before = page()["version"];
  const auto [status, result] = act("import", {{"user", "nobody_here"}});
  EXPECT_EQ(status, dms_invalid);
  EXPECT_TRUE(result["fields"].contains("user"));
  EXPECT_EQ(page()["version"], before);
  EXPECT_TRUE(offered(page(), "undo_import").is_null());
}

TEST_F(lead_page_test, an_import_can_be_taken_back_while_it_is_offered) {
  EXPECT_TRUE(offered(page(), "undo_import").is_null());
  ASSERT_EQ(act("import", json::object()).first, dms_ok);
  const auto offer = offered(page(), "undo_import");
  ASSERT_TRUE(offer.is_object());
  EXPECT_NE(offer["text"].get<std::string>().find("77"), std::string::npos);
  auto tomorrow = dealership::manager();
  tomorrow.at = now + day_us;
  EXPECT_TRUE(offered(page(tomorrow), "undo_import").is_null());
  EXPECT_EQ(act("undo_import", json::object(), tomorrow).first, dms_refused);
  EXPECT_EQ(act("undo_import", json::object()).first, dms_ok);
  EXPECT_EQ(newest()["title"], "Import zurückgenommen");
}

TEST_F(lead_page_test, the_search_for_a_customer_keeps_what_was_typed) {
  const auto found = page(dealership::manager(), {{"find", "huber"}});
  EXPECT_EQ(block(found, "customer_search")["fields"][0]["value"], "huber");
  EXPECT_EQ(block(found, "matches")["items"][0]["id"], "10482");
  EXPECT_TRUE(block(page(), "customer_search").is_null());
}

TEST_F(lead_page_test, the_bar_shows_the_steps_of_the_type_and_what_happened) {
  // given: a test drive that was sold without one
  act("assign", {{"user", "verkauf1"}});
  EXPECT_EQ(steps(),
            "Neu:done, Zugewiesen:current, In Bearbeitung:ahead, Probefahrt vereinbart:ahead, "
            "Probefahrt durchgeführt:ahead, Angebot erstellt:ahead, Verkauft:ahead");
  act("progress", {{"state", "offer"}});
  act("close", {{"reason", "sale"}});
  EXPECT_EQ(steps(),
            "Neu:done, Zugewiesen:done, In Bearbeitung:skipped, Probefahrt vereinbart:skipped, "
            "Probefahrt durchgeführt:skipped, Angebot erstellt:done, Verkauft:current");
  // when: it is an expiring contract, then: there is no test drive at all
  change([](auto &item) { item.content.type = "finance_expiry"; });
  EXPECT_EQ(steps(), "Neu:done, Zugewiesen:done, In Bearbeitung:skipped, Angebot erstellt:done, Verkauft:current");
  // when: it is a quote, then: a test drive stands there only if there was one
  change([](auto &item) { item.content.type = "quote_request"; });
  EXPECT_EQ(steps(), "Neu:done, Zugewiesen:done, In Bearbeitung:skipped, Angebot erstellt:done, Verkauft:current");
  change([](auto &item) { item.reached |= {stage::test_drive}; });
  EXPECT_EQ(steps(),
            "Neu:done, Zugewiesen:done, In Bearbeitung:skipped, Probefahrt durchgeführt:done, Angebot erstellt:done, "
            "Verkauft:current");
  // when: it is lost, then: it ends where it came to
  change([](auto &item) {
    item.state = lead_state::lost;
    item.reason = "price";
  });
  EXPECT_EQ(steps(),
            "Neu:done, Zugewiesen:done, In Bearbeitung:skipped, Probefahrt durchgeführt:done, Angebot erstellt:done, "
            "Verloren:current");
}

TEST_F(lead_page_test, only_steps_of_the_type_are_offered) {
  act("assign", {{"user", "verkauf1"}});
  EXPECT_FALSE(offered(page(), "agree_test_drive").is_null());
  change([](auto &item) { item.content.type = "finance_expiry"; });
  const auto shown = page();
  EXPECT_TRUE(offered(shown, "agree_test_drive").is_null());
  for (const auto &one : shown["actions"]) EXPECT_NE(one.value("id", ""), "progress_test_drive_done");
  const auto [status, result] = act("agree_test_drive", {{"due", "2020-07-28T10:00"}});
  EXPECT_EQ(status, dms_refused);
  EXPECT_EQ(result["message"], "Leads dieses Typs haben keinen Schritt „Probefahrt vereinbart“.");
}

TEST_F(lead_page_test, a_test_drive_is_offered_at_the_wish_moved_into_opening_hours) {
  act("assign", {{"user", "verkauf1"}});
  struct row {
    const char *wish, *offered;
  };
  const screens::writer write(house.parts().texts.in("de"), "Europe/Vienna", now);
  for (const auto &[wish, expected] : {row{"2020-07-29T16:30", "2020-07-29T16:30"},     // as wished
                                       row{"2020-08-01T14:00", "2020-08-03T08:00"},     // a Saturday
                                       row{"2020-07-29T21:15", "2020-07-30T08:00"},     // in the evening
                                       row{"2020-07-20T10:00", "2020-07-27T13:00"}}) {  // over: two hours from now
    change([&, wish = wish](auto &item) { item.content.appointment_at = write.parse(wish); });
    const auto asked = offered(page(), "agree_test_drive");
    EXPECT_EQ(field_of(asked, "due")["value"], expected) << wish;
    EXPECT_NE(field_of(asked, "due")["hint"].get<std::string>().find("Wunsch"), std::string::npos);
    EXPECT_EQ(field_of(asked, "user")["value"], "verkauf1");
    EXPECT_FALSE(field_of(asked, "vehicle")["value"].get<std::string>().empty());
  }
  // and: nobody is called in the night, whatever the hour at which one plans
  for (const time_us hours : {0, 3, 6, 12, 17, 21}) {
    auto who = dealership::manager();
    who.at = now - 10 * hour_us + hours * hour_us;
    const auto due = field_of(offered(page(who), "contact"), "due")["value"].get<std::string>();
    const auto hour = std::stoi(due.substr(11, 2));
    EXPECT_TRUE(hour >= 8 && hour <= 18) << due;
  }
}

TEST_F(lead_page_test, the_agreed_appointment_stands_apart_from_the_wish) {
  act("assign", {{"user", "verkauf1"}});
  const screens::writer write(house.parts().texts.in("de"), "Europe/Vienna", now);
  change([&](auto &item) { item.content.appointment_at = write.parse("2020-07-29T16:30"); });
  const auto wish = [&] {
    const auto rows = block(house.load(*overview, dealership::manager()), "leads")["rows"];
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto &row) { return row["id"] == id; });
    return (*found)["cells"]["model"]["detail"].template get<std::string>();
  };
  const auto agreed = [&] {
    const auto lead_block = block(page(), "lead");
    for (const auto &one : lead_block["items"]) {
      if (one["id"] == "agreed") return one["value"]["text"].get<std::string>();
    }
    return std::string();
  };
  EXPECT_EQ(wish(), "Wunsch Mi., 29.07., 16:30");
  EXPECT_EQ(agreed(), "");
  // when: another date is agreed
  const auto [status, result] =
      act("agree_test_drive", {{"due", "2020-07-31T10:00"}, {"vehicle", "Nissan Juke"}, {"note", "kommt zu zweit"}});
  // then
  EXPECT_EQ(status, dms_ok) << result;
  EXPECT_EQ(wish(), "Termin Fr., 31.07., 10:00");
  EXPECT_EQ(agreed(), "Fr., 31.07., 10:00");
  const auto line = newest();
  EXPECT_EQ(line["title"], "Probefahrt vereinbart");
  EXPECT_EQ(line["detail"], "Fr., 31.07.2020, 10:00, Nissan Juke");
  EXPECT_EQ(line["text"], "für Lukas Steiner");
  // and: the wish is still told
  const auto vehicle_block = block(page(), "vehicle");
  for (const auto &one : vehicle_block["items"]) {
    if (one["id"] == "appointment") EXPECT_EQ(one["value"]["text"], "Mi., 29.07.2020, 16:30");
  }
  // and: it can be moved
  EXPECT_EQ(offered(page(), "agree_test_drive")["label"], "Probefahrt verschieben");
  EXPECT_EQ(field_of(offered(page(), "agree_test_drive"), "due")["value"], "2020-07-31T10:00");
  EXPECT_EQ(act("agree_test_drive", {{"due", "soon"}}).second["fields"].contains("due"), true);
  EXPECT_EQ(act("agree_test_drive", {{"due", "2020-07-31T10:00"}, {"vehicle", std::string(300, 'x')}}).first,
            dms_invalid);
  EXPECT_EQ(act("agree_test_drive", {{"due", "2020-08-03T11:30"}}).first, dms_ok);
  EXPECT_EQ(agreed(), "Mo., 03.08., 11:30");
}
