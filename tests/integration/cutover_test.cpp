// Umstellung: from a day on leads of a type are here, before it they are not; and the open ones of the old list come
// in.
#include <nlohmann/json.hpp>

#include "intake/dry_run.hpp"
#include "intake/importer.hpp"
#include "integration/dealership.hpp"
#include "processing/cutover_desk.hpp"

namespace {

using namespace dealership;
using processing::no_cutover_yet;
using processing::verdict;

class cutover_test : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    rows_ = std::make_unique<store::cutover_rows>(open());
    desk_of_types_ = std::make_unique<processing::cutover_desk>(open(), *rows_, sources_.types,
                                                                std::vector<std::string>{"legacy_list"});
  }
  void TearDown() override {
    desk_of_types_.reset();
    rows_.reset();
    with_desks::TearDown();
  }
  intake::importer::parts parts() {
    intake::importer::parts with{open(), sources_.types, *organisation_, writer_, nullptr, dms::log(nullptr)};
    with.spool_directory = database().directory();
    return with;
  }
  nlohmann::json import(const std::string &source, const std::string &bytes) {
    const dms::string_stream stream(bytes);
    const auto by = call("admin");
    const intake::importer hook(parts(), sources_.definitions.at(source));
    return nlohmann::json::parse(hook.run(by->view(), dms::input(stream.get()), "a file", {}));
  }
  /// One test drive of Siebel, taken by the manufacturer on that day.
  nlohmann::json lead_comes(const std::string &id, const std::string &date) {
    return import("siebel_nissan", "<SiebelMessage><ListOfNeDealerLead><NeDealerLead><Id>" + id +
                                       "</Id><LeadType>Test Drive</LeadType><Created>" + date +
                                       "</Created><ListOfContact><Contact><EmailAddress>a" + id +
                                       "@example.at</EmailAddress></Contact></ListOfContact></NeDealerLead>"
                                       "</ListOfNeDealerLead></SiebelMessage>");
  }
  processing::outcome set(time_us moment, time_us now = noon) {
    auto who = admin();
    who.now = now;
    return desk_of_types_->set(who, "test_drive", moment);
  }
  std::optional<lead> find(const std::string &source, const std::string &id) {
    std::optional<lead> found;
    open().write([&](store::transaction &in) { found = in.find_lead(source, id); });
    return found;
  }
  intake::dry_result look_at(const std::string &list, time_us as_of = noon) {
    return intake::dry_run(parts(), sources_.definitions.at("legacy_list"), list, as_of);
  }
  static std::string list(const std::string &rows) {
    return "Nummer;Anfragetyp;Status;Verkäufer;Eingang;Standort;Vorname;Nachname;E-Mail\n" + rows;
  }

  std::unique_ptr<store::cutover_rows> rows_;
  std::unique_ptr<processing::cutover_desk> desk_of_types_;
};
INSTANTIATE_TEST_SUITE_P(databases, cutover_test, databases::all(), databases::name);

TEST_P(cutover_test, what_came_before_the_day_stays_in_the_old_system) {
  // given: from the 25th on (a lead counts by when the manufacturer took it)
  ASSERT_EQ(set(noon + 3 * day_us).result, verdict::done);
  // when
  EXPECT_EQ(lead_comes("1-A", "07/25/2020 11:59:59")["legacy"], 1);
  EXPECT_EQ(lead_comes("2", "07/25/2020 12:00:00")["accepted"], 1);
  // then
  EXPECT_FALSE(find("siebel_nissan", "1-A"));
  EXPECT_TRUE(find("siebel_nissan", "2"));
  EXPECT_EQ(rows_->activity_of("siebel_nissan").accepted, 1) << "a feed that is answered is a feed that works";
}

