// What stands beside the leads, on both databases: outbox, archive, import log, settings, leases, texts.
#include <algorithm>
#include <random>
#include <set>

#include "integration/overview_oracle.hpp"
#include "integration/store_support.hpp"
#include "store/cutover_rows.hpp"

namespace {

using namespace store_support;

class store_records_test : public databases::on_each {};
INSTANTIATE_TEST_SUITE_P(databases, store_records_test, databases::all(), databases::name);

TEST_P(store_records_test, what_was_put_off_while_the_clock_was_ahead_goes_when_it_is_right_again) {
  // given: a message that failed, one that is being sent by a host that dies, and an hour's pause, a day ahead
  auto &store = open();
  const auto ahead = noon + day_us;
  const auto id = add(store, some_lead("1-A")), other = add(store, some_lead("1-B"));
  store.write([&](transaction &inside) {
    for (const auto lead_id : {id, other}) {
      store::feedback_message message;
      message.lead_id = lead_id;
      message.message_id = "m" + std::to_string(lead_id);
      message.source = "siebel_nissan";
      message.body = "<x/>";
      message.created_at = message.next_attempt_at = noon;
      inside.queue_feedback(message);
    }
  });
  ASSERT_EQ(store.sources_with_feedback(ahead).size(), 1U);
  auto leased = store.lease_feedback("siebel_nissan", 10, ahead, minute_us, "host a");
  ASSERT_EQ(leased.size(), 2U);
  leased[0].attempts = 1;
  leased[0].next_attempt_at = ahead + minute_us;
  ASSERT_TRUE(store.settle_feedback(leased[0], "host a", ahead));
  // when
  EXPECT_EQ(store.sources_with_feedback(noon + minute_us).size(), 1U);
  // then
  EXPECT_EQ(store.lease_feedback("siebel_nissan", 10, noon + minute_us, minute_us, "host b").size(), 2U);
}

TEST_P(store_records_test, a_pause_that_is_as_long_as_it_may_be_stays) {
  // given: the tenth attempt is six hours later
  auto &store = open();
  const auto id = add(store, some_lead("1-A"));
  store.write([&](transaction &inside) {
    store::feedback_message message;
    message.lead_id = id;
    message.message_id = "m1";
    message.source = "siebel_nissan";
    message.body = "<x/>";
    message.created_at = message.next_attempt_at = noon;
    inside.queue_feedback(message);
  });
  auto leased = store.lease_feedback("siebel_nissan", 10, noon, minute_us, "host a");
  leased[0].attempts = 10;
  leased[0].next_attempt_at = noon + 7 * hour_us;
  store.settle_feedback(leased[0], "host a", noon);
  // when
  store.sources_with_feedback(noon + hour_us);
  // then: also where the clock is set back a little
  EXPECT_TRUE(store.sources_with_feedback(noon).empty());
}

TEST_P(store_records_test, sends_feedback_in_order_and_to_one_sender_at_a_time) {
  // given: two messages of one lead, one of another
  auto &store = open();
  const auto one = add(store, some_lead("1-A")), two = add(store, some_lead("1-B"));
  store.write([&](transaction &inside) {
    int number = 0;
    for (const auto lead_id : {one, one, two}) {
      store::feedback_message message;
      message.lead_id = lead_id;
      message.message_id = "m" + std::to_string(++number);
      message.source = "siebel_nissan";
      message.body = "<x/>";
      message.created_at = message.next_attempt_at = noon;
      inside.queue_feedback(message);
    }
  });
  // when
  auto leased = store.lease_feedback("siebel_nissan", 10, noon, minute_us, "host a");
  // then
  ASSERT_EQ(leased.size(), 2U);
  EXPECT_EQ(leased[0].message_id, "m1");
  EXPECT_EQ(leased[1].message_id, "m3");
  EXPECT_TRUE(store.lease_feedback("siebel_nissan", 10, noon, minute_us, "host b").empty());
  leased[0].status = store::feedback_status::acknowledged;
  leased[0].attempts = 1;
  leased[0].answered_at = noon;
  EXPECT_FALSE(store.settle_feedback(leased[0], "host b", noon));
  EXPECT_TRUE(store.settle_feedback(leased[0], "host a", noon));
  EXPECT_FALSE(store.settle_feedback(leased[0], "host a", noon));
  // then the next of the lead is due, and what host a left unsettled once its lease is over
  auto later = store.lease_feedback("siebel_nissan", 10, noon + 2 * minute_us, minute_us, "host b");
  ASSERT_EQ(later.size(), 2U);
  EXPECT_EQ(store.count_feedback().waiting, 2);
  later[0].status = store::feedback_status::rejected;
  later[0].answer = "Dealer unknown";
  EXPECT_TRUE(store.settle_feedback(later[0], "host b", noon));
  EXPECT_EQ(store.count_feedback().rejected, 1);
  EXPECT_EQ(store.feedback_log({"rejected", {}, {}, {}, 0, 10}).size(), 1U);
  EXPECT_EQ(store.feedback_log({{}, {}, {}, {}, 0, 2}).size(), 2U);
  store::lead_filter filter;
  filter.feedback = "rejected";
  EXPECT_EQ(overview_oracle::count(store, filter, everything, noon), 1);
  bool again = false;
  store.write([&](transaction &inside) { again = inside.requeue_feedback(later[0].id, "admin", noon); });
  EXPECT_TRUE(again);
  EXPECT_EQ(store.find_feedback(later[0].id)->status, store::feedback_status::waiting);
}

TEST_P(store_records_test, archives_a_payload_once_and_gives_it_back_byte_by_byte) {
  // given: bytes of every value, also NUL
  auto &store = open();
  std::string bytes;
  for (int value = 0; value < 100'000; ++value) bytes += static_cast<char>(value % 256);
  // when
  std::int64_t first = 0, again = 0, digest_only = 0;
  store.write([&](transaction &inside) {
    first = inside.archive_payload("siebel_nissan", "d1", bytes, 100'000, noon).id;
    again = inside.archive_payload("siebel_nissan", "d1", bytes, 100'000, noon + 1).id;
    digest_only = inside.archive_payload("siebel_nissan", "d2", "", 50'000'000, noon).id;
  });
  // then
  EXPECT_EQ(first, again);
  EXPECT_EQ(store.payload(first), bytes);
  EXPECT_FALSE(store.payload(digest_only));
  EXPECT_FALSE(store.payload(4711));
}

/// Bytes in no order, each value many times: compressed they are no fewer, and as they are.
std::string noise(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes;
  for (std::size_t at = 0; at < size; ++at) bytes += static_cast<char>(random() & 0xFFU);
  return bytes;
}

TEST_P(store_records_test, keeps_bytes_that_no_compression_makes_fewer_whole_in_parts_and_as_a_list) {
  // given
  auto &store = open();
  const auto whole = noise(300'000, 1), part = noise(70'000, 2), last = std::string(1, '\0');
  // when: a payload, one in parts, and one that came by its digest first
  std::int64_t one = 0, large = 0, late = 0;
  store.write([&](transaction &inside) {
    one = inside.archive_payload("siebel_nissan", "d1", whole, 300'000, noon).id;
    large = inside.archive_payload("siebel_nissan", "d2", "", 70'001, noon).id;
    inside.archive_part(large, 0, part);
    inside.archive_part(large, 1, last);
    inside.archive_part(large, 1, "again");
    late = inside.archive_payload("siebel_nissan", "d3", "", 70'000, noon).id;
  });
  EXPECT_FALSE(store.payload(late));
  store.write([&](transaction &inside) { inside.archive_payload("siebel_nissan", "d3", part, 70'000, noon + 1); });
  store::cutover_rows lists(store);
  const auto list = lists.keep_list({0, "legacy_list", "admin", "alt.csv", noon, whole});
  // then
  EXPECT_EQ(store.payload(one), whole);
  EXPECT_EQ(store.payload(large), part) << "the first part";
  EXPECT_EQ(store.payload_part(large, 1), last);
  EXPECT_FALSE(store.payload_part(large, 2));
  EXPECT_EQ(store.payload(late), part);
  ASSERT_TRUE(lists.find_list(list));
  EXPECT_EQ(lists.find_list(list)->bytes, whole);
  EXPECT_EQ(lists.find_list(list)->name, "alt.csv");
  EXPECT_FALSE(lists.find_list(list + 1));
  // and: they take no more room than they are
  long long kept = 0;
  *database().session() << "SELECT length(packed) FROM payload WHERE digest = 'd1'", soci::into(kept);
  EXPECT_LT(kept, 301'000);
}

TEST_P(store_records_test, keeps_the_import_log) {
  auto &store = open();
  store::import_run run;
  run.receipt = "r1";
  run.source = "siebel_nissan";
  run.channel = "folder";
  run.name = "\xff\xfe broken name.xml";
  run.at = noon;
  store.write([&](transaction &inside) {
    run.id = inside.insert_run(run);
    inside.insert_item({0, run.id, 1, "1-A", "accepted", 5, ""});
    inside.insert_item({0, run.id, 2, "1-B", "quarantined", 0, "{\"id\":\"No way\"}"});
    run.accepted = 1;
    run.quarantined = 1;
    inside.update_run(run);
  });
  EXPECT_EQ(store.runs("", "quarantined", 0, 10).size(), 1U);
  EXPECT_EQ(store.runs("siebel_nissan", "accepted", 0, 10).size(), 1U);
  EXPECT_TRUE(store.runs("siebel_nissan", "legacy", 0, 10).empty());
  EXPECT_TRUE(store.runs("", "nonsense", 0, 10).empty());
  EXPECT_TRUE(store.runs("", "", run.id, 10).empty());
  EXPECT_EQ(store.find_run(run.id)->accepted, 1);
  const auto as_read = *store.find_run(run.id);
  EXPECT_EQ(as_read.receipt, "r1");
  EXPECT_EQ(as_read.at, noon);
  EXPECT_EQ(as_read.quarantined, 1);
  EXPECT_TRUE(as_read.finished);
  ASSERT_EQ(store.items(run.id, 0, 10).size(), 2U);
  EXPECT_EQ(store.items(run.id, 0, 10)[1].outcome, "quarantined");
}

TEST_P(store_records_test, keeps_settings_and_their_history) {
  auto &store = open();
  const access::grant all{"leitung", true, "siebel_nissan", access::scope::all, {}};
  const access::grant some{"wien1", false, "test_drive", access::scope::locations, {"graz", "wien"}};
  store.write([&](transaction &inside) {
    inside.set_grant(all, "admin", noon);
    inside.set_grant(some, "admin", noon);
    inside.set_lead_type({"test_drive", noon, 30, 60, 36}, "admin", noon);
    inside.set_dealer_code({"siebel_nissan", "AT10017", "wien"}, "admin", noon);
    inside.set_feedback_channel({"siebel_nissan", "https", {{"url", "https://example.at/"}}}, "admin", noon);
  });
  const auto grants = store.grants();
  ASSERT_EQ(grants.size(), 2U);
  EXPECT_EQ(grants[0].reach, access::scope::all);
  EXPECT_EQ(grants[1].locations, some.locations);
  EXPECT_EQ(store.lead_type_settings().at(0).reminder_minutes, 30);
  EXPECT_EQ(store.dealer_codes().at(0).location, "wien");
  EXPECT_EQ(store.feedback_channels().at(0).settings.at("url"), "https://example.at/");
  EXPECT_EQ(store.settings_history(10).size(), 5U);
  // when: taken back
  store.write([&](transaction &inside) {
    inside.set_grant({"wien1", false, "test_drive", access::scope::inherit, {}}, "admin", noon);
    inside.set_dealer_code({"siebel_nissan", "AT10017", ""}, "admin", noon);
  });
  EXPECT_EQ(store.grants().size(), 1U);
  EXPECT_TRUE(store.dealer_codes().empty());
  EXPECT_EQ(store.settings_history(1).at(0).was, "wien");
}

TEST_P(store_records_test, knows_the_leads_that_wait_for_a_dealer_code) {
  // given
  auto &store = open();
  auto item = some_lead("1-A");
  item.location.clear();
  item.content.dealer_code = "AT99999";
  item.id = add(store, item);
  add(store, some_lead("1-B"));
  // then
  const auto unmapped = store.unmapped_dealer_codes();
  ASSERT_EQ(unmapped.size(), 1U);
  EXPECT_EQ(unmapped[0].code, "AT99999");
  EXPECT_EQ(unmapped[0].leads, 1);
  std::vector<std::int64_t> waiting;
  store.write([&](transaction &inside) { waiting = inside.unplaced_leads("siebel_nissan", "AT99999"); });
  EXPECT_EQ(waiting, std::vector{item.id});
}

TEST_P(store_records_test, keeps_who_is_about_to_go_until_then) {
  auto &store = open();
  std::vector<store::departure> now, later;
  store.write([&](transaction &inside) {
    inside.add_departure({"user", "verkauf1", noon});
    inside.add_departure({"user", "verkauf1", noon + second_us});
    now = inside.departures(noon);
    later = inside.departures(noon + second_us);
  });
  ASSERT_EQ(now.size(), 1U);
  EXPECT_EQ(now[0].subject, "verkauf1");
  EXPECT_TRUE(later.empty());
}

TEST_P(store_records_test, knows_the_types_in_use_and_what_was_changed_together) {
  auto &store = open();
  add(store, some_lead("1-A", "test_drive"));
  add(store, some_lead("1-B", "test_drive"));
  add(store, some_lead("1-C", "quote_request"));
  const auto types = store.types_in_use();
  ASSERT_EQ(types.size(), 2U);
  EXPECT_EQ(types[0], (std::pair<std::string, std::string>("quote_request", "siebel_nissan")));
  // two rights in one act, a third one later
  store.write([&](transaction &inside) {
    inside.set_grant({"wien1", false, "test_drive", access::scope::all, {}}, "admin", noon);
    inside.set_grant({"graz1", false, "test_drive", access::scope::all, {}}, "admin", noon);
    inside.set_grant({"linz1", false, "test_drive", access::scope::all, {}}, "admin", noon + 1);
    EXPECT_EQ(inside.last_changed_by("grant", "wien1 / type:test_drive"), "admin");
    EXPECT_EQ(inside.last_changed_by("grant", "nobody / type:test_drive"), "");
  });
  const auto newest = store.settings_history(3);
  EXPECT_EQ(store.changes_with(newest[0].id).size(), 1U);
  EXPECT_EQ(store.changes_with(newest[1].id).size(), 2U);
  EXPECT_TRUE(store.changes_with(4711).empty());
  EXPECT_EQ(store.grants_of("wien1").size(), 1U);
}

TEST_P(store_records_test, refuses_a_text_with_nul_and_mends_broken_utf8) {
  auto &store = open();
  auto item = some_lead("1-A");
  item.assignee = std::string("a\0b", 3);
  EXPECT_THROW(add(store, item), std::invalid_argument);
  item.assignee = "caf\xe9";
  const auto id = add(store, item);
  EXPECT_EQ(store.find(id, everything)->assignee, "caf\xEF\xBF\xBD");
}

}  // namespace
