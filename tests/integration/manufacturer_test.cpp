// The report for the manufacturer: its numbers are the evaluation's under the same filter, each leads to its leads, by
// the rights of whoever asks; it names nobody. On both databases, after a random history.
#include <nlohmann/json.hpp>

#include "evaluation/follow_ups.hpp"
#include "integration/history.hpp"
#include "screens/evaluation/manufacturer.hpp"
#include "screens/kit/parts.hpp"

namespace {

using namespace dealership;
using nlohmann::json;

class manufacturer_test : public with_history {
 protected:
  /// The pages on what the dealership has.
  struct pages {
    explicit pages(manufacturer_test &of)
        : leads(of.database().options(), of.open(), *of.organisation_),
          numbers(leads),
          intake{of.open(), of.sources_.types, *of.organisation_, of.writer_, nullptr, dms::log()},
          retrier(intake, of.sources_.definitions),
          channels(of.open(), of.sources_.definitions, dms::settings(), "outbox", "outbox"),
          assignment(of.open(), of.sources_.types, *of.organisation_, *of.desk_),
          parts{of.open(),
                leads,
                of.sources_.types,
                *of.organisation_,
                of.sources_.definitions,
                problems,
                *of.desk_,
                *of.settings_,
                texts,
                channels,
                [] {},
                retrier,
                assignment},
          report(screens::make_manufacturer(parts, numbers)),
          overview(screens::make_overview(parts)) {}

    const screens::words texts{};
    const std::vector<std::string> problems{};
    columns::lead_index leads;
    evaluation::evaluator numbers;
    const intake::importer::parts intake;
    const intake::retrier retrier;
    const feedback::channels channels;
    const processing::assignment_desk assignment;
    const screens::parts parts;
    std::unique_ptr<dms::screen> report, overview;
  };
  void SetUp() override {
    with_history::SetUp();
    pages_ = std::make_unique<pages>(*this);
  }
  void TearDown() override {
    pages_.reset();
    with_history::TearDown();
  }

  json load(dms::screen &screen, const std::string &user, const json &parameters) {
    const auto by = call(user);
    return json::parse(screen.load(by->view(), parameters.dump()));
  }
  json report(const std::string &user, const json &parameters) { return load(*pages_->report, user, parameters); }
  static json block(const json &document, const std::string &id) {
    for (const auto &one : document["blocks"]) {
      if (one.value("id", "") == id) return one;
      for (const auto &inside : one.value("blocks", json::array())) {
        if (inside.value("id", "") == id) return inside;
      }
    }
    return nullptr;
  }
  static json row(const json &table, const std::string &id) {
    for (const auto &one : table["rows"]) {
      if (one["id"] == id) return one;
    }
    return nullptr;
  }
  std::int64_t total(const std::string &user, json parameters) {
    parameters["limit"] = "1";
    return block(load(*pages_->overview, user, parameters), "leads")["total"].get<std::int64_t>();
  }
  /// How many leads a number says it leads to: itself, "3 von 7", or those of a median.
  static std::int64_t said(const std::string &column, const json &cell) {
    const auto title = cell.value("title", "");
    if (title.empty()) return cell["value"].get<std::int64_t>();
    const auto of = title.find(" von ");
    if (of == std::string::npos) return std::stoll(title);
    return std::stoll(column == "success_rate" ? title.substr(of + 5) : title.substr(0, of));
  }
  /// Every number of the table that leads somewhere; returns how many did.
  int expect_links(const std::string &user, const json &table) {
    int found = 0;
    auto rows = table["rows"];
    if (table.contains("totals")) rows.push_back({{"id", "total"}, {"cells", table["totals"]}});
    for (const auto &one : rows) {
      for (const auto &[column, cell] : one["cells"].items()) {
        if (!cell.value("linked", false)) continue;
        auto params = table["leads_to"].value("params", json::object());
        for (const auto &head : table["columns"]) {
          if (head["id"] == column) params.update(head.value("params", json::object()));
        }
        params.update(one.value("params", json::object()));
        EXPECT_EQ(total(user, params), said(column, cell))
            << user << " " << one["id"] << " " << column << " " << params;
        ++found;
      }
    }
    return found;
  }

