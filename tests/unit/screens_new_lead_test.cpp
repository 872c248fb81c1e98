// A lead by hand: whoever called or came by is a lead like any other, entered once, and not beside an open one of the
// same person.
#include "screens/lead/new_lead.hpp"
#include "unit/screens_support.hpp"

using namespace screens_support;

namespace {

class new_lead_screen : public ::testing::Test {
 protected:
  static json typed(json changes = json::object()) {
    json result{{"number", "0123456789abcdefghjk"},
                {"came_by", "telephone"},
                {"type", "test_drive"},
                {"first_name", "Erna"},
                {"last_name", "Anruf"},
                {"company", ""},
                {"phone", "0664 5550142"},
                {"email", ""},
                {"model", "Qashqai"},
                {"message", "Am liebsten Freitag"},
                {"location", "wien"},
                {"salesperson", "verkauf1"}};
    result.update(changes);
    return result;
  }
  std::pair<dms_status, json> enter(const json &input, caller who = dealership::sales()) {
    return house.act(*screen, std::move(who), "enter", input);
  }

  dealership house;
  std::unique_ptr<dms::screen> overview = screens::make_overview(house.parts());
  std::unique_ptr<dms::screen> screen = screens::make_new_lead(
      house.parts(), {[this](const dms::call &, const std::string &source, const std::string &bytes,
                             const std::string &) { return house.import(source, bytes).dump(); },
                      [](const message &text) { return text.id; }});
};

}  // namespace

TEST_F(new_lead_screen, a_call_becomes_a_lead_with_its_deadline_and_its_salesperson) {
  // when
  const auto [status, answer] = enter(typed());
  // then
  ASSERT_EQ(status, dms_ok) << answer.dump();
  EXPECT_EQ(answer["link"]["screen"], "leads.lead");
  const auto id = std::stoll(answer["link"]["params"]["id"].get<std::string>());
  const auto made = house.kept().find(id, access::system_visibility());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->content.prospect.full_name(), "Erna Anruf");
  EXPECT_EQ(made->content.prospect.phones.front().number, "+436645550142");
  EXPECT_EQ(made->content.type, "test_drive");
  EXPECT_EQ(made->content.campaign, "Telephone call");
  EXPECT_EQ(made->content.wanted.front().model, "Qashqai");
  EXPECT_EQ(made->content.message, "Am liebsten Freitag");
  EXPECT_EQ(made->location, "wien");
  EXPECT_EQ(made->assignee, "verkauf1");
  EXPECT_EQ(made->state, lead_state::assigned);
  EXPECT_GT(made->escalation_at, now);
}

TEST_F(new_lead_screen, a_form_that_is_sent_twice_is_one_lead) {
  const auto first = enter(typed()).second, second = enter(typed({{"anyway", "yes"}})).second;
  EXPECT_EQ(second["status"], "ok");
  EXPECT_EQ(first["link"]["params"]["id"], second["link"]["params"]["id"]);
}

TEST_F(new_lead_screen, who_has_an_open_lead_is_named_and_entered_only_where_somebody_says_so) {
  // given
  ASSERT_EQ(enter(typed()).first, dms_ok);
  const json again{{"number", "abcdefghjk0123456789"}};
  // when: the same person calls again
  const auto [status, answer] = enter(typed(again));
  // then
  EXPECT_EQ(status, dms_invalid);
  EXPECT_NE(answer["fields"]["anyway"].get<std::string>().find("Erna Anruf"), std::string::npos);
  // and the form says so while one types
  const auto shown = house.load(*screen, dealership::sales(), {{"last_name", "Anruf"}, {"phone", "0664/5550142"}});
  EXPECT_NE(block(shown, "alike")["title"].get<std::string>().find("Erna Anruf"), std::string::npos);
  // and: another person with that number is another one
  EXPECT_EQ(enter(typed({{"number", "abcdefghjk0123456780"}, {"first_name", "Otto"}, {"last_name", "Anders"}})).first,
            dms_ok);
  // and: somebody says so
  auto anyway = again;
  anyway["anyway"] = "yes";
  EXPECT_EQ(enter(typed(anyway)).first, dms_ok);
}

TEST_F(new_lead_screen, what_one_may_not_see_is_not_named) {
  // given: a lead of Graz, of which the salesperson in Wien sees nothing
  ASSERT_EQ(enter(typed({{"location", "graz"}, {"salesperson", ""}}), dealership::manager()).first, dms_ok);
  // then
  EXPECT_EQ(enter(typed({{"number", "abcdefghjk0123456789"}})).first, dms_ok);
}

TEST_F(new_lead_screen, bad_input_is_told_beside_its_field) {
  const auto fields = enter({{"number", "<b>"},
                             {"type", "nonsense"},
                             {"location", "linz"},
                             {"came_by", "x"},
                             {"salesperson", "leitung"},
                             {"email", "keine"},
                             {"model", std::string(300, 'x')}})
                          .second["fields"];
  for (const auto *name : {"number", "type", "location", "came_by", "salesperson", "email", "model", "last_name"}) {
    EXPECT_TRUE(fields.contains(name)) << name;
  }
  EXPECT_TRUE(enter(typed({{"phone", ""}})).second["fields"].contains("phone"));
  EXPECT_TRUE(enter(typed({{"phone", "ruft zurück"}})).second["fields"].contains("phone"));
  EXPECT_EQ(block(house.load(*overview, dealership::manager()), "leads")["total"], 0);
}

TEST_F(new_lead_screen, the_form_proposes_the_salesperson_and_his_location) {
  const auto form = block(house.load(*screen, dealership::sales()), "new_lead");
  std::map<std::string, json> fields;
  for (const auto &one : form["action"]["fields"]) fields[one["name"]] = one;
  EXPECT_EQ(fields["salesperson"]["value"], "verkauf1");
  EXPECT_EQ(fields["location"]["value"], "wien");
  EXPECT_GE(fields["number"]["value"].get<std::string>().size(), 10U);
}
