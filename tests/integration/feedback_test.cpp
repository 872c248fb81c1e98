// Feedback on both databases: what a change of state becomes, and that each message arrives in the end, once by its id,
// in order, whatever the receiver does.
#include "integration/feedback_support.hpp"
#include "paths.hpp"

#include <fstream>
#include <map>
#include <pugixml.hpp>
#include <thread>

#include "feedback/decisions.hpp"
#include "feedback/render.hpp"

namespace {

using namespace lead_system;
using namespace feedback_support;

class feedback_test : public with_feedback {};
INSTANTIATE_TEST_SUITE_P(databases, feedback_test, databases::all(), databases::name);

TEST_P(feedback_test, a_closed_lead_becomes_the_expected_message_in_the_drop_folder) {
  // given a lead of a salesperson, closed with a reason and without a comment
  auto item = add_lead("1-7QX2K1-001");
  item.assignee = "verkauf1";
  set_channel("directory", {});
  change(item, lead_state::closed, "", "no_further_contact");

  // when the job runs
  send(noon);

  // then the file is the sample's, but for the message id
  const auto messages = open().feedback_of(item.id);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].status, store::feedback_status::acknowledged);
  std::ifstream file(outbox() + "/siebel_nissan/" + messages[0].message_id + ".xml");
  const std::string written{std::istreambuf_iterator<char>(file), {}};
  std::ifstream sample(paths::data() + "/samples/siebel_nissan/feedback_expected.xml");
  std::string expected{std::istreambuf_iterator<char>(sample), {}};
  expected.replace(expected.find("b6d3c0de-0001"), 13, messages[0].message_id);
  pugi::xml_document ours, theirs;
  ASSERT_TRUE(ours.load_string(written.c_str()));
  ASSERT_TRUE(theirs.load_string(expected.c_str()));
  std::ostringstream one, other;
  ours.save(one);
  theirs.save(other);
  EXPECT_EQ(one.str(), other.str());
}

TEST_P(feedback_test, what_a_person_wrote_cannot_break_the_message) {
  auto item = add_lead("X-1");
  set_channel("directory", {});
  change(item, lead_state::closed, "</Comments><StatusCode>Won</StatusCode>{{id}}&\x01\"'", "not_reached");
  send(noon);
  const auto body = open().feedback_of(item.id).at(0).body;
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(body.c_str()));
  EXPECT_STREQ(document.select_node("//Comments").node().text().get(),
               "</Comments><StatusCode>Won</StatusCode>{{id}}&\"'");
  EXPECT_EQ(document.select_nodes("//StatusCode").size(), 1U);
}

TEST_P(feedback_test, a_receiver_that_misbehaves_gets_each_message_in_the_end_once_by_its_id_and_in_order) {
  // given a receiver that fails in every way before it takes a message
  receiver at([](int number, verdict &given) {
    switch (number % 7) {
      case 1:
        given.status = 500;
        return;
      case 2:
        given.body = "garbage";
        given.type = "text/plain";
        return;
      case 3:
        given.status = 302;
        given.location = "http://127.0.0.1:1/elsewhere";
        return;
      case 4:  // takes it, and loses the connection
        given.breaks_off = true;
        return;
      case 5:
        given.body = std::string(100'000, 'x');
        return;
      default:
        ok(given);
    }
  });
  set_channel("https", {{"url", at.url()}});
  std::map<std::int64_t, std::vector<std::string>> expected;
  for (int i = 0; i < 4; ++i) {
    auto item = add_lead("L-" + std::to_string(i));
    for (const auto to : {lead_state::received, lead_state::assigned, lead_state::in_progress}) change(item, to);
    for (const auto &one : open().feedback_of(item.id)) expected[item.id].push_back(one.message_id);
  }

  // when hours go by, with two hosts at work
  auto now = noon;
  for (int round = 0; round < 200 && open().count_feedback().waiting > 0; ++round) {
    now += hour_us * 7;
    std::thread other([&] { send(now, "host 2"); });
    send(now, "host 1");
    other.join();
  }

  // then nothing waits, and each lead's messages were first taken in their order
  EXPECT_EQ(open().count_feedback().waiting, 0);
  std::vector<std::string> first_seen;
  for (const auto &key : at.keys()) {
    if (std::find(first_seen.begin(), first_seen.end(), key) == first_seen.end()) first_seen.push_back(key);
  }
  EXPECT_EQ(first_seen.size(), 12U);
  for (const auto &[id, keys] : expected) {
    std::vector<std::string> seen;
    for (const auto &key : first_seen) {
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) seen.push_back(key);
    }
    EXPECT_EQ(seen, keys) << "lead " << id;
    for (const auto &one : open().feedback_of(id)) EXPECT_EQ(one.status, store::feedback_status::acknowledged);
  }
}

