// A month simulated: ten salespeople, three locations, holidays and opening hours, leads of all types, people who work
// and who forget. At every hour no open lead is overlooked, and whoever was given a lead had the fewest; at its end
// everything that was overdue was told, and the numbers are those of the lists. LEADS_TEST_SEED makes another month.
#include <iostream>
#include <limits>

#include "columns/lead_index.hpp"
#include "integration/month.hpp"
#include "integration/own_evaluator.hpp"
#include "integration/random_leads.hpp"

namespace {

using namespace dealership;

class month_test : public month {
 protected:
  void SetUp() override {
    random_.seed(static_cast<unsigned>(random_leads::wish("LEADS_TEST_SEED", 202010)));
    month::SetUp();
    numbers_ = std::make_unique<own_evaluator>(database().options(), open(), *organisation_);
  }
  void TearDown() override {
    numbers_.reset();
    month::TearDown();
  }

  /// Whom a rule gave a lead had the fewest open ones of all who might have had it.
  void jobs_run() override {
    const auto before = given_by_rule_;
    month::jobs_run();
    if (given_by_rule_ == before) return;
    const auto given = given_by_rule_now();
    EXPECT_FALSE(given.empty());
    std::map<std::string, std::int64_t> open_ones;
    for (const auto &group : open().open_groups()) open_ones[group.assignee] += group.count;
    for (const auto &[item, event] : given) {
      if (event.data.at("why") != "turn") continue;
      ++turns_[item.location][item.assignee];
      for (const auto &other : assignment_->takers(item.content.type, item.location, now_)) {
        EXPECT_LE(std::stoll(event.data.at("open")), open_ones[other]) << "lead " << item.id << ", " << other;
      }
    }
  }
  /// The leads that the rule gave away since one looked last, with the event that says so.
  std::vector<std::pair<lead, lead_event>> given_by_rule_now() {
    std::vector<std::pair<lead, lead_event>> result;
    for (auto &item : open_leads()) {
      if (item.assignee.empty() || !looked_at_.insert(item.id).second) continue;
      for (const auto &event : open().timeline(item.id)) {
        if (event.kind != "assigned" || !event.actor.empty()) continue;
        result.emplace_back(std::move(item), event);
        break;
      }
    }
    return result;
  }

  columns::lead_index::overview list(const std::string &tab, const std::vector<std::string> &present = {}) {
    store::lead_query query;
    query.filter.tab = tab;
    query.filter.present = present;
    query.limit = 500;
    return numbers_->leads.ask(query, access::system_visibility(), now_);
  }

  /// The guarantee (plugin/README.md "Absence"), of every open lead.
  void expect_nobody_is_overlooked() {
    const auto here = desk_->presence_at(now_);
    std::vector<access::visibility> seen_by;
    const auto grants = open().grants();
    for (const auto &user : here.here()) {
      seen_by.push_back(access::visible_to(user, grants, sources_.types, here.represented_by(user)));
    }
    const auto gaps = settings_->coverage(now_).gaps;
    std::int64_t silent = 0, overdue = 0, alone = 0;
    const auto all = open_leads();
    for (const auto &item : all) {
      SCOPED_TRACE("lead " + std::to_string(item.id) + " at " + today());
      const auto step = next_step_of(item);
      const bool seen =
          std::any_of(seen_by.begin(), seen_by.end(), [&](const auto &who) { return access::sees(who, item); });
      const bool said = std::any_of(gaps.begin(), gaps.end(), [&](const access::gap &gap) {
        return gap.leads > 0 && gap.type == item.content.type && gap.location == item.location;
      });
      EXPECT_TRUE(seen || said);
      alone += !item.assignee.empty() && here.acting_for(item.assignee).empty() ? 1 : 0;
      silent += step.due == 0 ? 1 : 0;
      overdue += step.due != 0 && step.due <= now_ ? 1 : 0;
      const auto [reminder, escalation] = notices_of(item);
      EXPECT_NE(escalation, 0);
      EXPECT_GE(item.notified, escalation <= now_ ? 2 : reminder != 0 && reminder <= now_ ? 1 : 0);
      if (escalation <= now_) expect_it_is_new_or_known(item, escalation);
    }
    const auto tabs = list("absent", here.looked_after()).tabs;
    EXPECT_EQ(tabs.open, static_cast<std::int64_t>(all.size()));
    EXPECT_EQ(tabs.silent, silent);
    EXPECT_EQ(tabs.overdue, overdue);
    EXPECT_EQ(tabs.absent, alone);
    most_silent_ = std::max(most_silent_, silent);
    most_alone_ = std::max(most_alone_, alone);
    most_overdue_ = std::max(most_overdue_, overdue);
  }

  /// It has just passed, or the step has just become the next one: a drive is over, and the call behind it was due days
  /// ago.
  void expect_it_is_new_or_known(const lead &item, time_us escalation) {
    if (!must_be_told_[item.id].try_emplace(escalation, now_).second) return;
    EXPECT_TRUE(escalation > now_ - hour_us || item.updated_at > now_ - hour_us);
  }

