// The evaluation's numbers against a plain recomputation, lead by lead, at every moment of a random history: imports,
// actions, reopened and anonymised leads, changed rules, evaluators that start anew, a process that is killed.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <thread>

#include "integration/history.hpp"
#include "integration/overview_oracle.hpp"
#include "integration/own_evaluator.hpp"
#include "lead/working_time.hpp"

extern char **environ;

namespace {

using namespace dealership;
using evaluation::counts, evaluation::numbers;
using enum evaluation::figure;

std::optional<double> plain_median(std::vector<std::int64_t> values) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const auto middle = values.size() / 2;
  if (values.size() % 2 == 1) return static_cast<double>(values[middle]);
  return static_cast<double>(values[middle - 1] + values[middle]) / 2.0;
}

/// The stages that a lead's events tell of, newest first. A sale that was taken back was none.
stage_set told_by(const std::vector<lead_event> &newest_first) {
  stage_set reached;
  for (auto event = newest_first.rbegin(); event != newest_first.rend(); ++event) {
    const auto data = [&](const char *name) {
      const auto found = event->data.find(name);
      return found == event->data.end() ? std::string{} : found->second;
    };
    if (event->kind == "contact_result" && data("result") == "reached") reached |= {stage::contacted};
    if (event->kind == "reopened") reached.remove(stage::sold);
    static const std::map<std::string, stage> stages{{"appointment", stage::appointment},
                                                     {"test_drive_done", stage::test_drive},
                                                     {"offer", stage::offer},
                                                     {"won", stage::sold}};
    const bool moves = event->kind == "progress" || event->kind == "closed" || event->kind == "test_drive_agreed";
    if (const auto to = stages.find(data("to")); moves && to != stages.end()) {
      reached |= {stage::contacted, to->second};
    }
  }
  return reached;
}

/// What the figures say in words, on leads as the store shows them.
struct recomputed {
  counts total;
  std::vector<std::int64_t> clock, opening;
  std::map<std::string, counts> by_type, by_location, by_salesperson, by_source, by_model, by_campaign;
  std::map<std::string, std::uint32_t> lost_by_reason;

  void add(const lead &item, const std::string &outcome, stage_set reached,
           const std::vector<store::feedback_message> &messages, const working_calendar &calendar, time_us now) {
    counts one;
    const bool ended = is_terminal(item.state);
    one[received] = 1;
    one[evaluation::in_state + static_cast<std::size_t>(item.state)] = 1;
    one[open] = ended ? 0 : 1;
    one[unassigned] = !ended && item.assignee.empty() ? 1 : 0;
    for (const auto &[which, happened] :
         {std::pair{contacted, stage::contacted}, std::pair{appointments, stage::appointment},
          std::pair{test_drives, stage::test_drive}, std::pair{offers, stage::offer}, std::pair{sold, stage::sold}}) {
      one[which] = reached.has(happened) ? 1 : 0;
    }
    for (const auto &[which, name] :
         {std::pair{won, "won"}, std::pair{lost, "lost"}, std::pair{closed, "closed"}, std::pair{invalid, "invalid"}}) {
      one[which] = outcome == name ? 1 : 0;
    }
    add_deadline(one, item, ended, now);
    using enum store::feedback_status;
    for (const auto &message : messages) {
      if (message.status == waiting) one[feedback_pending] = 1;
      if (message.status == rejected) one[feedback_rejected] = 1;
      if (message.status == failed) one[feedback_failed] = 1;
    }
    if (item.first_contact_at != 0) {
      one[responded] = 1;
      clock.push_back((item.first_contact_at - item.created_at) / minute_us);
      opening.push_back(working_minutes_between(item.created_at, item.first_contact_at, calendar));
    }
    total += one;
    if (outcome == "lost") ++lost_by_reason[item.reason];
    const auto &content = item.content;
    by_type[content.type] += one;
    by_location[item.location] += one;
    by_salesperson[item.assignee] += one;
    by_source[content.source] += one;
    by_model[content.wanted.empty() ? "" : content.wanted[0].model] += one;
    by_campaign[content.campaign] += one;
  }

