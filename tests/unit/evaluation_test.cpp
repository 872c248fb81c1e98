// The evaluation's numbers against a plain recomputation, lead by lead, on random leads, questions and rights.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "evaluation/numbers.hpp"

namespace {

using namespace lead_system;
using namespace lead_system::evaluation;

constexpr time_us start = 1'700'000'000 * second_us / day_us * day_us;
const std::vector<std::string> types{"test_drive_fast_track", "test_drive", "quote_request", "finance_expiry"};
const std::vector<std::string> places{"", "wien", "graz", "linz"};
const std::vector<std::string> people{"", "anna", "lukas", "petra"};
const std::vector<std::string> sources{"siebel_nissan", "web_json"};
const std::vector<std::string> models{"", "Qashqai", "Ariya"};
const std::vector<std::string> campaigns{"", "Spring"};

struct world {
  explicit world(unsigned seed) : random(seed) {}
  std::mt19937 random;

  int below(int end) { return static_cast<int>(random() % static_cast<unsigned>(end)); }
  const std::string &one_of(const std::vector<std::string> &list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }

  store::feed_row lead(std::int64_t id) {
    store::feed_row item;
    item.id = id;
    item.type = one_of(types);
    item.category = item.type == "finance_expiry" ? "finance" : "siebel_nissan";
    item.location = one_of(places);
    item.assignee = one_of(people);
    item.source = one_of(sources);
    item.model = one_of(models);
    item.campaign = one_of(campaigns);
    const auto state = all_states()[static_cast<std::size_t>(below(11))];
    item.state = key(state);
    if (is_terminal(state)) item.outcome = item.state;
    if (state == lead_state::erased) item.outcome = key(all_states()[static_cast<std::size_t>(6 + below(4))]);
    if (is_terminal(state) && below(9) != 0)
      item.reason = reasons()[static_cast<std::size_t>(below(static_cast<int>(reasons().size())))].key;
    item.reached = static_cast<unsigned>(below(32));
    item.created_at = start + below(60 * 24 * 60) * minute_us + below(60) * second_us;
    if (below(10) != 0) item.escalation_at = item.created_at + below(3 * 24 * 60) * minute_us;
    if (below(3) != 0)
      item.first_contact_at = item.created_at + below(20 * 24 * 60) * minute_us + below(60) * second_us;
    if (is_terminal(state)) item.ended_at = item.created_at + below(9 * 24 * 60) * minute_us;
    const bool running = !is_terminal(state) && item.first_contact_at == 0;
    const bool planned = below(2) == 0;
    item.due_at = planned ? item.created_at + below(9 * 24 * 60) * minute_us : store::due_never;
    if (running && item.escalation_at != 0) item.due_at = std::min(item.due_at, item.escalation_at);
    if (is_terminal(state)) item.due_at = store::due_kept;
    item.feedback = below(4) == 0 ? static_cast<unsigned>(below(8)) : 0;
    return item;
  }

  access::visibility somebody() {
    access::visibility who;
    if (below(6) == 0) return access::system_visibility();
    who.user = one_of(people);
    for (const auto &type : types) {
      if (below(3) == 0) continue;
      access::type_visibility seen{type, below(2) == 0, {}};
      if (!seen.all) seen.locations = {places[1], places[static_cast<std::size_t>(2 + below(2))]};
      who.types.push_back(seen);
    }
    return who;
  }

