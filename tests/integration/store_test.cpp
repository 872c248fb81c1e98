// Leads in the store, on both databases: kept, changed by version, brought by many at once, known again.
#include <algorithm>
#include <set>
#include <thread>

#include "integration/overview_oracle.hpp"
#include "integration/store_support.hpp"
#include "lead/fold.hpp"

namespace {

using namespace store_support;

class store_test : public databases::on_each {};
INSTANTIATE_TEST_SUITE_P(databases, store_test, databases::all(), databases::name);

TEST_P(store_test, keeps_a_lead_as_it_was) {
  // given
  auto &store = open();
  auto item = some_lead("1-A");
  // when
  item.id = add(store, item);
  const auto found = store.find(item.id, everything);
  // then
  ASSERT_TRUE(found);
  EXPECT_EQ(found->content, item.content);
  EXPECT_EQ(found->category, item.category);
  EXPECT_EQ(found->location, item.location);
  EXPECT_EQ(found->escalation_at, item.escalation_at);
  EXPECT_EQ(found->version, 1);
  store.write([&](transaction &inside) {
    EXPECT_EQ(inside.find_lead("siebel_nissan", "1-A")->id, item.id);
    EXPECT_FALSE(inside.find_lead("siebel_dacia", "1-A"));
    EXPECT_EQ(inside.content_digest(item.id), "digest 1-A");
  });
}

TEST_P(store_test, writes_only_the_version_that_was_seen) {
  // given
  auto &store = open();
  auto item = some_lead("1-A");
  item.id = add(store, item);
  auto changed = item;
  changed.state = lead_state::assigned;
  changed.assignee = "verkauf1";
  // when
  bool first = false, second = true;
  store.write([&](transaction &inside) {
    first = inside.update_lead(changed);
    inside.add_event({0, item.id, noon, "assigned", "leitung", "Petra Lindner", "", {{"user", "verkauf1"}}});
  });
  store.write([&](transaction &inside) { second = inside.update_lead(changed); });
  // then
  EXPECT_TRUE(first);
  EXPECT_FALSE(second);
  EXPECT_EQ(store.find(item.id, everything)->version, 2);
  const auto since = store.events_since(item.id, 1);
  ASSERT_EQ(since.size(), 1U);
  EXPECT_EQ(since[0].actor_name, "Petra Lindner");
  EXPECT_EQ(since[0].data.at("user"), "verkauf1");
  EXPECT_TRUE(store.events_since(item.id, 2).empty());
}

TEST_P(store_test, rolls_back_what_throws) {
  auto &store = open();
  EXPECT_THROW(store.write([&](transaction &inside) {
    inside.insert_lead(some_lead("1-A"), "d");
    throw std::logic_error("no");
  }),
               std::logic_error);
  EXPECT_EQ(overview_oracle::count(store, {}, everything, noon), 0);
  EXPECT_GT(add(store, some_lead("1-A")), 0);
}

TEST_P(store_test, two_threads_that_bring_the_same_lead_make_one) {
  // given
  auto &store = open();
  const auto bring = [&] {
    for (int number = 0; number < 20; ++number) {
      store.write([&](transaction &inside) {
        const auto item = some_lead("1-" + std::to_string(number));
        if (!inside.find_lead(item.content.source, item.content.external_id)) inside.insert_lead(item, "d");
      });
    }
  };
  // when
  std::thread one(bring), two(bring);
  one.join();
  two.join();
  // then
  EXPECT_EQ(overview_oracle::count(store, {}, everything, noon), 20);
}

TEST_P(store_test, many_writers_at_once_lose_nothing) {
  // given
  auto &store = open();
  auto item = some_lead("1-A");
  item.id = add(store, item);
  std::atomic<int> written{0};
  // when
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 6; ++thread) {
    threads.emplace_back([&] {
      for (int number = 0; number < 10; ++number) {
        store.write([&](transaction &inside) {
          auto now = *inside.find_lead(item.id);
          if (!inside.update_lead(now)) throw store::store_unavailable("changed meanwhile");
        });
        ++written;
      }
    });
  }
  try {
    for (auto &thread : threads) thread.join();
  } catch (...) {
    FAIL();
  }
  // then
  EXPECT_EQ(written, 60);
  EXPECT_EQ(store.find(item.id, everything)->version, 61);
}

TEST_P(store_test, knows_the_same_person_again) {
  // given
  auto &store = open();
  auto first = some_lead("1-A");
  first.id = add(store, first);
  lead_content by_mail;
  by_mail.prospect.email = "JOERG.mueller@example.AT";
  lead_content by_work_phone;
  by_work_phone.prospect.phones = {{"+4315550143", ""}};
  lead_content stranger;
  stranger.prospect.email = "anna@example.at";
  // then
  store.write([&](transaction &inside) {
    const auto follow_up = [&](const lead_content &content, time_us since) {
      return inside.look_up({content, "digest"}, since).follow_up;
    };
    EXPECT_EQ(follow_up(by_mail, 0), first.id);
    EXPECT_EQ(follow_up(by_work_phone, 0), first.id);
    EXPECT_EQ(follow_up(by_mail, noon + 1), 0);
    EXPECT_EQ(follow_up(stranger, 0), 0);
    EXPECT_EQ(follow_up({}, 0), 0);
  });
  auto second = some_lead("1-B");
  second.id = add(store, second);
  const auto related = store.related(second, everything);
  ASSERT_EQ(related.size(), 1U);
  EXPECT_EQ(related[0].id, first.id);
  EXPECT_TRUE(store.related(second, access::visibility{}).empty());
}

}  // namespace