TEST_P(cutover_test, the_day_can_be_moved_and_taken_back_until_leads_are_here) {
  EXPECT_EQ(set(no_cutover_yet).result, verdict::done) << "a type that nobody has sent yet may stay where it is";
  EXPECT_EQ(set(noon + 3 * day_us).result, verdict::done);
  EXPECT_EQ(set(noon + 9 * day_us).result, verdict::done);
  EXPECT_EQ(set(no_cutover_yet).result, verdict::done);
  EXPECT_EQ(set(noon + day_us).result, verdict::done);
  // when the day has come and a lead is here
  host_->clock().set(noon + 2 * day_us);
  ASSERT_EQ(lead_comes("1-A", "07/24/2020 08:00:00")["accepted"], 1);
  // then
  const auto later = set(noon + 9 * day_us, noon + 2 * day_us);
  EXPECT_EQ(later.result, verdict::refused);
  EXPECT_NE(later.text.id.find("are in this system already"), std::string::npos);
  EXPECT_EQ(set(no_cutover_yet, noon + 2 * day_us).result, verdict::refused);
  // each change that was made is in the history, and none that was refused
  EXPECT_EQ(open().settings_history(100).front().is.find("active_from " + std::to_string(noon + day_us)), 0U);
}

TEST_P(cutover_test, a_day_in_the_past_is_refused_where_a_lead_would_be_in_neither_system) {
  ASSERT_EQ(set(noon + 3 * day_us).result, verdict::done);
  EXPECT_EQ(set(noon - 9 * day_us).result, verdict::done) << "nothing was turned away: nothing would be missing";
  ASSERT_EQ(set(noon + 3 * day_us).result, verdict::done);
  ASSERT_EQ(lead_comes("1-A", "07/22/2020 08:00:00")["legacy"], 1);
  const auto past = set(noon - 9 * day_us, noon + hour_us);
  EXPECT_EQ(past.result, verdict::refused);
  EXPECT_NE(past.text.id.find("old list"), std::string::npos) << "the way out is named";
  EXPECT_EQ(set(0, noon + hour_us).result, verdict::refused) << "always is a day in the past as well";
  EXPECT_EQ(set(noon + hour_us, noon + hour_us).result, verdict::done) << "from now on";
}

TEST_P(cutover_test, bad_input_is_told) {
  EXPECT_EQ(desk_of_types_->set(admin(), "no_such_type", noon).result, verdict::invalid);
  EXPECT_EQ(set(-1).result, verdict::invalid);
  EXPECT_EQ(set(no_cutover_yet + 1).result, verdict::invalid);
}

TEST_P(cutover_test, the_settings_follow_the_same_rule) {
  const auto rule = [this](const std::string &type, time_us from, time_us now) {
    return desk_of_types_->objection(type, from, now);
  };
  processing::settings_desk settings(open(), sources_.types, *organisation_, nullptr, {}, rule);
  ASSERT_EQ(lead_comes("1-A", "07/22/2020 08:00:00")["accepted"], 1);
  EXPECT_EQ(settings.lead_type(admin(), {"test_drive", noon + day_us, 30, 60, 36}).result, verdict::refused);
  EXPECT_EQ(settings.lead_type(admin(), {"test_drive", 0, 30, 60, 36}).result, verdict::done);
}