  question anything() {
    question asked;
    asked.now = start + (20 + below(50)) * day_us + below(1440) * minute_us;
    const int first = below(30), length = 1 + below(40);
    asked.during = {start + first * day_us, start + (first + length) * day_us, {}};
    for (auto at = asked.during.from; at < asked.during.to; at += (1 + below(3)) * day_us)
      asked.during.edges.push_back(at);
    asked.during.edges.push_back(asked.during.to);
    if (below(4) == 0) asked.during = {};
    // May overlap, as last year does for a period of two years.
    if (below(3) != 0) asked.compared = period{start + below(10) * day_us, start + (11 + below(30)) * day_us, {}};
    asked.by_sale = below(3) == 0;
    if (below(3) == 0) asked.types = {one_of(types), one_of(types)};
    if (below(5) == 0) asked.categories = {"siebel_nissan"};
    if (below(4) == 0) asked.location = one_of(places);
    if (below(4) == 0) asked.assignee = below(5) == 0 ? "nobody" : one_of(people);
    if (below(6) == 0) asked.model = one_of(models);
    if (below(6) == 0) asked.campaign = one_of(campaigns);
    if (below(6) == 0) asked.source = one_of(sources);
    asked.ages = {asked.now - 14 * day_us, asked.now - 3 * day_us, asked.now - day_us};
    for (auto &edge : asked.ages) edge = edge / minute_us * minute_us;
    return asked;
  }
};

// --- the plain recomputation: on leads as they are, in the words of plugin/README.md "Evaluation" ---

std::uint32_t opening_of(const store::feed_row &item) {
  return static_cast<std::uint32_t>((item.first_contact_at - item.created_at) / minute_us / 3);
}

bool passes(const store::feed_row &item, const question &asked, const access::visibility &who) {
  lead as_lead;
  as_lead.content.type = item.type;
  as_lead.location = item.location;
  as_lead.assignee = item.assignee;
  const auto among = [](const std::vector<std::string> &list, const std::string &text) {
    return list.empty() || std::count(list.begin(), list.end(), text) > 0;
  };
  return access::sees(who, as_lead) && among(asked.types, item.type) && among(asked.categories, item.category) &&
         asked.location.value_or(item.location) == item.location &&
         asked.assignee.value_or(item.assignee) == item.assignee && asked.model.value_or(item.model) == item.model &&
         asked.campaign.value_or(item.campaign) == item.campaign &&
         (asked.source.empty() || asked.source == item.source);
}

bool within(const store::feed_row &item, bool by_sale, time_us from, time_us to) {
  if (by_sale && (item.reached & 16) == 0) return false;
  const auto day = by_sale ? item.ended_at : item.created_at;
  return day >= from && (to == 0 || day < to);
}

counts counted(const std::vector<store::feed_row> &leads, time_us now) {
  counts sum;
  for (const auto &item : leads) {
    const auto state = *state_from(item.state);
    const bool ended = is_terminal(state);
    ++sum[received];
    ++sum[in_state + static_cast<std::size_t>(state)];
    sum[open] += !ended;
    sum[overdue] += !ended && item.due_at <= now;
    sum[asleep] += !ended && item.due_at == store::due_never;
    sum[contacted] += (item.reached & 1) != 0;
    sum[appointments] += (item.reached & 2) != 0;
    sum[test_drives] += (item.reached & 4) != 0;
    sum[offers] += (item.reached & 8) != 0;
    sum[sold] += (item.reached & 16) != 0;
    sum[won] += item.outcome == "won";
    sum[lost] += item.outcome == "lost";
    sum[closed] += item.outcome == "closed";
    sum[invalid] += item.outcome == "invalid";
    sum[responded] += item.first_contact_at != 0;
    sum[unassigned] += !ended && item.assignee.empty();
    sum[feedback_pending] += (item.feedback & 1) != 0;
    sum[feedback_rejected] += (item.feedback & 2) != 0;
    sum[feedback_failed] += (item.feedback & 4) != 0;
    if (item.escalation_at == 0) continue;
    const bool kept = item.first_contact_at != 0 && item.first_contact_at < item.escalation_at;
    const auto decided = item.first_contact_at != 0 ? item.first_contact_at : ended ? item.ended_at : now;
    sum[in_time] += kept;
    sum[late] += !kept && decided >= item.escalation_at;
  }
  return sum;
}

std::optional<double> plain_median(std::vector<std::uint32_t> values) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
}

template <typename Value>
std::vector<Value> mapped(const std::vector<store::feed_row> &leads, Value (*what)(const store::feed_row &)) {
  std::vector<Value> result;
  for (const auto &item : leads) {
    if (item.first_contact_at != 0) result.push_back(what(item));
  }
  return result;
}

void expect_groups(const std::vector<group> &found, const std::vector<store::feed_row> &leads,
                   const std::vector<store::feed_row> &before, std::string store::feed_row::*member, time_us now,
                   bool medians = false) {
  std::map<std::string, std::pair<std::vector<store::feed_row>, std::vector<store::feed_row>>> plain;
  for (const auto &item : leads) plain[item.*member].first.push_back(item);
  for (const auto &item : before) plain[item.*member].second.push_back(item);
  ASSERT_EQ(found.size(), plain.size());
  for (const auto &one : found) {
    const auto &[mine, past] = plain.at(one.key);
    if (medians) {
      EXPECT_EQ(one.opening_median, plain_median(mapped(mine, opening_of)));
    }
    EXPECT_EQ(one.of.of, counted(mine, now).of) << one.key;
    EXPECT_EQ(one.compared[received], past.size());
  }
}

answered_within plain_answered(const std::vector<store::feed_row> &leads) {
  answered_within result{};
  for (const auto &item : leads) {
    if (item.first_contact_at == 0) continue;
    const auto minutes = (item.first_contact_at - item.created_at) / minute_us;
    result[0] += minutes <= 60;
    result[1] += minutes <= 240;
    result[2] += minutes <= 1440;
  }
  return result;
}

void expect_answered(const std::vector<group> &found, const std::vector<store::feed_row> &leads,
                     std::string store::feed_row::*member) {
  for (const auto &one : found) {
    std::vector<store::feed_row> mine;
    std::copy_if(leads.begin(), leads.end(), std::back_inserter(mine),
                 [&](const auto &item) { return item.*member == one.key; });
    EXPECT_EQ(one.answered, plain_answered(mine)) << one.key;
  }
}

