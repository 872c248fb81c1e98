// Sending on both databases: leads side by side, sources apart, patience, and what an admin decides.
#include <chrono>
#include <future>

#include "feedback/decisions.hpp"
#include "integration/feedback_support.hpp"

namespace {

using namespace lead_system;
using namespace feedback_support;
using namespace std::chrono_literals;
using store::feedback_status;

const feedback::decider admin{"admin", "Alexandra Wimmer", noon};

class feedback_sending_test : public with_feedback {
 protected:
  std::string external_id_of(const std::string &body) {
    const auto at = body.find("<Id>") + 4;
    return body.substr(at, body.find("</Id>") - at);
  }
  /// Until `check` holds, or ten seconds.
  static bool eventually(const std::function<bool()> &check) {
    for (int tries = 0; tries < 1000; ++tries) {
      if (check()) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }
};
INSTANTIATE_TEST_SUITE_P(databases, feedback_sending_test, databases::all(), databases::name);

TEST_P(feedback_sending_test, a_slow_receiver_gets_many_leads_at_once_and_one_lead_in_order) {
  // given a receiver that takes its time, and two messages each of sixteen leads
  constexpr auto slowness = 100ms;
  std::mutex mutex;
  int at_once = 0, most_at_once = 0;
  receiver at([&](int, verdict &given) {
    {
      const std::lock_guard lock(mutex);
      most_at_once = std::max(most_at_once, ++at_once);
    }
    std::this_thread::sleep_for(slowness);
    const std::lock_guard lock(mutex);
    --at_once;
    ok(given);
  });
  set_channel("https", {{"url", at.url()}});
  std::vector<std::string> expected[16];
  for (int i = 0; i < 16; ++i) {
    const auto item = add_lead("L-" + std::to_string(i));
    change(item, lead_state::received);
    change(item, lead_state::assigned);
    for (const auto &one : open().feedback_of(item.id)) expected[i].push_back(one.message_id);
  }
  // when
  send(noon);
  // then
  EXPECT_EQ(open().count_feedback().waiting, 0);
  EXPECT_GE(most_at_once, 4);
  const auto keys = at.keys();
  EXPECT_EQ(keys.size(), 32U);
  for (const auto &of_lead : expected) {
    EXPECT_LT(std::find(keys.begin(), keys.end(), of_lead[0]), std::find(keys.begin(), keys.end(), of_lead[1]));
  }
}

TEST_P(feedback_sending_test, a_receiver_that_hangs_holds_up_no_other_source) {
  // given Nissan hangs with more leads than it has lanes
  std::promise<void> released;
  const auto release = released.get_future().share();
  receiver nissan([&](int, verdict &given) {
    release.wait();
    ok(given);
  });
  receiver dacia([](int, verdict &given) { ok(given); });
  set_channel("https", {{"url", nissan.url()}});
  set_channel("https", {{"url", dacia.url()}}, noon, "siebel_dacia");
  for (int i = 0; i < 12; ++i) change(add_lead("N-" + std::to_string(i)), lead_state::received);
  std::thread job([&] { send(noon + second_us); });
  EXPECT_TRUE(eventually([&] { return !nissan.keys().empty(); }));
  // when a Dacia lead comes in meanwhile
  const auto item = add_lead("D-1", "siebel_dacia");
  change(item, lead_state::received);
  // then its manufacturer hears of it all the same
  EXPECT_TRUE(eventually([&] { return message_of(item).status == feedback_status::acknowledged; }));
  EXPECT_EQ(open().count_feedback().waiting, 12);
  released.set_value();
  job.join();
  EXPECT_EQ(open().count_feedback().waiting, 0);
}

TEST_P(feedback_sending_test, a_hundred_failures_later_the_same_message_arrives) {
  receiver at([](int number, verdict &given) {
    if (number <= 100) {
      given.status = 500;
    } else {
      ok(given);
    }
  });
  set_channel("https", {{"url", at.url()}});
  const auto item = add_lead("H-1");
  change(item, lead_state::received);
  change(item, lead_state::assigned);
  for (auto now = noon; message_of(item).status == feedback_status::waiting;) {
    send(now);
    now = message_of(item).next_attempt_at + 1;
  }
  send(noon + 365 * day_us);
  EXPECT_EQ(message_of(item).status, feedback_status::acknowledged);
  EXPECT_EQ(message_of(item).attempts, 101);
  const auto keys = at.keys();
  ASSERT_EQ(keys.size(), 102U);
  EXPECT_EQ(std::count(keys.begin(), keys.end(), message_of(item, 0).message_id), 101);
  EXPECT_EQ(keys.back(), message_of(item, 1).message_id);
}

TEST_P(feedback_sending_test, what_fails_for_weeks_is_failed_and_an_admin_sends_it_again) {
  // given no channel: nothing gets through
  const auto item = add_lead("F-1");
  change(item, lead_state::received);
  auto now = noon;
  while (message_of(item).status == feedback_status::waiting) {
    send(now);
    now = message_of(item).next_attempt_at + 1;
    ASSERT_LE(message_of(item).attempts, 120);
  }
  EXPECT_EQ(message_of(item).status, feedback_status::failed);
  EXPECT_GT(now - noon, 20 * day_us);
  // when it is set up and the failed ones are sent again
  set_channel("directory", {}, now);
  EXPECT_EQ(feedback::resend_all(open(), "siebel_dacia", feedback_status::failed, admin), 0);
  EXPECT_EQ(feedback::resend_all(open(), "siebel_nissan", feedback_status::failed, admin), 1);
  send(now);
  // then it went as itself, and the lead's timeline says who did it
  EXPECT_EQ(message_of(item).status, feedback_status::acknowledged);
  EXPECT_EQ(message_of(item).attempts, 1);
  EXPECT_EQ(message_of(item).decided_by, "admin");
  const auto event = open().timeline(item.id).front();
  EXPECT_EQ(event.kind, "feedback_resent");
  EXPECT_EQ(event.actor_name, "Alexandra Wimmer");
  EXPECT_EQ(event.data.at("message"), message_of(item).message_id);
}

TEST_P(feedback_sending_test, one_that_is_given_up_lets_the_next_go) {
  // given the first of two waits for a receiver that is down
  set_channel("https", {{"url", "http://127.0.0.1:9/feedback"}});
  const auto item = add_lead("G-1");
  change(item, lead_state::received);
  change(item, lead_state::assigned);
  send(noon + second_us);
  const auto first = message_of(item, 0);
  EXPECT_EQ(first.attempts, 1);
  EXPECT_EQ(message_of(item, 1).attempts, 0);
  EXPECT_EQ(message_of(item, 1).next_attempt_at, first.next_attempt_at) << "it is not looked at before";
  // when
  EXPECT_TRUE(feedback::give_up(open(), first.id, "Händler hat angerufen", admin));
  EXPECT_FALSE(feedback::give_up(open(), first.id, "Noch einmal", admin));
  receiver at([](int, verdict &given) { ok(given); });
  set_channel("https", {{"url", at.url()}}, noon + minute_us);
  send(noon + minute_us);
  // then
  EXPECT_EQ(message_of(item, 0).status, feedback_status::given_up);
  EXPECT_EQ(message_of(item, 0).decision, "Händler hat angerufen");
  EXPECT_EQ(message_of(item, 1).status, feedback_status::acknowledged);
  EXPECT_EQ(at.keys(), std::vector{message_of(item, 1).message_id});
  EXPECT_EQ(open().timeline(item.id).front().kind, "feedback_given_up");
  EXPECT_EQ(open().timeline(item.id).front().comment, "Händler hat angerufen");
  // and it can be sent after all
  EXPECT_TRUE(feedback::resend(open(), first.id, admin));
  send(noon + 2 * minute_us);
  EXPECT_EQ(message_of(item, 0).status, feedback_status::acknowledged);
  EXPECT_FALSE(feedback::resend(open(), first.id, admin)) << "it has arrived";
  EXPECT_FALSE(feedback::give_up(open(), first.id, "Zu spät", admin));
}

TEST_P(feedback_sending_test, sending_one_now_takes_along_what_must_go_before_it) {
  set_channel("https", {{"url", "http://127.0.0.1:9/feedback"}});
  const auto item = add_lead("S-1");
  change(item, lead_state::received);
  change(item, lead_state::assigned);
  send(noon + second_us);
  receiver at([](int, verdict &given) { ok(given); });
  open().write([&](store::transaction &inside) {
    inside.set_feedback_channel({"siebel_nissan", "https", {{"url", at.url()}}}, "admin", noon + hour_us);
  });
  EXPECT_TRUE(feedback::resend(open(), message_of(item, 1).id, {"admin", "", noon + 2 * second_us}));
  send(noon + 3 * second_us);
  EXPECT_EQ(at.keys(), (std::vector{message_of(item, 0).message_id, message_of(item, 1).message_id}));
}

TEST_P(feedback_sending_test, a_host_that_ends_gives_up_waiting_and_counts_no_attempt) {
  std::promise<void> released;
  const auto release = released.get_future().share();
  receiver at([&](int, verdict &given) {
    release.wait();
    ok(given);
  });
  set_channel("https", {{"url", at.url()}});
  const auto item = add_lead("E-1");
  change(item, lead_state::received);
  std::thread job([&] { send(noon); });
  EXPECT_TRUE(eventually([&] { return !at.keys().empty(); }));
  const auto begun = std::chrono::steady_clock::now();
  stopping_ = true;
  job.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  EXPECT_EQ(message_of(item).status, feedback_status::waiting);
  EXPECT_EQ(message_of(item).attempts, 0);
  released.set_value();
  // when another host takes over, once the lease is over
  stopping_ = false;
  send(noon + second_us, "host 2");
  EXPECT_EQ(message_of(item).status, feedback_status::waiting) << "still leased";
  send(noon + minute_us, "host 2");
  EXPECT_EQ(message_of(item).status, feedback_status::acknowledged);
}

TEST_P(feedback_sending_test, a_lease_that_is_renewed_is_kept) {
  set_channel("directory", {});
  change(add_lead("K-1"), lead_state::received);
  auto &store = open();
  ASSERT_EQ(store.lease_feedback("siebel_nissan", 8, noon, 15 * second_us, "host 1").size(), 1U);
  store.renew_feedback_leases("host 1", noon + 30 * second_us);
  EXPECT_TRUE(store.lease_feedback("siebel_nissan", 8, noon + 20 * second_us, second_us, "host 2").empty());
  EXPECT_EQ(store.lease_feedback("siebel_nissan", 8, noon + 31 * second_us, second_us, "host 2").size(), 1U);
}

TEST_P(feedback_sending_test, the_log_is_filtered_and_searched) {
  set_channel("directory", {});
  const auto one = add_lead("1-7QX-001"), two = add_lead("1-7QX-002"), other = add_lead("1-7QX-003", "siebel_dacia");
  for (const auto &item : {one, two, other}) change(item, lead_state::received);
  send(noon);
  const auto found = [&](const std::string &status, const std::string &source, const std::string &text) {
    std::vector<std::string> ids;
    for (const auto &it : open().feedback_log({status, source, text, {"siebel_nissan", "siebel_dacia"}, 0, 10})) {
      ids.push_back(it.external_id);
    }
    return ids;
  };
  using ids = std::vector<std::string>;
  EXPECT_EQ(found("", "", ""), (ids{"1-7QX-003", "1-7QX-002", "1-7QX-001"}));
  EXPECT_EQ(found("waiting", "", ""), ids{"1-7QX-003"}) << "Dacia has no channel";
  EXPECT_EQ(found("", "siebel_nissan", ""), (ids{"1-7QX-002", "1-7QX-001"}));
  EXPECT_EQ(found("", "", "1-7QX-00"), (ids{"1-7QX-003", "1-7QX-002", "1-7QX-001"}));
  EXPECT_EQ(found("acknowledged", "", "1-7QX-002"), ids{"1-7QX-002"});
  EXPECT_EQ(found("", "", message_of(one).message_id), ids{"1-7QX-001"});
  EXPECT_EQ(found("", "", std::to_string(two.id)), ids{"1-7QX-002"});
  EXPECT_TRUE(found("", "", "7QX").empty());
  EXPECT_TRUE(found("", "siebel_dacia", "1-7QX-001").empty());
  EXPECT_TRUE(found("", "", "'; DROP TABLE lead; --").empty());
}

}  // namespace
