// "Heute": what stands in which group, what one press does, and what is not offered.
#include "unit/screens_fixture.hpp"

using namespace screens_support;

namespace {

class today_test : public screens_test {
 protected:
  void SetUp() override {
    house.host().keeps_contacts = true;
    house.import_sample();
    id = some_lead()["id"];
    change([](lead_system::lead &item) {
      item.content.preferred_channel = "phone";
      item.content.prospect.phones = {{"+436645550142", "mobile"}};
      item.content.consents.clear();
      item.assignee = "verkauf1";
      item.state = lead_state::assigned;
      item.first_contact_at = 0;
      item.escalation_at = now + hour_us;
    });
  }
  void change(const std::function<void(lead_system::lead &)> &how) {
    house.by_system([&](store::transaction &inside) {
      auto item = *inside.find_lead(std::stoll(id));
      how(item);
      ASSERT_TRUE(inside.update_lead_content(item, "changed"));
    });
  }
  void contacted() {
    change([](lead_system::lead &item) {
      item.first_contact_at = now - day_us;
      item.state = lead_state::in_progress;
      item.contact = contact_result::tried;
    });
  }
  void plan(time_us at, const std::string &kind) {
    change([&](lead_system::lead &item) {
      item.next_at = at;
      item.next_kind = kind;
    });
  }
  json page(caller who = dealership::sales()) { return house.load(*today, std::move(who)); }
  /// The group in which the lead stands, with its row; empty: in none.
  std::pair<std::string, json> place() {
    const auto shown = page();
    for (const auto &one : shown["blocks"]) {
      if (!one.contains("rows")) continue;
      for (const auto &row : one["rows"]) {
        if (row["id"] == id) return {one["id"], row};
      }
    }
    return {};
  }
  std::pair<dms_status, json> press(const json &action, const json &row) {
    auto input = action["input"];
    input["id"] = row["id"];
    input["version"] = row["version"];
    return house.act(*today, dealership::sales(), action["action"], input);
  }
  lead_system::lead item() { return *house.kept().find(std::stoll(id), access::system_visibility()); }

  std::unique_ptr<dms::screen> today = screens::make_today(house.parts());
  std::string id;
};

TEST_F(today_test, each_lead_stands_in_the_group_in_which_it_is_done) {
  // given: nobody has called yet
  EXPECT_EQ(place().first, "to_call");
  // then: what is planned decides
  contacted();
  EXPECT_EQ(place().first, "asleep");
  plan(now - hour_us, "phone");
  EXPECT_EQ(place().first, "to_call");
  plan(now - hour_us, "email");
  EXPECT_EQ(place().first, "to_answer");
  plan(now + 4 * hour_us, "phone");
  EXPECT_EQ(place().first, "promised");
  plan(now + 4 * hour_us, "visit");
  EXPECT_EQ(place().first, "appointments");
  plan(now + day_us, "phone");
  EXPECT_EQ(place().first, "");
  // and: a drive whose day has passed
  change([](lead_system::lead &one) {
    one.state = lead_state::appointment;
    one.agreed_at = now - day_us;
  });
  EXPECT_EQ(place().first, "appointments");
  EXPECT_EQ(place().second["actions"][0]["action"], "progress");
  // and: an ended one
  change([](lead_system::lead &one) { one.state = lead_state::won; });
  EXPECT_EQ(place().first, "");
  EXPECT_EQ(block(page(), "nothing")["title"], "Für heute ist alles getan.");
}

TEST_F(today_test, a_refused_channel_is_not_offered) {
  // given
  EXPECT_TRUE(place().second["cells"]["number"]["link"]["href"].get<std::string>().starts_with("tel:"));
  // when
  change([](lead_system::lead &one) { one.content.consents = {{"phone", false, now, ""}, {"email", false, now, ""}}; });
  // then
  const auto row = place().second;
  EXPECT_FALSE(row.contains("contact"));
  EXPECT_FALSE(row["cells"]["number"].contains("link"));
  EXPECT_EQ(row.dump().find("tel:"), std::string::npos);
}

TEST_F(today_test, one_press_notes_the_result_and_plans_the_usual_next_contact) {
  // given
  const auto row = place().second;
  const auto &tried = row["actions"][1];
  EXPECT_FALSE(tried.contains("fields"));
  // when
  const auto [status, result] = press(tried, row);
  // then: in two opening hours
  ASSERT_EQ(status, dms_ok) << result;
  EXPECT_EQ(item().contact, contact_result::tried);
  EXPECT_NE(item().next_at, 0);
  EXPECT_LE(item().next_at, now + 3 * hour_us);
  EXPECT_NE(result["message"].get<std::string>().find("wurde nicht erreicht. Nächster Schritt: "), std::string::npos);
  // and: the same press again is told that it happened
  EXPECT_EQ(press(tried, row).first, dms_conflict);
}

TEST_F(today_test, a_time_that_was_typed_counts_whatever_is_pressed_beside_it) {
  // given: Enter in the field of the time presses the first of the usual ones
  auto row = place().second;
  row["actions"][1]["input"]["due"] = "2030-01-07T10:15";
  // when
  const auto [status, result] = press(row["actions"][1], row);
  // then
  ASSERT_EQ(status, dms_ok) << result;
  EXPECT_GT(item().next_at, now + 300 * day_us);
}

TEST_F(today_test, what_is_planned_already_stays) {
  // given: a visit is agreed for next week
  contacted();
  plan(now - hour_us, "phone");
  change([](lead_system::lead &one) {
    one.state = lead_state::appointment;
    one.agreed_at = now + 3 * day_us;
  });
  const auto row = place().second;
  ASSERT_FALSE(row.is_null());
  // when
  const auto came = press(row["actions"][1], row);
  // then
  ASSERT_EQ(came.first, dms_ok) << came.second;
  EXPECT_EQ(next_step_of(item()), (next_step{next_step::kind::test_drive, now + 3 * day_us}));
  EXPECT_EQ(item().next_at, 0);
}

TEST_F(today_test, only_ones_own_leads_and_nothing_for_who_may_not_work_them) {
  // given: somebody who sees everything has a day of his own
  const auto managers = page(dealership::manager());
  for (const auto &one : managers["blocks"]) EXPECT_FALSE(one.contains("rows"));
  // and: without the right to work leads nothing is offered
  auto reader = dealership::sales();
  reader.rights.erase("leads.process");
  const auto shown = page(reader);
  ASSERT_FALSE(shown["blocks"].empty());
  for (const auto &one : shown["blocks"]) {
    for (const auto &row : one["rows"]) EXPECT_TRUE(row["actions"].empty());
  }
}

TEST_F(today_test, bad_input_is_answered_with_a_sentence) {
  const auto row = place().second;
  for (const json &input : {json{{"result", "tried"}, {"next", "someday"}}, json{{"result", "tried"}, {"due", "soon"}},
                            json{{"result", "tried"}, {"due", "2001-01-01T10:00"}}, json{{"result", "perhaps"}},
                            json{{"result", "tried"}, {"reason", "because"}}, json{{"next", "week"}}}) {
    auto sent = input;
    sent["id"] = row["id"];
    sent["version"] = row["version"];
    const auto [status, result] = house.act(*today, dealership::sales(), "contact_result", sent);
    EXPECT_EQ(status, dms_invalid) << input;
    EXPECT_FALSE(result["fields"].empty()) << input;
  }
  EXPECT_EQ(item().contact, contact_result::open);
  EXPECT_EQ(house.act(*today, dealership::sales(), "dance", json::object()).first, dms_not_found);
}

}  // namespace
