// Absences as the reference host keeps them and gives them to plugins (dms/ext/absences.h).
#include <nlohmann/json.hpp>

#include "dms/cpp/host.hpp"
#include "reference_host/core/plugins/services.hpp"
#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;

class host_absences : public with_host {
 protected:
  void SetUp() override {
    add_user("eva", "sales");
    add_user("karl", "sales");
  }
  dms::absences told() { return dms::absences(dms::host(offered_.raw()).service<dms_absences>(DMS_ABSENCES_ID)); }
  static dms_status status_of(const std::function<void()> &body) {
    try {
      body();
    } catch (const dms::failure &reason) {
      return reason.status();
    }
    return dms_ok;
  }
  dms::reference::services offered_{*host_, "test"};
};

TEST_F(host_absences, what_was_entered_is_told_from_a_day_on_and_each_change_counts) {
  auto &kept = host_->data().absences;
  const auto before = told().generation();
  const auto id = kept.add({0, "eva", "2026-12-01", "2026-12-05", "karl"});
  kept.add({0, "karl", "2026-11-01", "2026-11-02", ""});
  EXPECT_GT(told().generation(), before);
  EXPECT_EQ(nlohmann::json::parse(told().list("2026-12-05")),
            nlohmann::json::parse(R"([{"user":"eva","from":"2026-12-01","to":"2026-12-05","deputy":"karl"}])"));
  EXPECT_EQ(nlohmann::json::parse(told().list("2026-11-02")).size(), 2U);
  EXPECT_EQ(told().list("2026-12-06"), "[]");
  const auto entered = told().generation();
  kept.remove(id);
  EXPECT_GT(told().generation(), entered);
  EXPECT_EQ(told().list("2026-12-05"), "[]");
}

TEST_F(host_absences, what_is_none_is_refused) {
  auto &kept = host_->data().absences;
  EXPECT_EQ(status_of([&] { kept.add({0, "eva", "2026-12-05", "2026-12-01", ""}); }), dms_invalid);
  EXPECT_EQ(status_of([&] { kept.add({0, "eva", "2026-02-30", "2026-03-01", ""}); }), dms_invalid);
  EXPECT_EQ(status_of([&] { kept.add({0, "eva", "1.12.2026", "2026-12-01", ""}); }), dms_invalid);
  EXPECT_EQ(status_of([&] { kept.add({0, "eva", "2026-12-01", "2026-12-01", "eva"}); }), dms_invalid);
  EXPECT_EQ(status_of([&] { kept.add({0, "nobody", "2026-12-01", "2026-12-01", ""}); }), dms_not_found);
  EXPECT_EQ(status_of([&] { kept.add({0, "eva", "2026-12-01", "2026-12-01", "nobody"}); }), dms_not_found);
  EXPECT_EQ(status_of([&] { kept.remove(4711); }), dms_not_found);
  EXPECT_EQ(status_of([&] { told().list("yesterday"); }), dms_invalid);
  EXPECT_TRUE(kept.since({}).empty());
}

}  // namespace