void compare(const std::vector<store::feed_row> &all, const columns::lead_columns &known, const question &asked,
             const access::visibility &who) {
  std::vector<store::feed_row> leads, before;
  for (const auto &item : all) {
    if (!passes(item, asked, who)) continue;
    if (within(item, asked.by_sale, asked.during.from, asked.during.to)) leads.push_back(item);
    if (asked.compared && within(item, asked.by_sale, asked.compared->from, asked.compared->to)) {
      before.push_back(item);
    }
  }
  const auto found = evaluate(known, asked, who);

  EXPECT_EQ(found.total.of, counted(leads, asked.now).of);
  EXPECT_EQ(found.answered, plain_answered(leads));
  expect_answered(found.types, leads, &store::feed_row::type);
  expect_answered(found.locations, leads, &store::feed_row::location);
  EXPECT_EQ(found.compared.of, counted(before, asked.now).of);
  const auto clock = [](const store::feed_row &item) {
    return static_cast<std::uint32_t>((item.first_contact_at - item.created_at) / minute_us);
  };
  EXPECT_EQ(found.clock_median, plain_median(mapped<std::uint32_t>(leads, clock)));
  EXPECT_EQ(found.opening_median, plain_median(mapped(leads, opening_of)));
  expect_groups(found.types, leads, before, &store::feed_row::type, asked.now);
  expect_groups(found.locations, leads, before, &store::feed_row::location, asked.now);
  expect_groups(found.sources, leads, before, &store::feed_row::source, asked.now);
  expect_groups(found.models, leads, before, &store::feed_row::model, asked.now);
  expect_groups(found.campaigns, leads, before, &store::feed_row::campaign, asked.now);
  expect_groups(found.salespersons, leads, before, &store::feed_row::assignee, asked.now, true);

  for (std::size_t part = 0; part + 1 < asked.during.edges.size(); ++part) {
    const auto inside = std::count_if(leads.begin(), leads.end(), [&](const auto &item) {
      return within(item, asked.by_sale, asked.during.edges[part], asked.during.edges[part + 1]);
    });
    EXPECT_EQ(found.parts[part][received], inside);
  }
  for (const auto &why : found.lost_by_reason) {
    const auto same = [&](const auto &item) { return item.outcome == "lost" && item.reason == why.key; };
    EXPECT_EQ(why.of, std::count_if(leads.begin(), leads.end(), same)) << why.key;
  }
  std::vector<age_count> ages(asked.ages.size() + 1);
  for (const auto &item : leads) {
    if (is_terminal(*state_from(item.state))) continue;
    const auto older =
        std::count_if(asked.ages.begin(), asked.ages.end(), [&](time_us edge) { return item.created_at >= edge; });
    ++ages[static_cast<std::size_t>(older)].open;
  }
  for (std::size_t age = 0; age < ages.size(); ++age) EXPECT_EQ(found.ages[age].open, ages[age].open);
}

TEST(evaluation, agrees_with_a_plain_recomputation_on_random_leads_questions_and_rights) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    // given
    world some(seed);
    std::map<std::int64_t, store::feed_row> known;
    columns::lead_columns leads;
    const int writes = some.below(700);
    for (int write = 0; write < writes; ++write) {
      // Some leads change again and again, numbers have gaps.
      const auto item = some.lead(some.below(9000) * (some.below(2) == 0 ? 1 : 7));
      known[item.id] = item;
      leads.put(item, opening_of(item));
    }
    std::vector<store::feed_row> all;
    for (const auto &[id, item] : known) all.push_back(item);
    EXPECT_EQ(leads.size(), all.size());
    for (int round = 0; round < 4; ++round) {
      // when, then
      SCOPED_TRACE("seed " + std::to_string(seed) + " round " + std::to_string(round));
      compare(all, leads, some.anything(), some.somebody());
      if (::testing::Test::HasFailure()) return;
    }
  }
}

TEST(evaluation, a_lead_that_is_anonymised_still_counts_as_what_it_ended) {
  // given
  world some(7);
  auto item = some.lead(1);
  item.state = "lost";
  item.outcome = "lost";
  item.reason = "price";
  columns::lead_columns before, after;
  before.put(item, 0);
  // when
  item.state = "erased";
  after.put(item, 0);
  // then
  const auto was = evaluate(before, {}, access::system_visibility());
  const auto is = evaluate(after, {}, access::system_visibility());
  EXPECT_EQ(is.total[lost], 1U);
  EXPECT_EQ(is.total.decided(), was.total.decided());
  EXPECT_EQ(is.lost_by_reason.at(0).key, "price");
  EXPECT_EQ(is.total.state(lead_state::lost), 0U);
  EXPECT_EQ(is.total.state(lead_state::erased), 1U);
}

TEST(evaluation, nobody_sees_a_lead_without_a_right) {
  // given
  world some(3);
  columns::lead_columns leads;
  for (int id = 1; id <= 50; ++id) leads.put(some.lead(id), 0);
  // when
  const auto found = evaluate(leads, {}, access::visibility{});
  // then
  EXPECT_EQ(found.total[received], 0U);
  EXPECT_TRUE(found.types.empty());
}

TEST(evaluation, definitions_are_there_for_the_page) {
  EXPECT_GE(definitions().size(), 8U);
  for (const auto &one : definitions()) EXPECT_FALSE(one.title.empty() || one.meaning.empty());
}

}  // namespace
