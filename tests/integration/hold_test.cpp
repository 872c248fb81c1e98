// What is held is free as soon as its holder is gone, however he went.
#include <sys/wait.h>

#include <csignal>
#include <thread>

#include "integration/databases.hpp"

namespace {

using namespace lead_system;

class hold_test : public databases::on_each {};
INSTANTIATE_TEST_SUITE_P(databases, hold_test, databases::all(), databases::name);

TEST_P(hold_test, there_is_one_holder_at_a_time) {
  // given
  auto &here = open();
  const auto there = store::store::open(database().options());
  auto held = here.hold("import:1");
  ASSERT_TRUE(held);
  // then: neither another host nor another thread of this one
  EXPECT_FALSE(there->hold("import:1"));
  EXPECT_FALSE(here.hold("import:1"));
  EXPECT_TRUE(there->hold("import:2"));
  // when
  held.reset();
  // then
  EXPECT_TRUE(there->hold("import:1"));
}

TEST_P(hold_test, who_is_killed_holds_nothing) {
  // given: a process of its own, which opens its own connections
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const auto how = database().options();
  const auto child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto store = store::store::open(how);
    const auto held = store->hold("import:1");
    const char answer = held ? 'y' : 'n';
    if (::write(ready[1], &answer, 1) != 1) ::_exit(1);
    ::pause();
    ::_exit(0);
  }
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  ASSERT_EQ(answer, 'y');
  EXPECT_FALSE(open().hold("import:1"));
  // when
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ready[0]);
  ::close(ready[1]);
  // then: at once, but for the moment that a server needs to notice
  std::unique_ptr<store::store::holding> held;
  for (int attempt = 0; attempt < 100 && !held; ++attempt) {
    held = open().hold("import:1");
    if (!held) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_TRUE(held);
}

}  // namespace
