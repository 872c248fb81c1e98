// The admin's switch: plugins come and go while the host goes on.
#include <cstdlib>
#include <fstream>
#include <thread>

#include "paths.hpp"
#include "reference_host/core/data/data_place.hpp"
#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;
using dms::reference::gate;
using dms::reference::plugin_state;
using testing::HasSubstr;

class plugins : public with_host {};

TEST_F(plugins, an_enabled_plugin_is_wanted_at_the_next_start) {
  EXPECT_EQ(host_->plugins().enable("broken_intact", "chef").state, plugin_state::enabled);
  open();
  host_->start_plugins();
  EXPECT_EQ(host_->plugins().status("broken_intact")->state, plugin_state::enabled);
  host_->plugins().disable("broken_intact", "chef");
  open();
  host_->start_plugins();
  EXPECT_EQ(host_->plugins().status("broken_intact")->state, plugin_state::disabled);
}

TEST_F(plugins, a_failed_enable_keeps_its_reason_and_the_host_goes_on) {
  const auto state = host_->plugins().enable("broken_throwing_activate", "chef");
  EXPECT_EQ(state.state, plugin_state::failed);
  EXPECT_THAT(state.reason, HasSubstr("threw an exception"));
  EXPECT_EQ(host_->plugins().enable("broken_intact", "chef").state, plugin_state::enabled);
  EXPECT_TRUE(host_->health().ok);
}

TEST_F(plugins, an_unknown_plugin_is_named) {
  EXPECT_THAT(failure_of([&] { host_->plugins().enable("nobody", ""); }), HasSubstr("There is no plugin \"nobody\""));
}

TEST_F(plugins, a_command_of_another_process_reaches_the_serving_one) {
  host_->start_serving();
  const auto command = [&](const std::string &verb) {
    return std::system((paths::build() + "/bin/dms_host plugin " + verb + " --data " + folder_.string() +
                        " --plugins " + paths::build() + "/broken_plugins >/dev/null 2>&1")
                           .c_str());
  };
  EXPECT_EQ(command("enable broken_intact"), 0);
  EXPECT_EQ(host_->plugins().status("broken_intact")->state, plugin_state::enabled);
  EXPECT_EQ(command("disable broken_intact"), 0);
  EXPECT_EQ(host_->plugins().status("broken_intact")->state, plugin_state::disabled);
  EXPECT_NE(command("enable broken_wrong_major"), 0);
  EXPECT_THAT(host_->plugins().status("broken_wrong_major")->reason, HasSubstr("interface version 99"));
}

TEST_F(plugins, only_one_host_serves_a_data_directory) {
  host_->start_serving();
  const auto beside = make();
  EXPECT_THAT(failure_of([&] { beside->start_serving(); }), HasSubstr("serves this data directory already"));
}

/// What the plugin "broken_away" needs is away for as long as this lives.
class away {
 public:
  explicit away(fs::path sign) : sign_(std::move(sign)) {
    std::ofstream(sign_) << "away";
    ::setenv("BROKEN_AWAY", sign_.c_str(), 1);
  }
  away(const away &) = delete;
  away &operator=(const away &) = delete;
  ~away() { ::unsetenv("BROKEN_AWAY"); }
  void ends() const { fs::remove(sign_); }

 private:
  fs::path sign_;
};

template <typename Condition>
bool eventually(Condition &&holds) {
  for (int step = 0; step < 1000 && !holds(); ++step) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  return holds();
}

TEST_F(plugins, what_a_plugin_needs_may_come_later_than_the_host) {
  // given
  const away database(folder_ / "away");
  EXPECT_EQ(host_->plugins().enable("broken_away", "chef").state, plugin_state::waiting);
  open();
  // when: the host starts before it
  std::atomic<bool> tried{false};
  host_->start_serving([&] { tried = true; });
  ASSERT_TRUE(eventually([&] { return tried.load(); }));
  // then: everybody hears that it is away, not that it is not there
  EXPECT_FALSE(host_->health().ok);
  EXPECT_THAT(host_->plugins().status("broken_away")->reason, HasSubstr("cannot be reached"));
  EXPECT_EQ(host_->load_screen(*host_->make_call({}), "test.screen", "{}").status, dms_unavailable);
  EXPECT_EQ(host_->act(*host_->make_call({}), "test.screen", "x", "{}").status, dms_unavailable);
  // and: it comes back by itself
  database.ends();
  EXPECT_TRUE(eventually([&] { return host_->plugins().status("broken_away")->state == plugin_state::enabled; }));
  EXPECT_TRUE(host_->health().ok);
  EXPECT_EQ(host_->load_screen(*host_->make_call({}), "test.screen", "{}").status, dms_not_found);
}

