// Several hosts on one PostgreSQL database are one dealership: what is done at one of them holds at the others.
#include <future>
#include <set>
#include <thread>

#include "integration/host_on_each.hpp"

namespace {

using namespace host_test;
using namespace dms::reference;
using testing::HasSubstr;

constexpr auto plugin = "broken_intact";

/// Waits until it is so; the test fails where it never is.
template <typename Condition>
bool comes_true(Condition &&so) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (std::chrono::steady_clock::now() < until) {
    if (so()) return true;
    std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

class many_hosts : public with_host_on_each {
 protected:
  many_hosts() : other_(make(database_.directory() / "other")) {}
  ~many_hosts() override { other_.reset(); }
  host &a() { return *host_; }
  host &b() { return *other_; }
  static customer somebody(const std::string &name) {
    customer item;
    item.last_name = name;
    item.email = name + "@example.at";
    return item;
  }
  static std::string new_session(host &at, const std::string &user) {
    return at.data().sign_in.try_password(user, "secret " + user, "web", at.clock().now_us()).token;
  }
  static bool knows(host &at, const std::string &token) {
    return at.data().sessions.find(token, at.clock().now_us()).has_value();
  }
  std::unique_ptr<host> other_;
};

TEST_P(many_hosts, no_customer_number_is_given_twice_and_each_names_the_same_person_everywhere) {
  // when: both take in customers at once
  const auto take_in = [](host &at, const std::string &name) {
    std::set<std::int64_t> numbers;
    for (int one = 0; one < 25; ++one) numbers.insert(at.data().customers.create(somebody(name), "", 1).id);
    return numbers;
  };
  auto there = std::async(std::launch::async, [&] { return take_in(b(), "Huber"); });
  const auto here = take_in(a(), "Gruber");
  const auto theirs = there.get();
  // then
  EXPECT_EQ(here.size() + theirs.size(), 50U);
  for (const auto number : here) {
    EXPECT_FALSE(theirs.contains(number));
    EXPECT_EQ(b().data().customers.get(number)->last_name, "Gruber");
  }
}

TEST_P(many_hosts, the_same_key_at_once_makes_one_customer) {
  for (int round = 0; round < 10; ++round) {
    const auto key = "lead:" + std::to_string(round);
    auto there = std::async(std::launch::async, [&] { return b().data().customers.create(somebody("Huber"), key, 1); });
    const auto here = a().data().customers.create(somebody("Huber"), key, 1);
    EXPECT_EQ(here.id, there.get().id);
  }
}

TEST_P(many_hosts, a_change_that_another_host_was_quicker_with_is_a_conflict) {
  const auto made = a().data().customers.create(somebody("Huber"), "", 1);
  const auto rename = [&](host &at, const std::string &name) {
    return failure_of([&] {
      at.data().customers.change(
          made.id, made.revision, name, [&](customer &one) { one.last_name = name; },
          [](const customer &, const customer &) { return std::string("{}"); });
    });
  };
  auto there = std::async(std::launch::async, [&] { return rename(b(), "Maier"); });
  const auto here = rename(a(), "Bauer");
  const auto theirs = there.get();
  EXPECT_NE(here.empty(), theirs.empty()) << "one of them wins: " << here << " / " << theirs;
  EXPECT_THAT(here + theirs, HasSubstr("has been changed meanwhile"));
}

TEST_P(many_hosts, who_is_signed_in_at_one_is_signed_in_at_all) {
  add_user("eva", "sales");
  const auto token = new_session(a(), "eva");
  EXPECT_TRUE(knows(b(), token));
  EXPECT_NE(new_session(b(), "eva"), "") << "a user made at one signs in at the other";
  b().data().sessions.close(token, b().clock().now_us());
  EXPECT_FALSE(knows(a(), token));
}

TEST_P(many_hosts, who_is_deactivated_at_one_can_do_nothing_at_the_other) {
  // given
  add_user("eva", "sales");
  add_user("chef", "admin");
  b().start_serving();
  const auto token = new_session(b(), "eva");
  const auto before = b().directory_generation();
  // when
  a().deactivate_user(*a().make_call({.user = "chef"}), "eva");
  // then: at once
  EXPECT_FALSE(knows(b(), token));
  EXPECT_EQ(new_session(b(), "eva"), "");
  EXPECT_THAT(failure_of([&] { b().make_call({.user = "eva"}); }), HasSubstr("not active"));
  // and those who keep people in memory hear of it soon
  EXPECT_TRUE(comes_true([&] { return b().directory_generation() > before; }));
}

TEST_P(many_hosts, of_two_administrators_who_deactivate_each_other_one_stays) {
  for (int round = 0; round < 5; ++round) {
    const auto anna = "anna" + std::to_string(round), bert = "bert" + std::to_string(round);
    add_user(anna, "admin");
    add_user(bert, "admin");
    for (const auto &old : a().data().users.all()) {
      if (old.id != anna && old.id != bert) a().data().users.set_active(old.id, false);
    }
    const auto by_anna = a().make_call({.user = anna}), by_bert = b().make_call({.user = bert});
    auto there =
        std::async(std::launch::async, [&] { return failure_of([&] { b().deactivate_user(*by_bert, anna); }); });
    const auto here = failure_of([&] { a().deactivate_user(*by_anna, bert); });
    EXPECT_NE(here.empty(), there.get().empty());
    EXPECT_NE(a().data().users.find(anna)->active, a().data().users.find(bert)->active);
  }
}

TEST_P(many_hosts, wrong_passwords_count_wherever_they_are_tried) {
  add_user("eva", "sales");
  const std::int64_t now = 1'000'000'000'000;
  for (int wrong = 0; wrong < sign_in::tries; ++wrong) {
    auto &at = wrong % 2 == 0 ? a() : b();
    EXPECT_EQ(at.data().sign_in.try_password("eva", "guess", "web", now).outcome, sign_in_outcome::wrong);
  }
  for (auto *at : {&a(), &b()}) {
    EXPECT_EQ(at->data().sign_in.try_password("eva", "secret eva", "web", now).outcome, sign_in_outcome::locked);
  }
}

TEST_P(many_hosts, a_plugin_that_is_switched_at_one_is_switched_at_all) {
  // given: both serve it
  a().plugins().enable(plugin, "chef");
  a().start_serving();
  b().start_serving();
  const auto at_b = [&] { return b().plugins().status(plugin)->state; };
  EXPECT_TRUE(comes_true([&] { return at_b() == plugin_state::enabled; }));
  // when, then
  a().plugins().disable(plugin, "chef");
  EXPECT_TRUE(comes_true([&] { return at_b() == plugin_state::disabled; }));
  b().plugins().enable(plugin, "chef");
  EXPECT_TRUE(comes_true([&] { return a().plugins().status(plugin)->state == plugin_state::enabled; }));
}

TEST_P(many_hosts, contacts_and_the_bell_are_the_same_everywhere) {
  add_user("eva", "sales");
  contact wish;
  wish.user = "eva";
  wish.reference = "lead:1";
  const auto made = a().data().contacts.create(wish, "lead:1:contact");
  EXPECT_EQ(b().data().contacts.create(wish, "lead:1:contact").id, made.id);
  auto there = std::async(std::launch::async, [&] {
    return b().complete_contact(*b().make_call({.user = "eva"}), made.id, "reached", "");
  });
  const bool here = a().complete_contact(*a().make_call({.user = "eva"}), made.id, "reached", "");
  EXPECT_NE(here, there.get()) << "completed once";
  notification ring;
  ring.key = "lead:1";
  ring.text = "Neu";
  a().data().notifications.notify(ring, {"eva"});
  EXPECT_EQ(b().data().notifications.count_unread("eva"), 1);
}

TEST_P(many_hosts, hosts_that_start_at_once_on_an_empty_database_make_it_once) {
  const databases::fresh_database empty(kind::postgresql);
  std::vector<std::future<std::string>> starting;
  for (int number = 0; number < 4; ++number) {
    starting.push_back(std::async(std::launch::async, [&, number] {
      return failure_of([&] {
        host_options how;
        how.data_directory = empty.directory() / std::to_string(number);
        how.database = empty.uri();
        how.plugin_folders = {fs::path(paths::build()) / "broken_plugins"};
        host made(std::move(how));
      });
    }));
  }
  for (auto &one : starting) EXPECT_EQ(one.get(), "");
}

INSTANTIATE_TEST_SUITE_P(databases, many_hosts, databases::servers(), databases::name);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(many_hosts);

}  // namespace
