// All leads in the order of their names: whatever changes, and from wherever somebody reads on.
#include "columns/name_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace {

using namespace lead_system;
using columns::name_place;

/// The order, and beside it the names as a map has them.
class named_leads : public testing::Test {
 protected:
  /// As the index does it: taken out before, put in after.
  void name(std::int64_t id, const std::string &key) {
    order_.take_out(id);
    put(id, key);
    order_.put_in(id);
  }
  void put(std::int64_t id, const std::string &key) {
    store::feed_row item;
    item.id = id;
    item.type = "test_drive";
    item.state = "received";
    item.name_key = key;
    leads_.put(item, columns::never);
    names_[id] = key;
  }
  using place = std::tuple<std::string, std::string, std::int64_t>;
  static place place_of(const std::string &key, std::int64_t id) {
    const auto [family, given] = columns::split_name(key);
    return {std::string(family), std::string(given), id};
  }
  std::vector<std::int64_t> read(bool down, const std::string *key = nullptr, std::int64_t id = 0) const {
    const auto from = key == nullptr ? std::pair<std::string_view, std::string_view>() : columns::split_name(*key);
    const name_place edge{from.first, from.second, id};
    std::vector<std::int64_t> found;
    order_.walk(key == nullptr ? nullptr : &edge, down, [&](std::size_t number, std::size_t at) {
      found.push_back(order_.blocks()[number]->id(at));
      return true;
    });
    return found;
  }
  std::vector<std::int64_t> wanted(bool down, const std::string *key = nullptr, std::int64_t id = 0) const {
    std::set<place> all;
    for (const auto &[of, text] : names_) {
      const auto here = place_of(text, of);
      if (key == nullptr || (down ? here < place_of(*key, id) : place_of(*key, id) < here)) all.insert(here);
    }
    std::vector<std::int64_t> ids;
    for (const auto &one : all) ids.push_back(std::get<2>(one));
    if (down) std::reverse(ids.begin(), ids.end());
    return ids;
  }
  void expect_in_order() const {
    for (const bool down : {false, true}) EXPECT_EQ(read(down), wanted(down));
  }
  void expect_from(const std::string &key, std::int64_t id) const {
    for (const bool down : {false, true}) EXPECT_EQ(read(down, &key, id), wanted(down, &key, id)) << key << ' ' << id;
  }

  columns::lead_columns leads_;
  columns::name_order order_{leads_};
  std::map<std::int64_t, std::string> names_;
};

TEST_F(named_leads, nobody_is_read_where_nobody_is) {
  expect_in_order();
  expect_from("huber anna", 1);
  order_.build();
  expect_in_order();
}

TEST_F(named_leads, who_has_the_same_name_stands_by_his_number) {
  for (const std::int64_t id : {9, 3, 5}) name(id, "huber anna");
  EXPECT_EQ(read(false), (std::vector<std::int64_t>{3, 5, 9}));
  // when one of them gets another name, the others stay
  name(5, "moser");
  EXPECT_EQ(read(false), (std::vector<std::int64_t>{3, 9, 5}));
  // and when he gets it again, he is there once
  name(5, "moser");
  name(5, "huber anna");
  EXPECT_EQ(read(true), (std::vector<std::int64_t>{9, 5, 3}));
}

TEST_F(named_leads, a_page_goes_on_from_a_place_where_nobody_stands_any_more) {
  for (const std::int64_t id : {1, 2, 3}) name(id, "huber anna");
  name(2, "moser karl");
  expect_from("huber anna", 2);
  for (const auto *nowhere : {"", "huber", "huber berta", "zach"}) expect_from(nowhere, 2);
}

TEST_F(named_leads, whatever_changes_all_stand_in_order) {
  std::mt19937 random(7);
  const auto below = [&](unsigned end) { return static_cast<std::int64_t>(random() % end); };
  const auto any_name = [&] { return "name" + std::to_string(below(40)) + " given" + std::to_string(below(9)); };
  // given leads of several blocks, sorted at once
  for (std::int64_t id = 0; id < 6000; id += 1 + below(3)) put(id, any_name());
  order_.build();
  expect_in_order();
  // when they get other names, and others come, also far away
  for (int round = 0; round < 3000; ++round) name(round % 5 == 0 ? below(40000) : below(6000), any_name());
  expect_in_order();
  for (int round = 0; round < 20; ++round) expect_from(any_name(), below(7000));
  // then they are sorted anew as they are
  order_.build();
  expect_in_order();
}

}  // namespace