TEST_F(plugins, who_disables_what_waits_is_not_asked_for_it_again) {
  const away database(folder_ / "away");
  host_->start_serving();
  EXPECT_EQ(host_->plugins().enable("broken_away", "chef").state, plugin_state::waiting);
  EXPECT_EQ(host_->plugins().disable("broken_away", "chef").state, plugin_state::disabled);
  database.ends();
  host_->plugins().tend();
  EXPECT_EQ(host_->plugins().status("broken_away")->state, plugin_state::disabled);
  EXPECT_TRUE(host_->health().ok);
}

TEST_F(plugins, a_start_that_is_refused_leaves_the_database_as_it_was) {
  // given
  host_->start_serving();
  dms::reference::host_options how;
  how.data_directory = folder_;
  how.database = "postgresql://elsewhere/leads";
  // when
  const auto said = failure_of([&] { dms::reference::host(how).start_serving(); });
  // then
  EXPECT_NE(said, "");
  EXPECT_EQ(dms::reference::remembered_database(folder_), "");
  EXPECT_THAT(failure_of([&] { make()->start_serving(); }), HasSubstr("serves this data directory already"));
}

class looking_screen : public dms::screen {
 public:
  explicit looking_screen(std::function<void()> look) : look_(std::move(look)) {}
  std::string id() const override { return "test.looking"; }
  std::string right() const override { return ""; }
  std::string load(const dms::call &, std::string_view) override { return "{}"; }
  dms::answer act(const dms::call &, std::string_view action, std::string_view) override {
    look_();
    if (action == "refused") throw dms::failure(dms_refused, "no");
    return {dms_ok, "{}"};
  }

 private:
  std::function<void()> look_;
};

TEST_F(plugins, an_action_stands_in_the_audit_log_before_it_is_done) {
  add_user("eva", "sales");
  std::string seen;
  const auto last = [&] { return host_->data().audit.list({}).at(0).detail; };
  host_->own().add(std::make_unique<looking_screen>([&] { seen = last(); }));
  host_->act(*host_->make_call({.user = "eva"}), "test.looking", "sell", "{}");
  EXPECT_EQ(seen, "sell");
  EXPECT_EQ(last(), "sell");
  host_->act(*host_->make_call({.user = "eva"}), "test.looking", "refused", "{}");
  EXPECT_EQ(seen, "refused");
  EXPECT_EQ(last(), "refused (not done)");
}

TEST(gates, closing_waits_for_those_inside_and_lets_nobody_in) {
  gate entrance;
  ASSERT_TRUE(entrance.enter());
  std::atomic<bool> closed{false};
  std::thread closing([&] { closed = entrance.close(std::chrono::hours(1)); });
  while (!*entrance.closing()) std::this_thread::yield();
  EXPECT_FALSE(entrance.enter());
  EXPECT_FALSE(closed);
  entrance.leave();
  closing.join();
  EXPECT_TRUE(closed);
}

TEST(gates, closing_gives_up_who_does_not_leave) {
  gate entrance;
  ASSERT_TRUE(entrance.enter());
  EXPECT_FALSE(entrance.close(std::chrono::milliseconds(1)));
  EXPECT_FALSE(entrance.enter());
  entrance.leave();
  EXPECT_TRUE(entrance.close(std::chrono::milliseconds(0)));
}

class test_screen : public dms::screen {
 public:
  std::string id() const override { return "test.screen"; }
  std::string right() const override { return "test.read"; }
  std::string load(const dms::call &who, std::string_view parameters) override {
    return who.user() + ':' + std::string(parameters);
  }
  dms::answer act(const dms::call &, std::string_view action, std::string_view) override {
    if (action == "throw") throw std::runtime_error("inside");
    return {dms_conflict, "changed"};
  }
};

