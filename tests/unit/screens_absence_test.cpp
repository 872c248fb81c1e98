// The pages around absence, assignment and duplicates, as documents and actions.
#include "processing/absence_desk.hpp"
#include "screens/people/absence.hpp"
#include "unit/screens_fixture.hpp"

using namespace screens_support;

namespace {

class absence_screen_test : public screens_test {
 protected:
  static caller with(caller who, std::initializer_list<const char *> rights) {
    for (const auto *right : rights) who.rights.insert(right);
    return who;
  }
  static caller manager() { return with(dealership::manager(), {"leads.absence", "leads.absences"}); }
  static caller sales() { return with(dealership::sales(), {"leads.absence"}); }

  processing::absence_desk desk{
      {house.kept(), house.parts().organisation, house.parts().desk, house.parts().settings, nullptr}};
  std::unique_ptr<dms::screen> absence = screens::make_absence(house.parts(), desk);
};

}  // namespace

TEST_F(absence_screen_test, whoever_is_away_stands_there_and_beside_his_name_wherever_he_is_chosen) {
  house.import_sample();
  // given: today is 27 July 2020 there
  const json input{{"user", "verkauf1"}, {"from", "2020-07-27"}, {"to", "2020-07-31"}, {"deputy", "leitung"}};
  EXPECT_EQ(house.act(*absence, sales(), "enter_absence", input).first, dms_ok);
  // then
  const auto rows_of_absence = block(house.load(*absence, manager()), "absences")["rows"];
  ASSERT_EQ(rows_of_absence.size(), 1U);
  EXPECT_EQ(rows_of_absence[0]["cells"]["who"]["text"], "Lukas Steiner");
  EXPECT_EQ(rows_of_absence[0]["actions"].back()["action"], "end_absence");
  const auto page = house.load(*lead, manager(), {{"id", some_lead()["id"]}});
  EXPECT_NE(page.dump().find("Lukas Steiner (abwesend bis 31.07.2020, Vertretung: Sabine Hofer)"), std::string::npos);
  const auto list = house.load(*overview, manager());
  EXPECT_NE(list.dump().find("Lukas Steiner (abwesend bis"), std::string::npos);
  EXPECT_EQ(block(house.load(*absence, manager()), "represents")["type"], "notice");
  // and: back again
  const json end{{"id", rows_of_absence[0]["id"]}};
  EXPECT_EQ(house.act(*absence, sales(), "end_absence", end).first, dms_ok);
  EXPECT_EQ(house.act(*absence, sales(), "end_absence", end).first, dms_not_found);
  EXPECT_TRUE(block(house.load(*absence, manager()), "absences")["rows"].empty());
}

TEST_F(absence_screen_test, what_is_wrong_is_said_at_its_field_and_of_others_nobody_enters_it) {
  EXPECT_EQ(
      house.act(*absence, sales(), "enter_absence", {{"user", "wien1"}, {"from", "2020-07-27"}, {"to", "2020-07-28"}})
          .first,
      dms_forbidden);
  const auto [status, wrong] = house.act(*absence, sales(), "enter_absence", {{"from", "27.7."}, {"to", "2020-07-28"}});
  EXPECT_EQ(status, dms_invalid);
  EXPECT_TRUE(wrong["fields"].contains("from")) << wrong;
  EXPECT_EQ(house.act(*absence, sales(), "end_absence", {{"id", "x"}}).first, dms_not_found);
  EXPECT_EQ(house.act(*absence, sales(), "hand_over", {{"user", "wien1"}, {"to", "verkauf1"}}).first, dms_forbidden);
  const auto [no, where] = house.act(*absence, sales(), "hand_over", {{"user", "verkauf1"}, {"to", "nobody"}});
  EXPECT_EQ(no, dms_invalid);
  EXPECT_TRUE(where["fields"].contains("to")) << where;
  EXPECT_EQ(house.act(*absence, sales(), "dance", json::object()).first, dms_not_found);
}

TEST_F(absence_screen_test, leads_are_handed_over_at_once) {
  house.import_sample();
  const auto row = some_lead();
  ASSERT_EQ(
      house.act(*lead, manager(), "assign", {{"id", row["id"]}, {"version", row["version"]}, {"user", "verkauf1"}})
          .first,
      dms_ok);
  const auto [status, said] = house.act(*absence, sales(), "hand_over", {{"user", "verkauf1"}, {"to", "leitung"}});
  EXPECT_EQ(status, dms_ok);
  EXPECT_EQ(said["message"], "1 Lead wurde an Sabine Hofer übergeben.");
}

