// The evaluation on a real store, on both databases: its numbers are those that the overview counts, at every moment,
// whatever was written by whom.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <thread>

#include "integration/databases.hpp"
#include "integration/overview_oracle.hpp"
#include "integration/own_evaluator.hpp"

namespace {

using namespace lead_system;
using store::transaction;

constexpr time_us noon = 1'595'419'200 * second_us;

/// A host's directory whose locations a test may change.
class some_directory {
 public:
  some_directory() {
    raw_.context = this;
    raw_.generation = [](void *self) { return static_cast<some_directory *>(self)->generation; };
    raw_.users = [](void *, const dms_sink *sink, dms_error *) { return tell(sink, "[]"); };
    raw_.locations = [](void *self, const dms_sink *sink, dms_error *) {
      return tell(sink, static_cast<some_directory *>(self)->locations);
    };
  }
  dms::directory face() const { return dms::directory(&raw_); }
  std::int64_t generation = 1;
  std::string locations = R"([{"id":"wien","name":"Wien","time_zone":"Europe/Vienna","region":"AT-9","open":true,
      "opening_hours":[{"days":"1-5","from":"08:00","to":"18:00"}]}])";

 private:
  static dms_status tell(const dms_sink *sink, std::string_view text) {
    dms::write(*sink, text);
    return dms_ok;
  }
  dms_directory raw_{};
};

/// The numbers that the overview gives for the links of the evaluation.
void expect_what_the_overview_counts(store::store &from, const evaluation::numbers &found,
                                     const access::visibility &who, time_us now) {
  using namespace evaluation;
  store::lead_filter all;
  const auto count = [&](auto &&change) {
    auto filter = all;
    change(filter);
    return overview_oracle::count(from, filter, who, now);
  };
  const auto &total = found.total;
  EXPECT_EQ(total[received], count([](auto &) {}));
  for (const auto &[which, tab] :
       std::map<figure, std::string>{{open, "open"}, {overdue, "overdue"}, {unassigned, "unassigned"}}) {
    EXPECT_EQ(total[which], count([&, name = tab](auto &filter) { filter.tab = name; })) << tab;
  }
  for (const auto state : all_states()) {
    EXPECT_EQ(total.state(state), count([&](auto &filter) { filter.states = {std::string(key(state))}; }))
        << key(state);
  }
  for (const auto &[which, step] : std::map<figure, stage>{{contacted, stage::contacted},
                                                           {appointments, stage::appointment},
                                                           {test_drives, stage::test_drive},
                                                           {offers, stage::offer},
                                                           {sold, stage::sold}}) {
    EXPECT_EQ(total[which], count([reached = step](auto &filter) { filter.reached = reached; }));
  }
  for (const auto &[which, status] : std::map<figure, std::string>{
           {feedback_pending, "pending"}, {feedback_rejected, "rejected"}, {feedback_failed, "failed"}}) {
    EXPECT_EQ(total[which], count([&, name = status](auto &filter) { filter.feedback = name; })) << status;
  }
  for (const auto &place : found.locations) {
    EXPECT_EQ(place.of[received], count([&](auto &filter) { filter.location = place.key; })) << place.key;
  }
  for (const auto &person : found.salespersons) {
    EXPECT_EQ(person.of[received], count([&](auto &filter) { filter.assignee = person.key; })) << person.key;
  }
}

lead some_lead(int number, std::mt19937 &random) {
  static const std::vector<std::string> types{"test_drive", "quote_request"}, places{"", "wien", "graz"},
      models{"", "Qashqai", "Ariya"};
  lead item;
  item.content.source = "siebel_nissan";
  item.content.external_id = std::to_string(number);
  item.content.type = types[random() % types.size()];
  item.content.campaign = random() % 2 == 0 ? "Spring" : "";
  item.content.wanted.resize(1);
  item.content.wanted[0].model = models[random() % models.size()];
  item.category = "siebel_nissan";
  item.location = places[random() % places.size()];
  item.created_at = noon + static_cast<int>(random() % 3000) * minute_us;
  item.reminder_at = item.created_at + hour_us;
  item.escalation_at = item.created_at + 2 * hour_us;
  return item;
}

/// A change as people or a feed may make it, legal or not: the counts must follow anyway.
void change_at_random(lead &item, std::mt19937 &random) {
  static const std::vector<std::string> people{"", "anna", "lukas"};
  item.assignee = people[random() % people.size()];
  item.state = item.state == lead_state::lost ? lead_state::received  // reopened
                                              : all_states()[random() % all_states().size()];
  if (random() % 3 == 0 && item.first_contact_at == 0) {
    item.first_contact_at = item.created_at + static_cast<int>(random() % 400) * minute_us;
  }
  item.reached |= stage_set::from_bits(static_cast<unsigned>(random() % 32));
  item.reason = is_terminal(item.state) ? "price" : "";
  item.ended_at = is_terminal(item.state) ? item.created_at + day_us : 0;
}