TEST_F(plugins, a_screen_answers_only_those_with_its_right) {
  add_user("eva", "sales");
  add_user("gast", "office");
  host_->own().add_right("test.read", "Read", "sales");
  host_->own().add(std::make_unique<test_screen>());
  EXPECT_EQ(host_->load_screen(*host_->make_call({.user = "eva"}), "test.screen", "{}").document, "eva:{}");
  EXPECT_EQ(host_->load_screen(*host_->make_call({.user = "gast"}), "test.screen", "{}").status, dms_not_found);
  EXPECT_EQ(host_->load_screen(*host_->make_call({.user = "eva"}), "test.nothing", "{}").status, dms_not_found);
  EXPECT_EQ(host_->act(*host_->make_call({.user = "eva"}), "test.screen", "x", "{}").status, dms_conflict);
  EXPECT_EQ(host_->act(*host_->make_call({.user = "gast"}), "test.screen", "x", "{}").status, dms_not_found);
  EXPECT_EQ(host_->act(*host_->make_call({.user = "eva"}), "test.screen", "throw", "{}").status, dms_failed);
}

class refusing_handler : public dms::event_handler {
 public:
  std::string event() const override { return "user.deactivating"; }
  void handle(const dms::call &, std::string_view) override {
    throw dms::failure(dms_refused, "Then nobody would see 9 leads.");
  }
};

TEST_F(plugins, who_objects_to_a_deactivation_is_heard) {
  add_user("eva", "sales");
  host_->own().add(std::make_unique<refusing_handler>());
  EXPECT_THAT(failure_of([&] { host_->deactivate_user(*host_->make_call({}), "eva"); }), HasSubstr("9 leads"));
  EXPECT_TRUE(host_->data().users.find("eva")->active);
}

class counting_job : public dms::job {
 public:
  explicit counting_job(std::atomic<int> &runs) : runs_(runs) {}
  std::string id() const override { return "test.job"; }
  std::string label() const override { return "Job"; }
  std::uint32_t interval_s() const override { return 3600; }
  std::string run(const dms::call &) override {
    ++runs_;
    return "done";
  }

 private:
  std::atomic<int> &runs_;
};