TEST_F(absence_screen_test, a_lead_without_owner_is_taken_over_with_one_press) {
  house.import_sample();
  const auto id = some_lead()["id"].get<std::string>();
  // A manager has it beside the dialog on the lead's page.
  const auto page = house.load(*lead, manager(), {{"id", id}});
  const auto take = std::find_if(page["actions"].begin(), page["actions"].end(),
                                 [](const json &one) { return one.value("id", "") == "take"; });
  ASSERT_NE(take, page["actions"].end());
  EXPECT_EQ((*take)["input"]["user"], "leitung");
  // Somebody who may only take over has it in the row.
  house.by_system([](store::transaction &change) {
    change.set_grant({"verkauf1", true, "siebel_nissan", access::scope::all, {}}, "admin", 1);
  });
  const auto mine = rows(sales(), {{"location", "wien"}}).at(0)["cells"]["assignee"];
  EXPECT_EQ(mine["detail_action"]["action"], "assign");
  EXPECT_EQ(mine["detail_action"]["input"]["user"], "verkauf1");
}

TEST_F(absence_screen_test, where_new_leads_go_by_themselves_is_set_by_type_and_location) {
  const auto table = block(house.load(*settings, dealership::admin(), {{"tab", "assignment"}}), "assignment");
  const auto row = table["rows"][0];
  const auto change = row["actions"][0];
  EXPECT_EQ(house
                .act(*settings, dealership::admin(), "assignment",
                     {{"type", change["input"]["type"]}, {"seen", ""}, {"locations", {"wien", "*none"}}})
                .first,
            dms_ok);
  EXPECT_EQ(house
                .act(*settings, dealership::admin(), "assignment",
                     {{"type", change["input"]["type"]}, {"seen", ""}, {"locations", {"wien"}}})
                .first,
            dms_conflict);
  const auto after = house.load(*settings, dealership::admin(), {{"tab", "assignment"}});
  EXPECT_EQ(block(after, "assignment")["rows"][0]["cells"]["where"]["value"], "*none, wien");
  const auto history = block(house.load(*settings, dealership::admin(), {{"tab", "history"}}), "history");
  EXPECT_EQ(history["rows"][0]["cells"]["what"]["text"], "Zuteilung");
  EXPECT_EQ(history["rows"][0]["cells"]["is"]["text"], "Ohne Standort, Wien");
}

TEST_F(absence_screen_test, a_duplicate_says_of_which_in_list_and_page_and_is_taken_back) {
  house.import_sample();
  const auto all = rows(manager());
  ASSERT_EQ(all.size(), 3U);
  const auto kept = all[0]["id"].get<std::string>(), twice = all[1]["id"].get<std::string>();
  ASSERT_EQ(house.act(*lead, manager(), "note", {{"id", twice}, {"comment", "Ruft nach drei zurück."}}).first, dms_ok);
  const auto version = house.load(*lead, manager(), {{"id", twice}})["version"];
  // given: neither a choice nor a number
  EXPECT_EQ(house.act(*lead, manager(), "close_duplicate", {{"id", twice}, {"version", version}}).first, dms_invalid);
  const auto wrong =
      house.act(*lead, manager(), "close_duplicate", {{"id", twice}, {"version", version}, {"number", "4711"}}).second;
  EXPECT_TRUE(wrong["fields"].contains("number")) << wrong;
  // when
  const auto [status, said] =
      house.act(*lead, manager(), "close_duplicate", {{"id", twice}, {"version", version}, {"number", kept}});
  EXPECT_EQ(status, dms_ok) << said;
  // then
  for (const auto &row : rows(manager(), {{"tab", "all"}})) {
    if (row["id"] == twice) EXPECT_EQ(row["cells"]["state"]["detail"], "Dublette von " + kept);
  }
  EXPECT_EQ(block(house.load(*lead, manager(), {{"id", twice}}), "duplicate_of")["type"], "notice");
  const auto page = house.load(*lead, manager(), {{"id", kept}});
  EXPECT_EQ(block(page, "duplicates")["type"], "notice");
  EXPECT_NE(block(page, "timeline").dump().find("Ruft nach drei zurück."), std::string::npos);
  // when
  EXPECT_EQ(house.act(*lead, manager(), "undo_duplicate", {{"id", twice}, {"version", said["version"]}}).first, dms_ok);
  // then
  EXPECT_TRUE(block(house.load(*lead, manager(), {{"id", kept}}), "duplicates").is_null());
}

