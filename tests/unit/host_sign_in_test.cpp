// Passwords that are wrong: what they cost, whom they lock out, what they leave behind.
#include <soci/soci.h>

#include <atomic>
#include <thread>

#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;
using namespace dms::reference;

constexpr std::int64_t noon = 1'000'000'000'000;

class signing_in : public with_host {
 protected:
  signing_in() { add_user("eva", "sales"); }
  sign_in_outcome try_from(const std::string &origin, const std::string &login, const std::string &password,
                           std::int64_t now = noon) {
    return host_->data().sign_in.try_password(login, password, "web " + origin, now, "web " + origin).outcome;
  }
  int rows() {
    int count = 0;
    host_->database().read(
        [&](soci::session &sql) { sql << "select count(*) from failed_sign_ins", soci::into(count); });
    return count;
  }
};

TEST_F(signing_in, who_tries_many_names_is_locked_out_where_he_is_and_nobody_else) {
  // given somebody who tries a few passwords for each of many names
  int wrong = 0;
  for (; wrong < sign_in::tries_of_origin; ++wrong) {
    ASSERT_EQ(try_from("203.0.113.1", "name" + std::to_string(wrong / 5), "guess"), sign_in_outcome::wrong);
  }
  // then no name works from there any more, and all do from elsewhere
  EXPECT_EQ(try_from("203.0.113.1", "eva", "secret eva"), sign_in_outcome::locked);
  EXPECT_EQ(try_from("203.0.113.2", "eva", "secret eva"), sign_in_outcome::signed_in);
  // and after a while from there as well
  EXPECT_EQ(try_from("203.0.113.1", "eva", "secret eva", noon + sign_in::lock_us), sign_in_outcome::signed_in);
}

TEST_F(signing_in, what_is_locked_writes_nothing_and_what_is_old_is_forgotten) {
  for (int wrong = 0; wrong < sign_in::tries_of_origin; ++wrong) {
    try_from("203.0.113.1", "name" + std::to_string(wrong), "guess");
  }
  EXPECT_EQ(rows(), sign_in::tries_of_origin + 1);
  for (int more = 0; more < 100; ++more) try_from("203.0.113.1", "other" + std::to_string(more), "guess");
  EXPECT_EQ(rows(), sign_in::tries_of_origin + 1);
  try_from("203.0.113.9", "eva", "guess", noon + sign_in::lock_us);
  EXPECT_EQ(rows(), 2);
}

TEST_F(signing_in, what_nobody_is_called_does_not_stand_in_the_audit_log) {
  try_from("203.0.113.1", "my secret password", "x");
  int found = 0;
  host_->database().read([&](soci::session &sql) {
    sql << "select count(*) from audit where action = 'sign_in.failed' and (\"user\" || subject || detail) like "
           "'%secret%'",
        soci::into(found);
  });
  EXPECT_EQ(found, 0);
}

TEST_F(signing_in, of_many_at_once_most_are_asked_to_come_again) {
  std::atomic<int> checked{0}, busy{0};
  std::vector<std::thread> all;
  for (int number = 0; number < 60; ++number) {
    all.emplace_back([&, number] {
      const auto result = host_->data().sign_in.try_password(
          "name" + std::to_string(number), "guess", "web 203.0.113.1", noon, "web 203.0.113." + std::to_string(number));
      if (result.outcome == sign_in_outcome::busy) {
        EXPECT_GT(result.retry_after_s, 0);
        ++busy;
      } else {
        ++checked;
      }
    });
  }
  for (auto &each : all) each.join();
  EXPECT_EQ(checked + busy, 60);
  EXPECT_GE(checked, 26);
  EXPECT_GT(busy, 0);
}

}  // namespace
