// The host in memory that plugins are tried with: its services are called from several threads at once, as the
// interface allows, and nothing of what they are told is lost.
#include "dms/cpp/fake_host.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>
#include <vector>

namespace {

using dms::str;
using dms::testing::fake_host;
using nlohmann::json;

constexpr int threads_at_once = 4, rounds_each = 250;

class fake_host_at_once : public testing::Test {
 protected:
  fake_host_at_once() : host_(std::filesystem::temp_directory_path() / "fake_host_test") {}
  /// `body` on each of the threads, with its number and the round.
  template <typename Body>
  static void at_once(Body &&body) {
    std::vector<std::thread> all;
    for (int thread = 0; thread < threads_at_once; ++thread) {
      all.emplace_back([&body, thread] {
        for (int round = 0; round < rounds_each; ++round) body(thread, round);
      });
    }
    for (auto &each : all) each.join();
  }
  fake_host host_;
};

TEST_F(fake_host_at_once, every_line_of_every_thread_is_kept) {
  // when
  at_once([this](int, int) {
    host_.log.write(host_.log.context, dms_log_info, str("a line"));
    host_.audit.write(host_.audit.context, nullptr, str("test.done"), str("x:1"), {}, nullptr);
    host_.jobs.wake(host_.jobs.context, str("test.job"));
  });
  // then
  EXPECT_EQ(host_.lines.size(), std::size_t{threads_at_once * rounds_each});
  EXPECT_EQ(host_.audited.size(), std::size_t{threads_at_once * rounds_each});
  EXPECT_EQ(host_.woken.size(), std::size_t{threads_at_once * rounds_each});
}

TEST_F(fake_host_at_once, a_key_makes_one_contact_whoever_comes_first) {
  // when: each thread asks for the same contacts, and for e-mails of its own
  at_once([this](int thread, int round) {
    const auto key = "contact:" + std::to_string(round), mine = "mail:" + std::to_string(thread * rounds_each + round);
    const auto contact = dms::to_text({{"user", "verkauf1"}, {"reference", "x:" + std::to_string(round)}});
    const auto mail = dms::to_text({{"to", "anna@example.org"}, {"subject", "a"}, {"text", "b"}});
    dms::string_sink made, sent;
    host_.contacts.create(host_.contacts.context, nullptr, str(key), str(contact), made.get(), nullptr);
    host_.mail.send(host_.mail.context, nullptr, str(mine), str(mail), sent.get(), nullptr);
  });
  // then
  EXPECT_EQ(host_.listed.size(), std::size_t{rounds_each});
  EXPECT_EQ(host_.mails.size(), std::size_t{threads_at_once * rounds_each});
  // and: each piece of news has a change of its own
  dms::string_sink news;
  host_.mail.changed(host_.mail.context, threads_at_once * rounds_each - 1, 500, news.get(), nullptr);
  EXPECT_EQ(dms::json_or_null(news.text()).size(), 1U);
}

TEST_F(fake_host_at_once, a_list_is_whole_while_it_grows) {
  // when: one reads what the others write
  at_once([this](int thread, int round) {
    dms::string_sink text;
    if (thread == 0) {
      host_.contacts.list(host_.contacts.context, str("x:1"), text.get(), nullptr);
      EXPECT_TRUE(dms::json_or_null(text.text()).is_array());
      return;
    }
    const auto key = std::to_string(thread) + ':' + std::to_string(round);
    host_.contacts.create(host_.contacts.context, nullptr, str(key), str(R"({"reference":"x:1"})"), text.get(),
                          nullptr);
  });
  // then
  EXPECT_EQ(host_.listed.size(), std::size_t{(threads_at_once - 1) * rounds_each});
}

TEST_F(fake_host_at_once, an_e_mail_to_what_is_no_address_is_refused) {
  // given
  auto error = dms::no_error();
  dms::string_sink sent;
  // when, then
  EXPECT_EQ(host_.mail.send(host_.mail.context, nullptr, str("1"), str(R"({"to":"anna"})"), sent.get(), &error),
            dms_invalid);
  EXPECT_STREQ(error.message, "This is no address.");
  EXPECT_TRUE(host_.mails.empty());
}

}  // namespace