store::feedback_message some_message(std::int64_t lead_id, int number) {
  store::feedback_message one;
  one.lead_id = lead_id;
  one.message_id = "message " + std::to_string(number);
  one.source = "siebel_nissan";
  one.external_id = "x";
  one.created_at = one.next_attempt_at = noon;
  return one;
}

class evaluation_feed : public databases::on_each {
 protected:
  void SetUp() override {
    on_each::SetUp();
    open();
  }
  some_directory directory_;
  access::organisation_source organisation_{directory_.face()};
  std::int64_t add(lead item) {
    std::int64_t id = 0;
    open().write([&](transaction &inside) { id = inside.insert_lead(item, "d"); });
    return id;
  }
  std::uint32_t received_by(own_evaluator &host) {
    return host.ask({}, access::system_visibility()).total[evaluation::received];
  }
};
INSTANTIATE_TEST_SUITE_P(databases, evaluation_feed, databases::all(), databases::name);

/// Writers beside each other, as only a server has them.
class evaluation_feed_of_parallel_writers : public evaluation_feed {};

INSTANTIATE_TEST_SUITE_P(databases, evaluation_feed_of_parallel_writers, databases::servers(), databases::name);

access::visibility somebody(std::mt19937 &random) {
  if (random() % 3 == 0) return access::system_visibility();
  access::visibility who;
  who.user = random() % 2 == 0 ? "anna" : "leitung";
  who.types = {{"test_drive", random() % 2 == 0, {}}, {"quote_request", false, {"wien"}}};
  if (!who.types[0].all) who.types[0].locations = {"graz", "wien"};
  return who;
}

TEST_P(evaluation_feed, counts_what_the_overview_counts_at_every_moment_of_a_random_history) {
  // given: two hosts on one database
  auto &store = open();
  std::mt19937 random(11);
  own_evaluator first(database().options(), open(), organisation_), second(database().options(), open(), organisation_);
  std::vector<std::int64_t> ids;
  int messages = 0;
  for (int round = 0; round < 60; ++round) {
    // when: imports, work, feedback, a write that is rolled back
    for (int write = 0; write < 6; ++write) {
      if (ids.empty() || random() % 3 == 0) {
        ids.push_back(add(some_lead(static_cast<int>(ids.size()) + 1, random)));
        continue;
      }
      const auto id = ids[random() % ids.size()];
      const bool fails = random() % 5 == 0;
      try {
        store.write([&](transaction &inside) {
          auto item = *inside.find_lead(id);
          change_at_random(item, random);
          ASSERT_TRUE(inside.update_lead(item));
          if (random() % 2 == 0) inside.queue_feedback(some_message(id, ++messages));
          if (fails) throw std::domain_error("changed his mind");
        });
      } catch (const std::domain_error &) {
        EXPECT_TRUE(fails);
      }
    }
    if (round % 4 == 0) {
      for (auto &message : store.lease_feedback("siebel_nissan", 5, noon + day_us, minute_us, "sender")) {
        message.status = static_cast<store::feedback_status>(1 + random() % 3);
        store.settle_feedback(message, "sender", noon);
      }
    }
    // then
    auto &host = round % 2 == 0 ? first : second;
    const auto who = somebody(random);
    evaluation::question asked;
    asked.now = noon + static_cast<int>(random() % 3000) * minute_us;
    SCOPED_TRACE("round " + std::to_string(round));
    expect_what_the_overview_counts(store, host.ask(asked, who), who, asked.now);
    if (round == 30) first.keep_warm({});
    if (HasFailure()) return;
  }
  // then: a host that starts now knows the same
  own_evaluator fresh(database().options(), open(), organisation_);
  const auto here = first.ask({}, access::system_visibility()), there = fresh.ask({}, access::system_visibility());
  EXPECT_EQ(here.total.of, there.total.of);
  EXPECT_EQ(here.opening_median, there.opening_median);
}