 private:
  static void add_deadline(counts &one, const lead &item, bool ended, time_us now) {
    one[overdue] = deadline_of(item, now) == deadline::overdue ? 1 : 0;
    one[asleep] = next_step_of(item).what == next_step::kind::missing ? 1 : 0;
    if (item.escalation_at == 0) return;
    if (item.first_contact_at != 0) {
      one[item.first_contact_at < item.escalation_at ? in_time : late] = 1;
    } else if (ended) {
      one[late] = item.ended_at >= item.escalation_at ? 1 : 0;
    } else if (item.escalation_at <= now) {
      one[late] = 1;
    }
  }
};

void expect_same(const std::vector<evaluation::group> &found, const std::map<std::string, counts> &plain,
                 const char *what) {
  EXPECT_EQ(found.size(), plain.size()) << what;
  for (const auto &one : found) {
    const auto expected = plain.find(one.key);
    ASSERT_NE(expected, plain.end()) << what << " " << one.key;
    EXPECT_EQ(one.of.of, expected->second.of) << what << " " << one.key;
  }
}

class evaluation_history : public with_history {
 protected:
  /// As what a lead ended: of an anonymised one only its timeline still tells.
  std::string outcome_of(const lead &item) {
    if (is_open(item.state)) return {};
    if (item.state != lead_state::erased) return std::string(key(item.state));
    for (const auto &event : open().timeline(item.id)) {
      if (event.kind == "erased") return event.data.at("from");
    }
    return {};
  }

  recomputed recompute(const access::visibility &who) {
    recomputed result;
    store::lead_query query;
    query.limit = 500;
    const auto organised = organisation_->now();
    do {
      const auto page = overview_oracle::list(open(), query, access::system_visibility(), now_);
      for (const auto &item : page.leads) {
        if (!access::sees(who, item)) continue;
        result.add(item, outcome_of(item), told_by(open().timeline(item.id)), open().feedback_of(item.id),
                   organised->calendar_of(item.location), now_);
      }
      query.cursor = page.next;
    } while (!query.cursor.empty());
    return result;
  }

  void compare(own_evaluator &host, const access::visibility &who) {
    evaluation::question asked;
    asked.now = now_;
    const auto found = host.ask(asked, who);
    const auto plain = recompute(who);
    EXPECT_EQ(found.total.of, plain.total.of);
    seen_ += plain.total;
    EXPECT_EQ(found.clock_median, plain_median(plain.clock));
    EXPECT_EQ(found.opening_median, plain_median(plain.opening));
    expect_same(found.types, plain.by_type, "type");
    expect_same(found.locations, plain.by_location, "location");
    expect_same(found.salespersons, plain.by_salesperson, "salesperson");
    expect_same(found.sources, plain.by_source, "source");
    expect_same(found.models, plain.by_model, "model");
    expect_same(found.campaigns, plain.by_campaign, "campaign");
    std::map<std::string, std::uint32_t> reasons;
    for (const auto &why : found.lost_by_reason) reasons[why.key] = why.of;
    EXPECT_EQ(reasons, plain.lost_by_reason);
  }
  counts seen_;  ///< of all comparisons together
};
INSTANTIATE_TEST_SUITE_P(databases, evaluation_history, databases::all(), databases::name);