TEST_F(absence_screen_test, the_duplicate_of_a_duplicate_leads_to_the_one_that_goes_on) {
  // given: the third is a duplicate of the second, and that one of the first
  house.import_sample();
  const auto all = rows(manager());
  const auto head = all[0]["id"].get<std::string>(), middle = all[1]["id"].get<std::string>(),
             last = all[2]["id"].get<std::string>();
  const auto page = [&](const std::string &id) { return house.load(*lead, manager(), {{"id", id}}); };
  const auto close = [&](const std::string &id, const std::string &kept) {
    return house.act(*lead, manager(), "close_duplicate",
                     {{"id", id}, {"version", page(id)["version"]}, {"number", kept}});
  };
  ASSERT_EQ(house.act(*lead, manager(), "note", {{"id", last}, {"comment", "Ruft nach drei zurück."}}).first, dms_ok);
  ASSERT_EQ(close(last, middle).first, dms_ok);
  // when
  ASSERT_EQ(close(middle, head).first, dms_ok);
  // then
  const auto of_last = block(page(last), "duplicate_of");
  EXPECT_NE(of_last.dump().find("Lead " + middle + ", der eine Dublette von Lead " + head), std::string::npos)
      << of_last;
  EXPECT_EQ(of_last["link"]["params"]["id"], head);
  const auto of_middle = block(page(middle), "duplicate_of");
  EXPECT_EQ(of_middle["link"]["params"]["id"], head);
  EXPECT_NE(of_middle.dump().find("Dubletten dieses Leads: " + last), std::string::npos) << of_middle;
  const auto of_head = page(head);
  EXPECT_NE(block(of_head, "duplicates").dump().find(middle + ", " + last), std::string::npos);
  EXPECT_NE(block(of_head, "timeline").dump().find("Ruft nach drei zurück."), std::string::npos);
  // when: one that is opened again is none any more
  ASSERT_EQ(house.act(*lead, manager(), "reopen", {{"id", middle}, {"version", page(middle)["version"]}}).first,
            dms_ok);
  // then
  EXPECT_TRUE(block(page(head), "duplicates").is_null());
  EXPECT_EQ(block(page(last), "duplicate_of")["link"]["params"]["id"], middle);
  EXPECT_NE(block(page(middle), "duplicates").dump().find(last), std::string::npos);
}

TEST_F(absence_screen_test, whoever_may_not_see_the_one_that_goes_on_does_not_learn_its_number) {
  // given: the last of a chain is a salesperson's, who has no right for the others
  house.import_sample();
  const auto all = rows(manager());
  const auto head = all[0]["id"].get<std::string>(), middle = all[1]["id"].get<std::string>(),
             last = all[2]["id"].get<std::string>();
  const auto act = [&](const std::string &what, const std::string &id, const json &more) {
    json sent{{"id", id}, {"version", house.load(*lead, manager(), {{"id", id}})["version"]}};
    sent.update(more);
    return house.act(*lead, manager(), what, sent).first;
  };
  ASSERT_EQ(act("assign", last, {{"user", "verkauf1"}}), dms_ok);
  ASSERT_EQ(act("close_duplicate", last, {{"number", middle}}), dms_ok);
  ASSERT_EQ(act("close_duplicate", middle, {{"number", head}}), dms_ok);
  ASSERT_NE(block(house.load(*lead, manager(), {{"id", last}}), "duplicate_of").dump().find("Lead " + head),
            std::string::npos);
  // when, then
  const auto his = block(house.load(*lead, sales(), {{"id", last}}), "duplicate_of");
  EXPECT_NE(his.dump().find("Dublette von Lead " + middle + "."), std::string::npos) << his;
  EXPECT_EQ(his.dump().find("Lead " + head), std::string::npos) << his;
  EXPECT_FALSE(his.contains("link")) << his;
}

TEST_F(absence_screen_test, notes_of_a_duplicate_stand_only_where_that_lead_may_be_seen) {
  house.import_sample();
  const auto all = rows(manager());
  const auto kept = all[0]["id"].get<std::string>(), twice = all[1]["id"].get<std::string>();
  ASSERT_EQ(house.act(*lead, manager(), "note", {{"id", twice}, {"comment", "Ruft nach drei zurück."}}).first, dms_ok);
  const json closing{
      {"id", twice}, {"version", house.load(*lead, manager(), {{"id", twice}})["version"]}, {"number", kept}};
  ASSERT_EQ(house.act(*lead, manager(), "close_duplicate", closing).first, dms_ok);
  // given: a salesperson has the one, and no right for the other
  const json giving{
      {"id", kept}, {"version", house.load(*lead, manager(), {{"id", kept}})["version"]}, {"user", "verkauf1"}};
  ASSERT_EQ(house.act(*lead, manager(), "assign", giving).first, dms_ok);
  // then
  const auto his = house.load(*lead, sales(), {{"id", kept}});
  EXPECT_TRUE(block(his, "duplicates").is_null()) << his;
  EXPECT_EQ(his.dump().find("Ruft nach drei zurück."), std::string::npos);
  EXPECT_NE(house.load(*lead, manager(), {{"id", kept}}).dump().find("Ruft nach drei zurück."), std::string::npos);
}

TEST_F(absence_screen_test, whoever_does_not_assign_counts_of_others_only_what_he_sees) {
  house.import_sample();
  const auto row = some_lead();
  ASSERT_EQ(house.act(*lead, manager(), "assign", {{"id", row["id"]}, {"version", row["version"]}, {"user", "leitung"}})
                .first,
            dms_ok);
  const json input{{"user", "leitung"}, {"from", "2020-07-27"}, {"to", "2020-07-31"}, {"deputy", ""}};
  ASSERT_EQ(house.act(*absence, manager(), "enter_absence", input).first, dms_ok);
  const auto leads_of = [&](const caller &who) {
    return block(house.load(*absence, who), "absences")["rows"][0]["cells"]["leads"]["text"];
  };
  EXPECT_EQ(leads_of(manager()), "1");
  EXPECT_EQ(leads_of(sales()), "0");
}