TEST_P(cutover_test, an_old_list_brings_its_open_leads_with_state_and_salesperson) {
  // given
  ASSERT_EQ(set(noon - day_us).result, verdict::done);
  const auto old = list(
      "A1;Probefahrt;In Bearbeitung;Person verkauf1;01.06.2020 09:00;Wien;Anna;Huber;anna@example.at\n"
      "A2;Angebotsanfrage;Zugewiesen;verkauf2;02.06.2020;graz;Otto;Berger;otto@example.at\n"
      "A3;Probefahrt;In Bearbeitung;Wer anderer;03.06.2020;Wien;Eva;Moser;eva@example.at\n"
      "A4;Probefahrt;Neu;;04.06.2020;Linz;Karl;Wolf;karl@example.at\n"
      "A5;Probefahrt;Verkauft;verkauf1;05.06.2020;Wien;Lea;Fuchs;lea@example.at\n"
      "A6;Probefahrt;Neu;;06.06.2020;Wien;Ohne;Adresse;\n");
  // when it is only looked at
  const auto seen = look_at(old);
  // then nothing is there, and everything is told
  ASSERT_EQ(seen.rows.size(), 6U);
  EXPECT_FALSE(find("legacy_list", "A1"));
  EXPECT_TRUE(open().runs("legacy_list", "", 0, 10).empty());
  EXPECT_EQ(seen.rows[0].item.outcome, "accepted");
  EXPECT_EQ(seen.rows[0].would_be.assignee, "verkauf1");
  EXPECT_EQ(seen.rows[0].would_be.state, lead_state::in_progress);
  EXPECT_EQ(seen.rows[4].item.outcome, "legacy");
  EXPECT_EQ(seen.rows[5].item.outcome, "quarantined");
  // when it is taken over
  const auto report = import("legacy_list", old);
  EXPECT_EQ(report["accepted"], 4) << report;
  EXPECT_EQ(report["legacy"], 1);
  EXPECT_EQ(report["quarantined"], 1);
  // then: by name and by login, at the place, as far as they were
  const auto first = *find("legacy_list", "A1"), second = *find("legacy_list", "A2"),
             third = *find("legacy_list", "A3");
  EXPECT_EQ(first.assignee, "verkauf1");
  EXPECT_EQ(first.state, lead_state::in_progress);
  EXPECT_EQ(first.location, "wien");
  EXPECT_EQ(first.escalation_at, 0) << "its deadline was the old system's";
  EXPECT_EQ(second.assignee, "verkauf2");
  EXPECT_EQ(second.state, lead_state::assigned);
  EXPECT_EQ(second.location, "graz");
  EXPECT_GT(second.escalation_at, 0);
  EXPECT_EQ(third.state, lead_state::received) << "nobody of that name is here: somebody must take it";
  EXPECT_EQ(third.content.extras.at("old_list/salesperson"), "Wer anderer");
  EXPECT_EQ(find("legacy_list", "A4")->location, "");
  EXPECT_EQ(open().timeline(first.id).front().kind, "progress");
  EXPECT_TRUE(open().feedback_of(first.id).empty()) << "the old system answers for it";
  // and the same again changes nothing
  EXPECT_EQ(import("legacy_list", old)["accepted"], 0);
  EXPECT_EQ(find("legacy_list", "A1")->version, first.version);
  EXPECT_TRUE(look_at(old).rows[0].known);
}

TEST_P(cutover_test, leads_of_the_old_list_whose_type_is_not_here_stay_where_they_are) {
  ASSERT_EQ(set(noon + 3 * day_us).result, verdict::done);
  const auto old = list("A1;Probefahrt;Neu;;01.06.2020;Wien;Anna;Huber;anna@example.at\n");
  EXPECT_EQ(import("legacy_list", old)["legacy"], 1);
  EXPECT_EQ(look_at(old, noon + 3 * day_us).rows[0].item.outcome, "accepted") << "on the day it would come in";
  // and it does not count as turned away: it came from the old system, and is still there
  EXPECT_EQ(rows_->turned_away(0, {"legacy_list"}), 0);
}

TEST_P(cutover_test, a_list_that_is_none_is_told) {
  EXPECT_FALSE(look_at("").problem.empty());
  EXPECT_FALSE(look_at("Spalte;Andere\n1;2\n").problem.empty());
  EXPECT_FALSE(look_at("\"offen").problem.empty());
  EXPECT_TRUE(look_at(list("")).rows.empty());
}

TEST_P(cutover_test, checked_lists_are_kept_for_a_while) {
  const auto id = rows_->keep_list({0, "legacy_list", "admin", "alt.csv", noon, std::string("a\0\xff\nb", 5)});
  EXPECT_EQ(rows_->find_list(id)->bytes, std::string("a\0\xff\nb", 5));
  EXPECT_EQ(rows_->lists().at(0).name, "alt.csv");
  rows_->drop_lists_before(noon);
  EXPECT_TRUE(rows_->find_list(id));
  rows_->drop_lists_before(noon + 1);
  EXPECT_FALSE(rows_->find_list(id));
}

}  // namespace
