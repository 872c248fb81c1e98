// The audit log says what was shown, to whom it was shown, and nothing else.
#include <nlohmann/json.hpp>

#include "reference_host/core/plugins/audit_subject.hpp"
#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;
using dms::reference::subject_of;

class one_screen : public dms::screen {
 public:
  std::string id() const override { return "probe.one"; }
  std::string right() const override { return ""; }
  std::string load(const dms::call &, std::string_view) override { return R"({"schema":"dms.screen/1","blocks":[]})"; }
  dms::answer act(const dms::call &, std::string_view, std::string_view) override { return {dms_ok, "{}"}; }
};

class audit_log : public with_host {
 protected:
  void SetUp() override {
    add_user("admin", "admin");
    add_user("eva", "sales");
    host_->own().add(std::make_unique<one_screen>());
  }
  std::vector<std::string> written(const std::string &action) {
    dms::reference::audit::query all;
    all.action = action;
    all.limit = 100;
    std::vector<std::string> subjects;
    for (const auto &entry : host_->data().audit.list(all)) subjects.push_back(entry.subject);
    return subjects;
  }
  dms_status load(const std::string &user, const std::string &parameters, const std::string &channel = "web") {
    return host_->load_screen(*host_->make_call({.user = user, .channel = channel}), "probe.one", parameters).status;
  }
};

TEST(audit_subject, holds_the_value_of_each_name_however_long_another_is) {
  const auto about = subject_of("leads.intake_log", R"({"id":")" + std::string(190, 'x') + R"(","payload":"294"})");
  EXPECT_TRUE(about.text.ends_with(" 294")) << about.text;
  EXPECT_LT(about.text.size(), 120U);
  // a character is never cut in two, and no value looks like two
  EXPECT_EQ(subject_of("s", R"({"id":")" + std::string(63, 'x') + R"(ü"})").text, "s " + std::string(63, 'x') + "…");
  EXPECT_EQ(subject_of("s", R"({"id":"17 18"})").text, "s 17_18");
  EXPECT_EQ(subject_of("s", R"({"message":"Bitte um Rückruf","lead":7})").text, "s 7");
  EXPECT_EQ(subject_of("s", R"({"leads":["1","2","3"]})").text, "s 1 2 3");
  EXPECT_FALSE(subject_of("s", R"({"tab":"open"})").of_a_record);
  EXPECT_FALSE(subject_of("s", R"({"id":""})").of_a_record);
  EXPECT_EQ(subject_of("s", std::string(100'000, '[')).text, "s");
}

TEST(audit_subject, tells_of_a_name_that_stands_twice) {
  EXPECT_EQ(subject_of("leads.lead", R"({"id":["16","17"]})").doubled, "id");
  EXPECT_EQ(subject_of("leads.lead", R"({"id":["17"],"leads":["1","2"]})").doubled, "");
}

TEST_F(audit_log, names_the_record_that_an_admin_read) {
  EXPECT_EQ(load("admin", R"({"id":"17"})"), dms_ok);
  EXPECT_EQ(load("eva", R"({"id":"18"})"), dms_ok);
  EXPECT_EQ(load("admin", R"({"tab":"open"})"), dms_ok);
  EXPECT_EQ(written("screen.read"), std::vector<std::string>{"probe.one 17"});
}

TEST_F(audit_log, refuses_what_would_read_one_record_and_name_another) {
  EXPECT_EQ(load("admin", R"({"id":["zzz","17"]})"), dms_invalid);
  EXPECT_TRUE(written("screen.read").empty());
  const auto call = host_->make_call({.user = "admin"});
  EXPECT_EQ(host_->act(*call, "probe.one", "close", R"({"id":["zzz","17"]})").status, dms_invalid);
}

TEST_F(audit_log, has_no_read_that_nobody_was_shown) {
  EXPECT_EQ(load("admin", R"({"id":"17","since":"3"})", "refresh"), dms_ok);
  EXPECT_TRUE(written("screen.read").empty());
}

}  // namespace
