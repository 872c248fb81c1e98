// The machine of a PostgreSQL falls silent, its standby is lost, its connections break: what the host's own does then.
#include <future>
#include <latch>

#include "connections/line_watch.hpp"
#include "integration/behind_relay.hpp"
#include "integration/overview_oracle.hpp"
#include "integration/store_support.hpp"

namespace {

using namespace store_support;
using databases::behind_relay;

TEST(postgresql_address, gets_bounds_on_waiting_unless_it_has_its_own) {
  EXPECT_EQ(dms::bounded_address("postgresql://dms@a,b/leads?target_session_attrs=read-write&connect_timeout=9"),
            "postgresql://dms@a,b/leads?target_session_attrs=read-write&connect_timeout=9&tcp_user_timeout=5000&"
            "keepalives_idle=5&keepalives_interval=2&keepalives_count=3");
  EXPECT_EQ(dms::bounded_address("postgres://a/leads"),
            "postgres://a/leads?connect_timeout=2&tcp_user_timeout=5000&keepalives_idle=5&keepalives_interval=2&"
            "keepalives_count=3");
  EXPECT_EQ(dms::bounded_address("postgresql://a/leads?no_such_option=1"), "postgresql://a/leads?no_such_option=1");
}

class store_lines : public behind_relay {
 protected:
  store::options through(const std::string &ports) const {
    store::options how;
    how.database = uri_through(ports);
    return how;
  }
  /// What a person does who reads that the database is away.
  template <typename Body>
  static std::int64_t after_trying(Body &&body) {
    for (int tries = 0; tries < 10; ++tries) {
      try {
        return body();
      } catch (const store::store_unavailable &) {
      }
    }
    return 0;
  }
  store::options through_the_relay() const { return through(std::to_string(relay_->port())); }
};

INSTANTIATE_TEST_SUITE_P(databases, store_lines, databases::servers(), databases::name);

TEST_P(store_lines, who_waits_for_a_server_that_fell_silent_hears_so_and_goes_on_when_it_is_back) {
  // given
  const auto store = store::store::open(through_the_relay());
  add(*store, some_lead("1-A"));
  // when
  relay_->fall_silent();
  auto reading = std::async(std::launch::async, [&] { return overview_oracle::count(*store, {}, everything, noon); });
  auto writing = std::async(std::launch::async, [&] { return add(*store, some_lead("1-B")); });
  auto holding = std::async(std::launch::async, [&] { return store->hold("import:1"); });
  // then
  EXPECT_THROW(reading.get(), store::store_unavailable);
  EXPECT_THROW(writing.get(), store::store_unavailable);
  EXPECT_THROW(holding.get(), store::store_unavailable);
  // and
  relay_->go_on();
  EXPECT_EQ(overview_oracle::count(*store, {}, everything, noon), 1);
  EXPECT_GT(add(*store, some_lead("1-B")), 0);
  EXPECT_TRUE(store->hold("import:1"));
}

TEST_P(store_lines, another_host_of_the_address_takes_over_from_one_that_fell_silent) {
  // given: "host1,host2" as one writes a primary and its standby
  auto how = through(std::to_string(relay_->port()));
  const auto at = how.database.find("127.0.0.1:" + std::to_string(relay_->port()));
  ASSERT_NE(at, std::string::npos);
  how.database.insert(how.database.find('/', at), ",127.0.0.1:" + std::to_string(server_port_));
  const auto store = store::store::open(how);
  add(*store, some_lead("1-A"));
  // when
  relay_->fall_silent();
  // then: whoever waited just then may hear that it was away
  EXPECT_EQ(after_trying([&] { return overview_oracle::count(*store, {}, everything, noon); }), 1);
  EXPECT_GT(after_trying([&] { return add(*store, some_lead("1-B")); }), 0);
}

TEST_P(store_lines, a_server_that_is_silent_from_the_start_is_said_to_be) {
  relay_->fall_silent();
  EXPECT_THROW(store::store::open(through_the_relay()), store::store_unavailable);
}

TEST_P(store_lines, a_statement_that_takes_long_on_a_server_that_answers_is_waited_for) {
  const auto store = store::store::open(through_the_relay());
  const auto id = add(*store, some_lead("1-A"));
  // given: somebody has the row, for longer than a silent server is believed in
  auto how = through_the_relay();
  how.busy_timeout_ms = 60'000;
  const auto patient = store::store::open(how);
  auto other = database_->session();
  *other << "BEGIN; UPDATE lead SET version = version WHERE id = 1";
  auto writing = std::async(std::launch::async, [&] {
    patient->write([&](transaction &inside) {
      auto item = *inside.find_lead(id);
      item.location = "graz";
      EXPECT_TRUE(inside.update_lead(item));
    });
  });
  EXPECT_EQ(writing.wait_for(std::chrono::seconds(6)), std::future_status::timeout);
  // when
  *other << "COMMIT";
  // then
  EXPECT_NO_THROW(writing.get());
}

TEST_P(store_lines, readers_go_on_while_every_writer_hangs) {
  // given
  auto how = through_the_relay();
  how.busy_timeout_ms = 100;
  const auto store = store::store::open(how);
  add(*store, some_lead("1-A"));
  std::latch all_inside{static_cast<std::ptrdiff_t>(how.sessions)}, let_go{1};
  std::vector<std::future<void>> writers;
  for (std::size_t number = 0; number < how.sessions; ++number) {
    writers.push_back(std::async(std::launch::async, [&] {
      store->write([&](transaction &) {
        all_inside.count_down();
        let_go.wait();
      });
    }));
  }
  all_inside.wait();
  // then
  EXPECT_THROW(add(*store, some_lead("1-B")), store::store_unavailable);
  EXPECT_EQ(overview_oracle::count(*store, {}, everything, noon), 1);
  EXPECT_TRUE(store->healthy());
  let_go.count_down();
  for (auto &writer : writers) writer.get();
}

TEST_P(store_lines, what_is_held_stays_held_when_the_connection_breaks) {
  // given
  const auto here = store::store::open(through_the_relay()), there = store::store::open(through_the_relay());
  const auto held = here->hold("import:1");
  ASSERT_TRUE(held);
  // when
  *database_->session()
      << "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND "
         "pid <> pg_backend_pid()";
  const auto other = here->hold("import:2");
  // then
  EXPECT_TRUE(other);
  EXPECT_FALSE(there->hold("import:1"));
  EXPECT_FALSE(there->hold("import:2"));
}

}  // namespace