TEST_P(evaluation_history, the_numbers_are_those_of_a_plain_recomputation_at_every_moment) {
  // given: two hosts
  std::optional<own_evaluator> first, second;
  first.emplace(database().options(), open(), *organisation_);
  second.emplace(database().options(), open(), *organisation_);
  for (int moment = 0; moment < 90; ++moment) {
    // when
    const int things = 1 + below(20);
    for (int one = 0; one < things; ++one) happen();
    // One of them ends and starts anew, or has missed so much that it reads everything again.
    if (below(12) == 0) second.emplace(database().options(), open(), *organisation_);
    if (below(15) == 0) store::lead_feed(database().options()).forget(below(20));
    // then
    SCOPED_TRACE("moment " + std::to_string(moment));
    auto &host = below(2) == 0 ? *first : *second;
    compare(host, moment % 3 == 0
                      ? access::system_visibility()
                      : desk_->visibility_of(
                            one_of(std::vector<std::string>{"leitung", "wien1", "verkauf1", "verkauf2"}), now_));
    if (HasFailure()) return;
  }
  for (const auto which : {evaluation::open, overdue, won, lost, closed, invalid, in_time, late, feedback_pending}) {
    EXPECT_GT(seen_[which], 0U) << "figure " << which << " was never anything but 0";
  }
  EXPECT_GT(seen_.state(lead_state::erased), 0U);
}

// --- a process that is killed while it writes ---

constexpr const char *writer_database = "LEADS_TEST_KILLED_WRITER";

/// Runs in a process of its own, until it is killed.
TEST(killed, DISABLED_writer) {
  const char *uri = std::getenv(writer_database);
  ASSERT_NE(uri, nullptr);
  store::options how;
  how.database = uri;
  const auto store = store::store::open(how);
  std::mt19937 random(static_cast<unsigned>(::getpid()));
  for (int number = 0;; ++number) {
    lead item;
    item.content.source = "siebel_nissan";
    item.content.external_id = std::to_string(::getpid()) + "-" + std::to_string(number);
    item.content.type = "test_drive";
    item.category = "siebel_nissan";
    item.created_at = noon;
    item.escalation_at = noon + hour_us;
    store->write([&](store::transaction &inside) {
      const auto id = inside.insert_lead(item, item.content.external_id);
      auto known = *inside.find_lead(id);
      known.state = random() % 2 == 0 ? lead_state::lost : lead_state::in_progress;
      known.first_contact_at = noon + static_cast<int>(random() % 90) * minute_us;
      inside.update_lead(known);
    });
  }
}

TEST_P(evaluation_history, nothing_is_counted_twice_or_missed_when_a_writer_is_killed) {
  // given: a host that knows the numbers so far
  for (int times = 0; times < 40; ++times) happen();
  own_evaluator host(database().options(), open(), *organisation_);
  compare(host, access::system_visibility());
  for (int round = 0; round < 4; ++round) {
    // when: another process writes, and is killed in the middle of it
    const auto before = overview_oracle::count(open(), {}, access::system_visibility(), now_);
    ASSERT_EQ(::setenv(writer_database, database().uri().c_str(), 1), 0);
    // It runs its one test, whatever share of the tests this process has.
    ::unsetenv("GTEST_TOTAL_SHARDS");
    ::unsetenv("GTEST_SHARD_INDEX");
    std::string program = "/proc/self/exe", only = "--gtest_filter=killed.DISABLED_writer",
                disabled = "--gtest_also_run_disabled_tests";
    char *words[] = {program.data(), only.data(), disabled.data(), nullptr};
    posix_spawn_file_actions_t silent;
    posix_spawn_file_actions_init(&silent);
    posix_spawn_file_actions_addopen(&silent, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t writer = 0;
    ASSERT_EQ(::posix_spawn(&writer, program.c_str(), &silent, nullptr, words, environ), 0);
    posix_spawn_file_actions_destroy(&silent);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (overview_oracle::count(open(), {}, access::system_visibility(), now_) < before + 5 + below(20) &&
           std::chrono::steady_clock::now() < end) {
      host.ask({}, access::system_visibility());
    }
    ::kill(writer, SIGKILL);
    ::waitpid(writer, nullptr, 0);
    // then: the same host, and one that starts now
    SCOPED_TRACE("round " + std::to_string(round));
    EXPECT_GT(overview_oracle::count(open(), {}, access::system_visibility(), now_), before);
    compare(host, access::system_visibility());
    own_evaluator fresh(database().options(), open(), *organisation_);
    compare(fresh, access::system_visibility());
  }
}

}  // namespace