  std::unique_ptr<pages> pages_;
};
INSTANTIATE_TEST_SUITE_P(databases, manufacturer_test, databases::all(), databases::name);

TEST_P(manufacturer_test, every_number_opens_its_leads_and_the_totals_are_those_of_the_evaluation) {
  // given: some weeks of work
  for (int times = 0; times < 700; ++times) happen();
  int links = 0;
  for (const std::string user : {"leitung", "wien1", "verkauf1", "verkauf2"}) {
    for (const json &asked :
         {json{{"period", "this_year"}}, json{{"period", "range"}, {"from", "2020-07-24"}, {"to", "2020-08-09"}},
          json{{"period", "this_month"}, {"category", "finance"}}}) {
      // when
      const auto document = report(user, asked);
      const auto answered = block(document, "answered"), outcome = block(document, "outcome");
      // then
      links += expect_links(user, answered) + expect_links(user, outcome);
      if (answered["rows"].empty()) continue;
      evaluation::question same;
      const evaluation::calendar days({}, now_);
      const auto span = asked.contains("from") ? evaluation::day_span{*evaluation::calendar::parse("2020-07-24"),
                                                                      *evaluation::calendar::parse("2020-08-09") + 1}
                                               : *days.period(asked["period"].get<std::string>());
      same.during = {days.moment(span.from), days.moment(span.to), {}};
      same.categories = {asked.value("category", "siebel_nissan")};
      same.now = now_;
      const auto found = pages_->numbers.ask(same, desk_->visibility_of(user, now_));
      const auto &totals = outcome["totals"];
      EXPECT_EQ(totals["received"]["value"], found.total[evaluation::received]);
      EXPECT_EQ(totals["won"]["value"], found.total[evaluation::won]);
      EXPECT_EQ(totals["asleep"]["value"], found.total[evaluation::asleep]);
      if (totals.contains("test_drives"))
        EXPECT_EQ(totals["test_drives"]["value"], found.total[evaluation::test_drives]);
      const auto &spans = answered["totals"];
      EXPECT_DOUBLE_EQ(spans["within_hour"]["value"].get<double>(),
                       static_cast<double>(found.answered[0]) / found.total[evaluation::received]);
      if (found.clock_median) EXPECT_EQ(spans["median"]["value"].get<double>(), *found.clock_median);
      if (found.opening_median) EXPECT_EQ(spans["open_median"]["value"].get<double>(), *found.opening_median);
    }
  }
  EXPECT_GT(links, 200);
}

TEST_P(manufacturer_test, names_nobody_and_gives_dealer_codes) {
  for (int times = 0; times < 300; ++times) happen();
  const auto text = report("leitung", {{"period", "this_year"}}).dump();
  for (const auto *name :
       {"Johanna", "Leitgeb", "@example.at", "Person verkauf1", "verkauf1", "verkauf2", "Somebody"}) {
    EXPECT_EQ(text.find(name), std::string::npos) << name;
  }
  EXPECT_EQ(row(block(json::parse(text), "outcome"), "wien")["cells"]["place"]["quiet_text"], "AT10017");
  // and: each code, also one that is the beginning of another; none of another manufacturer
  open().write([](store::transaction &inside) {
    inside.set_dealer_code({"web_json", "AT100", "wien"}, "admin", noon);
    inside.set_dealer_code({"siebel_dacia", "DACIA-1", "wien"}, "admin", noon);
  });
  const auto table = block(report("leitung", {{"period", "this_year"}}), "outcome");
  EXPECT_EQ(row(table, "wien")["cells"]["place"]["quiet_text"], "AT100, AT10017");
}

TEST_P(manufacturer_test, begins_with_the_last_quarter_and_refuses_what_it_does_not_know) {
  const auto fields = block(report("leitung", json::object()), "filters")["fields"];
  EXPECT_EQ(fields[0]["value"], "siebel_nissan");
  EXPECT_EQ(fields[1]["value"], "last_quarter");
  EXPECT_THROW(report("leitung", {{"category", "no such"}}), dms::failure);
  EXPECT_THROW(report("leitung", {{"period", "sometime"}}), dms::failure);
  EXPECT_THROW(report("leitung", {{"from", "2020-08-02"}, {"to", "2020-08-01"}}), dms::failure);
  EXPECT_TRUE(block(report("verkauf1", json::object()), "answered").contains("empty"));
}

TEST_P(manufacturer_test, counts_what_was_planned_and_what_was_kept_of_it) {
  // given: four leads of one salesperson, each with a call that is due tomorrow
  const auto due = noon + day_us;
  std::vector<std::int64_t> ids;
  for (const auto *name : {"1-A", "1-B", "1-C", "1-D"}) {
    ids.push_back(add_lead(name));
    ASSERT_EQ(desk_->assign(manager(), call("leitung")->view(), ids.back(), 1, "verkauf1").result,
              processing::verdict::done);
    ASSERT_EQ(
        desk_->contact_result(salesperson("verkauf1"), call("verkauf1")->view(), ids.back(), 2, "tried", "", {due})
            .result,
        processing::verdict::done);
  }
  const auto kept = [&](const std::string &user) {
    return row(block(report(user, {{"period", "this_month"}}), "outcome"), "wien/test_drive")["cells"]["follow_ups"];
  };
  // then: their day is not over
  EXPECT_EQ(kept("leitung")["text"], "–");
  // when: one is made in time, one is put off in time, one is made a day late, one is forgotten
  const auto at = [&](time_us when) {
    now_ = when;
    host_->clock().set(when);
  };
  auto who = salesperson("verkauf1");
  const auto act = [&](std::size_t which) {
    who.now = now_;
    const auto came = desk_->contact_result(who, call("verkauf1")->view(), ids[which], now(ids[which]).version,
                                            "reached", "", {now_ + 5 * day_us});
    ASSERT_EQ(came.result, processing::verdict::done);
  };
  at(due - hour_us);
  act(0);
  who.now = now_;
  ASSERT_EQ(
      desk_->contact(who, call("verkauf1")->view(), ids[1], now(ids[1]).version, now_ + 6 * day_us, "phone", "").result,
      processing::verdict::done);
  at(due + day_us);
  act(2);
  at(due + 2 * day_us);
  // then
  EXPECT_EQ(kept("leitung")["title"], "2 von 4");
  // and: whoever sees none of these leads is told nothing of them
  EXPECT_TRUE(kept("verkauf2").is_null());
}

TEST_P(manufacturer_test, an_answer_by_e_mail_keeps_what_was_planned_and_what_was_taken_back_was_not_planned) {
  // given: two leads, each with a call that is due tomorrow
  const auto due = noon + day_us;
  auto who = salesperson("verkauf1");
  const auto by = call("verkauf1");
  const auto answered = add_lead("1-A"), mistaken = add_lead("1-B");
  for (const auto id : {answered, mistaken}) {
    ASSERT_EQ(desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1").result, processing::verdict::done);
  }
  ASSERT_EQ(desk_->contact_result(who, by->view(), answered, 2, "tried", "", {due}).result, processing::verdict::done);
  // when: one is answered in writing, of the other the date is taken back at once
  who.undo_us = minute_us;
  ASSERT_EQ(desk_->contact_result(who, by->view(), mistaken, 2, "tried", "", {due}).result, processing::verdict::done);
  who.now += second_us;
  ASSERT_EQ(desk_->undo(who, by->view(), mistaken, now(mistaken).version).result, processing::verdict::done);
  who.now = due - hour_us;
  const processing::lead_desk::outgoing_mail mail{now(answered).content.prospect.email, "Ihre Anfrage", "Gerne.", "",
                                                  "{}"};
  const auto came = desk_->answer(who, by->view(), answered, now(answered).version, mail, {});
  ASSERT_EQ(came.result, processing::verdict::done) << in_english(came.text);
  // then
  now_ = due + 2 * day_us;
  host_->clock().set(now_);
  for (const auto *period : {"this_month", "all"}) {
    const auto shown = row(block(report("leitung", {{"period", period}}), "outcome"), "wien/test_drive");
    EXPECT_EQ(shown["cells"]["follow_ups"]["title"], "1 von 1") << period;
  }
}

}  // namespace
