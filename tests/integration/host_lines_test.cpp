// The machine of the host's own PostgreSQL falls silent, its standby is lost: who waits hears so, who reads goes on.
#include <future>
#include <latch>

#include "dms/cpp/basics.hpp"
#include "integration/behind_relay.hpp"
#include "reference_host/core/data/database.hpp"

namespace {

namespace reference = dms::reference;

class host_lines : public databases::behind_relay {
 protected:
  void SetUp() override {
    behind_relay::SetUp();
    data_ = std::make_unique<reference::database>(uri_through(std::to_string(relay_->port())));
    reference::migrate(*data_);
  }
  static void note(const reference::database &in, const std::string &key) {
    in.write([&](soci::session &sql) {
      sql << "insert into settings (scope, key, value) values ('test', :key, '')", soci::use(key);
    });
  }
  static int noted(const reference::database &in) {
    int count = 0;
    in.read(
        [&](soci::session &sql) { sql << "select count(*) from settings where scope = 'test'", soci::into(count); });
    return count;
  }
  static std::string durability(soci::session &sql) {
    std::string value;
    sql << "show synchronous_commit", soci::into(value);
    return value;
  }

  std::unique_ptr<reference::database> data_;
};

INSTANTIATE_TEST_SUITE_P(databases, host_lines, databases::servers(), databases::name);

TEST_P(host_lines, who_waits_for_a_server_that_fell_silent_hears_so_and_goes_on_when_it_is_back) {
  // given
  note(*data_, "a");
  // when
  relay_->fall_silent();
  auto reading = std::async(std::launch::async, [&] { return noted(*data_); });
  auto writing = std::async(std::launch::async, [&] { note(*data_, "b"); });
  auto waiting = std::async(std::launch::async, [&] { reference::database::turn(*data_, "test"); });
  // then
  EXPECT_THROW(reading.get(), dms::failure);
  EXPECT_THROW(writing.get(), dms::failure);
  EXPECT_THROW(waiting.get(), dms::failure);
  // and
  relay_->go_on();
  note(*data_, "c");
  EXPECT_EQ(noted(*data_), 2);
  EXPECT_NO_THROW(reference::database::turn(*data_, "test"));
}

TEST_P(host_lines, readers_go_on_while_every_writer_hangs) {
  // given: as many as there are sessions for writing, each as one that waits for a standby
  constexpr int writers = 4;
  std::latch all_inside{writers}, let_go{1};
  std::vector<std::future<void>> hanging;
  for (int number = 0; number < writers; ++number) {
    hanging.push_back(std::async(std::launch::async, [&] {
      data_->write([&](soci::session &) {
        all_inside.count_down();
        let_go.wait();
      });
    }));
  }
  all_inside.wait();
  // then
  EXPECT_EQ(noted(*data_), 0);
  EXPECT_THROW(note(*data_, "a"), dms::failure);
  let_go.count_down();
  for (auto &one : hanging) one.get();
}

TEST_P(host_lines, only_what_may_be_lost_with_the_machine_is_not_waited_for) {
  std::string lightly, otherwise;
  data_->write_lightly([&](soci::session &sql) { lightly = durability(sql); });
  data_->write([&](soci::session &sql) { otherwise = durability(sql); });
  EXPECT_EQ(lightly, "local");
  EXPECT_EQ(otherwise, "on");
}

}  // namespace