TEST_F(plugins, a_job_runs_after_the_start_and_when_it_is_woken) {
  std::atomic<int> runs{0};
  const auto wait_for = [&](int wanted) {
    for (int step = 0; step < 200 && runs < wanted; ++step) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  };
  host_->own().add(std::make_unique<counting_job>(runs));
  host_->jobs().start();
  wait_for(1);
  EXPECT_EQ(runs, 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  host_->jobs().wake("test.job");
  wait_for(2);
  EXPECT_EQ(runs, 2);
  host_->jobs().stop();
  EXPECT_EQ(host_->jobs().list().front().line, "done");
}

TEST_F(plugins, whatever_throws_through_the_interface_is_a_failure_and_the_host_goes_on) {
  // given
  add_user("eva", "sales");
  ASSERT_EQ(host_->plugins().enable("broken_throwing_everywhere", "chef").state, plugin_state::enabled);
  const auto call = host_->make_call({});
  const auto &here = host_->plugins();
  constexpr auto id = "broken_throwing_everywhere";
  // then: each says so in its own way
  EXPECT_EQ(host_->load_screen(*call, "broken.screen", "{}").status, dms_failed);
  EXPECT_THAT(host_->act(*call, "broken.screen", "x", "{}").message, HasSubstr("thrown by the plugin"));
  EXPECT_EQ(host_->run_import(*call, "broken_feed", "x", "a.xml").status, dms_failed);
  EXPECT_EQ(host_->judge(*call, {"broken:1"}).at("broken:1"), dms::reference::host::sight::hidden);
  EXPECT_EQ(here.text(id, "de-AT", "Word"), "Word");
  EXPECT_EQ(here.counts(id, call->raw()), "{}");
  EXPECT_THAT(failure_of([&] { here.health(id, call->raw()); }), HasSubstr("threw an exception"));
  EXPECT_THAT(failure_of([&] { here.open_work(id, call->raw(), "user"); }), HasSubstr("threw an exception"));
  EXPECT_THAT(failure_of([&] { here.hand_over(id, call->raw(), "user", "eva", "max"); }), HasSubstr("threw"));
  // whom nobody could judge stays, and what only is told happens
  EXPECT_THAT(failure_of([&] { host_->deactivate_user(*call, "eva"); }), HasSubstr("thrown by the plugin"));
  EXPECT_TRUE(host_->data().users.find("eva")->active);
  host_->activate_user(*call, "eva");
  host_->jobs().run_all();
  ASSERT_EQ(host_->jobs().list().size(), 1U);
  EXPECT_TRUE(host_->jobs().list().front().failed);
  EXPECT_EQ(host_->plugins().disable(id, "chef").state, plugin_state::disabled);
}

TEST_F(plugins, one_whose_call_does_not_end_is_stuck_until_it_does) {
  // given: a job that does not listen
  const auto sign = folder_ / "hangs";
  std::ofstream(sign) << "hangs";
  ::setenv("BROKEN_HANGS", sign.c_str(), 1);
  host_.reset();
  dms::reference::host_options how;
  how.data_directory = folder_;
  how.plugin_folders = {fs::path(paths::build()) / "broken_plugins"};
  how.longest_end = std::chrono::milliseconds(10);
  host_ = std::make_unique<host>(std::move(how));
  ASSERT_EQ(host_->plugins().enable("broken_hanging", "chef").state, plugin_state::enabled);
  std::thread job([&] { host_->jobs().run_all(); });
  ASSERT_TRUE(eventually([&] { return !host_->jobs().list().empty() && host_->jobs().list().front().running; }));
  // when
  const auto after = host_->plugins().disable("broken_hanging", "chef");
  // then: the admin is told, and what hangs is left alone
  EXPECT_EQ(after.state, plugin_state::stuck);
  EXPECT_THAT(after.reason, HasSubstr("does not end"));
  EXPECT_FALSE(host_->health().ok);
  host_->plugins().tend();
  EXPECT_EQ(host_->plugins().status("broken_hanging")->state, plugin_state::stuck);
  // and: it is disabled as soon as that is possible
  fs::remove(sign);
  job.join();
  host_->plugins().tend();
  EXPECT_EQ(host_->plugins().status("broken_hanging")->state, plugin_state::disabled);
  EXPECT_TRUE(host_->health().ok);
  ::unsetenv("BROKEN_HANGS");
}

TEST_F(plugins, one_that_was_stuck_while_it_was_started_anew_goes_on_afterwards) {
  // given: a job that does not listen, while the host reads its settings again
  const auto sign = folder_ / "hangs";
  std::ofstream(sign) << "hangs";
  ::setenv("BROKEN_HANGS", sign.c_str(), 1);
  host_.reset();
  dms::reference::host_options how;
  how.data_directory = folder_;
  how.plugin_folders = {fs::path(paths::build()) / "broken_plugins"};
  how.longest_end = std::chrono::milliseconds(10);
  host_ = std::make_unique<host>(std::move(how));
  ASSERT_EQ(host_->plugins().enable("broken_hanging", "chef").state, plugin_state::enabled);
  std::thread job([&] { host_->jobs().run_all(); });
  ASSERT_TRUE(eventually([&] { return !host_->jobs().list().empty() && host_->jobs().list().front().running; }));
  // when
  host_->plugins().start_anew();
  // then: nobody wanted it to be off
  EXPECT_EQ(host_->plugins().status("broken_hanging")->state, plugin_state::stuck);
  fs::remove(sign);
  job.join();
  host_->plugins().tend();
  EXPECT_EQ(host_->plugins().status("broken_hanging")->state, plugin_state::enabled);
  // and: what is disabled stays so
  host_->plugins().disable("broken_hanging", "chef");
  host_->plugins().start_anew();
  EXPECT_EQ(host_->plugins().status("broken_hanging")->state, plugin_state::disabled);
  ::unsetenv("BROKEN_HANGS");
}

class deaf_handler : public dms::event_handler {
 public:
  std::string event() const override { return "moon.rises"; }
  void handle(const dms::call &, std::string_view) override {}
};

TEST_F(plugins, a_plugin_learns_what_nobody_will_tell_it) {
  EXPECT_TRUE(host_->own().add(std::make_unique<refusing_handler>()));
  EXPECT_FALSE(host_->own().add(std::make_unique<deaf_handler>()));
}

TEST_F(plugins, a_menu_is_a_key_and_its_word_is_in_the_readers_language) {
  host_->set_translator([](std::string_view locale, std::string_view sentence) {
    return std::string(locale) + ": " + std::string(sentence);
  });
  host_->own().add_menu(1, DMS_MENU_EVALUATION, "Numbers", "", "test.numbers");
  host_->own().add_menu(2, "warranty", "Claims", "", "test.claims");
  const auto menu = host_->menu(*host_->make_call({.locale = "en"}));
  ASSERT_EQ(menu.size(), 2U);
  EXPECT_EQ(menu[0].path + ' ' + menu[0].group, "evaluation en: Evaluation");
  EXPECT_EQ(menu[1].path + ' ' + menu[1].group, "warranty en: warranty");
}

}  // namespace
