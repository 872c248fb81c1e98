// Saved filters on both databases.
#include <gtest/gtest.h>

#include "integration/databases.hpp"

using namespace lead_system;

namespace {

class saved_filters_store_test : public databases::on_each {};

}  // namespace

TEST_P(saved_filters_store_test, each_user_has_his_own_by_name) {
  auto &store = open();
  store.write([](store::transaction &inside) {
    EXPECT_TRUE(inside.save_filter("leitung", {"Wien", "location=wien"}, 2));
    EXPECT_TRUE(inside.save_filter("leitung", {"Ärger", "tab=overdue"}, 2));
    EXPECT_FALSE(inside.save_filter("leitung", {"zu viel", "tab=all"}, 2));
    EXPECT_TRUE(inside.save_filter("leitung", {"Wien", "location=wien&tab=open"}, 2));
    EXPECT_TRUE(inside.save_filter("wien1", {"Wien", "tab=mine"}, 2));
  });
  const auto kept = store.saved_filters("leitung");
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].name, "Wien");
  EXPECT_EQ(kept[0].query, "location=wien&tab=open");
  EXPECT_EQ(kept[1].name, "Ärger");

  store.write([](store::transaction &inside) {
    EXPECT_TRUE(inside.forget_filter("leitung", "Wien"));
    EXPECT_FALSE(inside.forget_filter("leitung", "Wien"));
  });
  EXPECT_EQ(store.saved_filters("leitung").size(), 1U);
  EXPECT_EQ(store.saved_filters("wien1").size(), 1U) << "another user's filter of that name stays";
}

INSTANTIATE_TEST_SUITE_P(databases, saved_filters_store_test, databases::all(), databases::name);
