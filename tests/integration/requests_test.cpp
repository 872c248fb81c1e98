// A request that a host repeats is done once, on both databases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contributed.hpp"
#include "integration/store_support.hpp"

using namespace lead_system;
using namespace store_support;
using json = nlohmann::json;

namespace {

/// Counts what is done.
class till : public dms::screen {
 public:
  explicit till(int &sold) : sold_(sold) {}
  std::string id() const override { return "test.till"; }
  std::string right() const override { return {}; }
  std::string load(const dms::call &, std::string_view) override { return "{}"; }
  dms::answer act(const dms::call &, std::string_view action, std::string_view) override {
    if (action == "sell") return told(dms_ok, "sold " + std::to_string(++sold_));
    if (action == "lock") throw store::store_unavailable("locked");
    if (action == "crash") throw std::runtime_error("gone");
    return told(dms_refused, "no " + std::to_string(++sold_));
  }

 private:
  int &sold_;
};

class requests_test : public databases::on_each {
 protected:
  void SetUp() override {
    databases::on_each::SetUp();
    again();
  }
  void TearDown() override {
    till_.reset();
    requests_.reset();
    databases::on_each::TearDown();
  }
  /// As after a restart.
  void again() {
    till_.reset();
    requests_.emplace(open());
    till_ = std::make_unique<kept_screen>(std::make_unique<till>(sold), texts_, *requests_);
  }
  std::pair<dms_status, std::string> ask(const std::string &user, const std::string &token, const std::string &action,
                                         const std::string &input = "{}") {
    dms_call raw{};
    raw.struct_size = sizeof raw;
    raw.user = dms::str(user);
    raw.locale = dms::str("en");
    raw.request = dms::str(token);
    raw.now_us = now;
    const auto came = till_->act(dms::call(&raw), action, input);
    return {came.status, json::parse(came.document).at("message")};
  }
  using said = std::pair<dms_status, std::string>;
  int sold = 0;
  time_us now = noon;

 private:
  screens::words texts_;
  std::optional<store::requests> requests_;
  std::unique_ptr<kept_screen> till_;
};
INSTANTIATE_TEST_SUITE_P(databases, requests_test, databases::all(), databases::name);

}  // namespace

TEST_P(requests_test, the_same_request_again_gives_the_earlier_answer) {
  EXPECT_EQ(ask("eva", "r-1", "sell"), said(dms_ok, "sold 1"));
  EXPECT_EQ(ask("eva", "r-1", "sell"), said(dms_ok, "sold 1"));
  again();
  EXPECT_EQ(ask("eva", "r-1", "sell"), said(dms_ok, "sold 1"));
  // another one, another user's, and one without a token are others
  EXPECT_EQ(ask("eva", "r-2", "sell"), said(dms_ok, "sold 2"));
  EXPECT_EQ(ask("max", "r-1", "sell"), said(dms_ok, "sold 3"));
  EXPECT_EQ(ask("eva", "", "sell"), said(dms_ok, "sold 4"));
  EXPECT_EQ(ask("eva", "", "sell"), said(dms_ok, "sold 5"));
}

TEST_P(requests_test, what_was_not_done_is_tried_again) {
  EXPECT_EQ(ask("eva", "r-1", "refuse"), said(dms_refused, "no 1"));
  EXPECT_EQ(ask("eva", "r-1", "refuse"), said(dms_refused, "no 2"));
  EXPECT_EQ(ask("eva", "r-2", "lock").first, dms_unavailable);
  EXPECT_EQ(ask("eva", "r-2", "lock").first, dms_unavailable);
}

TEST_P(requests_test, a_token_stands_for_one_request) {
  ask("eva", "r-1", "sell");
  EXPECT_EQ(ask("eva", "r-1", "sell", R"({"to":"max"})").first, dms_invalid);
  EXPECT_EQ(ask("eva", "r-1", "refuse").first, dms_invalid);
  EXPECT_EQ(ask("eva", std::string(DMS_MAX_KEY + 1, 'x'), "sell").first, dms_too_large);
  EXPECT_EQ(sold, 1);
}

TEST_P(requests_test, of_one_that_broke_off_nobody_says_that_it_was_done_or_not) {
  EXPECT_THROW(ask("eva", "r-1", "crash"), std::runtime_error);
  again();
  EXPECT_EQ(ask("eva", "r-1", "crash").first, dms_conflict);
}

TEST_P(requests_test, a_token_is_forgotten_after_a_month_and_its_answer_with_any_erasure) {
  ask("eva", "r-1", "sell");
  const auto id = add(open(), some_lead("1-A"));
  open().write([&](store::transaction &in) { in.forget_person(*in.find_lead(id), "admin", "request", now); });
  EXPECT_EQ(ask("eva", "r-1", "sell"), said(dms_ok, "This was done already."));
  // the erasure's own answer names whom it took
  ask("eva", "r-2", "sell");
  EXPECT_EQ(ask("eva", "r-2", "sell"), said(dms_ok, "This was done already."));
  now += 31 * day_us;
  EXPECT_EQ(ask("eva", "r-1", "sell"), said(dms_ok, "sold 3"));
}