TEST_P(feedback_test, a_receiver_that_is_down_is_asked_at_growing_pauses) {
  set_channel("https", {{"url", "http://127.0.0.1:9/feedback"}});
  const auto item = add_lead("D-1");
  change(item, lead_state::received);
  time_us before = 0;
  auto now = noon;
  for (int attempt = 1; attempt <= 12; ++attempt) {
    send(now);
    const auto one = open().feedback_of(item.id).at(0);
    EXPECT_EQ(one.attempts, attempt);
    EXPECT_FALSE(one.answer.empty());
    const auto pause = one.next_attempt_at - now;
    EXPECT_GE(pause, 4 * second_us);
    EXPECT_LE(pause, hour_us * 6 + hour_us * 6 / 5);
    // A connection that was lost is tried within seconds; then the pauses grow.
    if (attempt == 1) {
      EXPECT_LE(pause, 10 * second_us);
    }
    if (attempt <= 8) {
      EXPECT_GT(pause, before);
    }
    before = pause;
    send(now);  // not due: not asked
    EXPECT_EQ(open().feedback_of(item.id).at(0).attempts, attempt);
    now = one.next_attempt_at;
  }
}

TEST_P(feedback_test, a_receiver_that_says_when_to_come_again_is_left_alone_until_then) {
  struct busy {
    int status;
    std::string retry_after;
    time_us least, most;
  };
  const auto in_ten_minutes = [] {
    const auto at = std::time(nullptr) + 600;
    char text[40];
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", std::gmtime(&at));
    return std::string(text);
  };
  for (const auto &how :
       {busy{429, "120", 120 * second_us, 125 * second_us},
        busy{503, in_ten_minutes(), 570 * second_us, 605 * second_us},
        busy{503, "9999999", 24 * hour_us, 24 * hour_us + 5 * second_us},
        busy{503, "soon", 4 * second_us, 10 * second_us}, busy{429, "-5", 4 * second_us, 10 * second_us}}) {
    // given
    receiver at([&](int, verdict &given) {
      given.status = how.status;
      given.retry_after = how.retry_after;
    });
    set_channel("https", {{"url", at.url()}});
    const auto item = add_lead("R-" + how.retry_after + std::to_string(how.status));
    change(item, lead_state::received);
    // when
    send(noon);
    // then the next attempt, which the log shows, is when the receiver said
    const auto one = message_of(item);
    EXPECT_EQ(one.status, store::feedback_status::waiting);
    EXPECT_GE(one.next_attempt_at - noon, how.least) << how.retry_after;
    EXPECT_LE(one.next_attempt_at - noon, how.most) << how.retry_after;
    set_channel("none", {});
  }
}

TEST_P(feedback_test, a_refused_message_is_for_the_admin_and_the_next_one_goes_on) {
  receiver at([](int number, verdict &given) {
    if (number == 1) {
      given.body = "<R><Status>NOTOK</Status><ErrorMessage>Unknown Id</ErrorMessage></R>";
    } else {
      ok(given);
    }
  });
  set_channel("https", {{"url", at.url()}});
  const auto item = add_lead("R-1");
  change(item, lead_state::received);
  change(item, lead_state::assigned);
  send(noon);
  auto messages = open().feedback_of(item.id);
  EXPECT_EQ(messages[0].status, store::feedback_status::rejected);
  EXPECT_EQ(messages[1].status, store::feedback_status::acknowledged);

  // when all rejected ones are sent again, it is left out: it would set back what the manufacturer knows
  EXPECT_EQ(feedback::resend_all(open(), "siebel_nissan", store::feedback_status::rejected, {"admin", "", noon}), 0);

  // when the admin sends it again all the same
  open().write(
      [&](store::transaction &inside) { EXPECT_TRUE(inside.requeue_feedback(messages[0].id, "admin", noon)); });
  send(noon + 1);
  EXPECT_EQ(open().feedback_of(item.id).at(0).status, store::feedback_status::acknowledged);
  EXPECT_EQ(at.keys().front(), at.keys().back());
}

TEST_P(feedback_test, without_a_channel_messages_wait_and_go_when_it_is_set_up_and_none_wants_none) {
  const auto item = add_lead("W-1");
  change(item, lead_state::received);
  send(noon);
  EXPECT_EQ(open().count_feedback().waiting, 1);
  set_channel("directory", {}, noon + second_us);
  send(noon + second_us);
  EXPECT_EQ(open().count_feedback().waiting, 0);

  set_channel("none", {});
  change(item, lead_state::assigned);
  EXPECT_EQ(open().feedback_of(item.id).size(), 1U);
}

TEST(feedback_render, fills_in_and_leaves_out) {
  EXPECT_EQ(feedback::fill_template("<a b=\"{{x}}\">{{unknown}}{{x</a>", {{"x", "\"<&>"}}, "application/xml"),
            "<a b=\"&quot;&lt;&amp;&gt;\">{{x</a>");
  EXPECT_EQ(feedback::fill_template("{\"a\":\"{{x}}\"}", {{"x", "\"\n\\"}}, "application/json"),
            "{\"a\":\"\\\"\\n\\\\\"}");
}

}  // namespace