  /// Each time that something was left undone beyond its escalation, somebody was told in that hour.
  void expect_everything_was_told() {
    for (const auto &[id, moments] : must_be_told_) {
      const auto timeline = open().timeline(id);
      for (const auto &[moment, seen_at] : moments) {
        ++escalations_;
        EXPECT_TRUE(std::any_of(timeline.begin(), timeline.end(),
                                [due = moment, until = seen_at](const lead_event &event) {
                                  return event.kind == "escalation" && event.at >= due && event.at <= until;
                                }))
            << "lead " << id << ", due at " << moment;
      }
    }
  }

  /// Those who were here all the month had their turns. That each turn was the right one was looked at when it was
  /// given (jobs_run); how many they were follows from who ends his leads, and who has others' handed over.
  void expect_everybody_had_turns() {
    static const std::map<std::string, std::vector<std::string>> all_month{
        {"wien", {"verkauf1", "verkauf4"}}, {"linz", {"verkauf8", "verkauf9", "verkauf10"}}};
    for (const auto &[place, people] : all_month) {
      int least = std::numeric_limits<int>::max(), most = 0;
      for (const auto &user : people) {
        const int had = turns_[place][user];
        EXPECT_GT(had, 0) << user;
        least = std::min(least, had);
        most = std::max(most, had);
      }
      std::cout << "  turns in " << place << ": " << least << " to " << most << "\n";
    }
  }

  void expect_numbers_are_those_of_the_lists() {
    evaluation::question all;
    all.now = now_;
    const auto everything = access::system_visibility();
    const auto found = numbers_->ask(all, everything);
    const auto tabs = list("all").tabs;
    EXPECT_EQ(found.total[evaluation::received], tabs.all);
    EXPECT_EQ(found.total[evaluation::open], tabs.open);
    EXPECT_EQ(found.total[evaluation::overdue], tabs.overdue);
    EXPECT_EQ(found.total[evaluation::unassigned], tabs.unassigned);
    for (const auto &place : found.locations) {
      store::lead_query query;
      query.filter.location = place.key;
      const auto listed = numbers_->leads.ask(query, everything, now_).tabs;
      EXPECT_EQ(place.of[evaluation::received], listed.all) << place.key;
      EXPECT_EQ(place.of[evaluation::open], listed.open) << place.key;
      EXPECT_EQ(place.of[evaluation::overdue], listed.overdue) << place.key;
    }
    won_ = found.total[evaluation::won];
    all_ = found.total[evaluation::received];
    open_ = found.total[evaluation::open];
  }

  void print() const {
    std::cout << "  leads " << all_ << ", open at the end " << open_ << ", sold " << won_ << " (told by the DMS "
              << sold_by_deal_ << ")\n  worked " << worked_ << " times, given in turn or by customer " << given_by_rule_
              << ", handed over " << handed_over_ << "\n  escalations told " << escalations_
              << ", most at once: overdue " << most_overdue_ << ", without next step " << most_silent_
              << ", salesperson not here " << most_alone_ << "\n";
  }

  std::unique_ptr<own_evaluator> numbers_;
  std::map<std::string, std::map<std::string, int>> turns_;          ///< by location and person
  std::set<std::int64_t> looked_at_;                                 ///< that somebody was given
  std::map<std::int64_t, std::map<time_us, time_us>> must_be_told_;  ///< by lead: the moment, and when it was seen
  std::int64_t most_silent_ = 0, most_alone_ = 0, most_overdue_ = 0, escalations_ = 0;
  std::uint32_t won_ = 0, all_ = 0, open_ = 0;
};
INSTANTIATE_TEST_SUITE_P(databases, month_test, databases::all(), databases::name);

TEST_P(month_test, nothing_is_overlooked_in_any_hour_of_it) {
  for (int hour = 1; hour < hours; ++hour) {
    // when
    pass_an_hour();
    // then
    expect_nobody_is_overlooked();
    if (HasFailure()) return;
  }
  // then
  expect_everything_was_told();
  expect_everybody_had_turns();
  expect_numbers_are_those_of_the_lists();
  print();
  // It happened, so it was looked for.
  EXPECT_GT(most_silent_, 0);
  EXPECT_GT(most_alone_, 0);
  EXPECT_GT(escalations_, 0);
  EXPECT_GT(sold_by_deal_, 0);
  EXPECT_GT(handed_over_, 0);
  for (const auto &type : {"test_drive", "test_drive_fast_track", "quote_request", "pre_order", "finance_expiry"}) {
    store::lead_query query;
    query.filter.types = {type};
    EXPECT_GT(numbers_->leads.ask(query, access::system_visibility(), now_).page.total, 5) << type;
  }
}

}  // namespace