TEST_P(evaluation_feed, keeps_the_outcome_of_an_anonymised_lead_and_drops_that_of_a_reopened_one) {
  // given
  auto &store = open();
  std::mt19937 random(2);
  own_evaluator host(database().options(), open(), organisation_);
  const auto change = [&](std::int64_t id, lead_state to) {
    store.write([&](transaction &inside) {
      auto item = *inside.find_lead(id);
      item.state = to;
      ASSERT_TRUE(inside.update_lead(item));
    });
  };
  const auto erased = add(some_lead(1, random)), reopened = add(some_lead(2, random));
  change(erased, lead_state::won);
  change(reopened, lead_state::lost);
  EXPECT_EQ(host.ask({}, access::system_visibility()).total.decided(), 2U);
  // when
  change(erased, lead_state::erased);
  change(reopened, lead_state::received);
  // then
  const auto now = host.ask({}, access::system_visibility()).total;
  EXPECT_EQ(now[evaluation::won], 1U);
  EXPECT_EQ(now[evaluation::lost], 0U);
  EXPECT_EQ(now.state(lead_state::erased), 1U);
}

TEST_P(evaluation_feed, reads_model_and_campaign_from_the_content) {
  // given
  std::mt19937 random(2);
  auto item = some_lead(1, random);
  item.content.wanted[0].model = "Qashqai „e-POWER“";
  item.content.campaign = "Frühling";
  add(item);
  // when
  own_evaluator host(database().options(), open(), organisation_);
  evaluation::question asked;
  asked.model = "Qashqai „e-POWER“";
  asked.campaign = "Frühling";
  // then
  EXPECT_EQ(host.ask(asked, access::system_visibility()).total[evaluation::received], 1U);
  asked.campaign = "Herbst";
  EXPECT_EQ(host.ask(asked, access::system_visibility()).total[evaluation::received], 0U);
}

TEST_P(evaluation_feed_of_parallel_writers, skips_no_transaction_that_commits_after_a_later_one) {
  // given: a transaction that has written and still runs
  std::mt19937 random(4);
  add(some_lead(1, random));
  own_evaluator host(database().options(), open(), organisation_);
  const auto early = database().session();
  *early << "BEGIN";
  *early << "UPDATE lead SET state = 'won', state_rank = 6, is_open = 0, version = version + 1 WHERE id = 1";
  // when: another one commits, and is read, before it
  add(some_lead(2, random));
  EXPECT_EQ(received_by(host), 2U);
  EXPECT_EQ(host.ask({}, access::system_visibility()).total[evaluation::won], 0U);
  add(some_lead(3, random));
  EXPECT_EQ(received_by(host), 3U);
  *early << "COMMIT";
  // then
  EXPECT_EQ(host.ask({}, access::system_visibility()).total[evaluation::won], 1U);
}

TEST_P(evaluation_feed, reads_everything_anew_where_changes_were_forgotten) {
  // given: a host that has read, and one that forgets everything afterwards
  std::mt19937 random(5);
  own_evaluator host(database().options(), open(), organisation_);
  EXPECT_EQ(received_by(host), 0U);
  for (int number = 1; number <= 5; ++number) add(some_lead(number, random));
  store::lead_feed rows(database().options());
  rows.forget(1);
  // when, then
  EXPECT_EQ(received_by(host), 5U);
  add(some_lead(6, random));
  EXPECT_EQ(received_by(host), 6U);
}

TEST_P(evaluation_feed, counts_in_the_present_opening_hours) {
  // given: a lead of 18 o'clock in Vienna, answered the next day at 9
  std::mt19937 random(6);
  auto item = some_lead(1, random);
  item.location = "wien";
  item.created_at = noon + 4 * hour_us;
  item.first_contact_at = item.created_at + 15 * hour_us;
  add(item);
  own_evaluator host(database().options(), open(), organisation_);
  EXPECT_EQ(host.ask({}, access::system_visibility()).opening_median, 60);
  // when: the location opens at 7 from now on
  directory_.locations.replace(directory_.locations.find("08:00"), 5, "07:00");
  ++directory_.generation;
  // then
  EXPECT_EQ(host.ask({}, access::system_visibility()).opening_median, 120);
  EXPECT_EQ(host.ask({}, access::system_visibility()).clock_median, 900);
}

TEST_P(evaluation_feed, answers_while_others_write) {
  // given
  auto &store = open();
  std::mt19937 random(8);
  own_evaluator host(database().options(), open(), organisation_);
  std::atomic<bool> done = false;
  // when
  std::vector<std::thread> readers;
  std::atomic<int> wrong = 0;
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&] {
      std::uint32_t last = 0;
      while (!done) {
        const auto now = received_by(host);
        if (now < last) ++wrong;
        last = now;
      }
    });
  }
  for (int number = 1; number <= 60; ++number) add(some_lead(number, random));
  done = true;
  for (auto &one : readers) one.join();
  // then
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(received_by(host),
            static_cast<std::uint32_t>(overview_oracle::count(store, {}, access::system_visibility(), noon)));
}

}  // namespace
