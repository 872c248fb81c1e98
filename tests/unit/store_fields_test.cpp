// A row's columns are named once: what is written by the table of a row is what is read by it.
#include <gtest/gtest.h>

#include "integration/databases.hpp"
#include "store/fields.hpp"

namespace {

using namespace lead_system;
using store::field;
using store::fields_of;

struct kept_row {
  std::int64_t id = 0;
  std::string name;
  bool open = false;
  int attempts = 0;
  unsigned few = 0;
  lead_state state = lead_state::received;
  contact_result contact = contact_result::open;
  store::feedback_status status = store::feedback_status::waiting;
  access::scope reach = access::scope::none;
  stage_set reached;
  std::map<std::string, std::string> texts;
};

constexpr auto words = fields_of<kept_row>(
    field("name", &kept_row::name), field("is_open", &kept_row::open), field("attempts", &kept_row::attempts),
    field("few", &kept_row::few), field("state", &kept_row::state), field("contact", &kept_row::contact),
    field("status", &kept_row::status), field("reach", &kept_row::reach), field("stages", &kept_row::reached));
constexpr auto written = words + fields_of<kept_row>(field("texts", &kept_row::texts));
constexpr auto whole = fields_of<kept_row>(field("id", &kept_row::id)) + written;
constexpr auto two = fields_of<kept_row>(field("name", &kept_row::name), field("attempts", &kept_row::attempts));

// All but the texts of SQL is known when it is compiled.
static_assert(whole.count == 11);
static_assert(whole.kinds() == "itiiittttit");

TEST(store_fields, name_the_columns_of_each_statement) {
  EXPECT_EQ(two.columns(), "name, attempts");
  EXPECT_EQ(two.columns("item."), "item.name, item.attempts");
  EXPECT_EQ(two.assignments(), "name = :a1, attempts = :a2");
  EXPECT_EQ(two.assignments(3), "name = :a4, attempts = :a5");
  EXPECT_EQ(two.replaced(), "name = excluded.name, attempts = excluded.attempts");
  EXPECT_EQ(two.insert("item"), "INSERT INTO item (name, attempts) VALUES (:a1, :a2)");
  EXPECT_EQ(two.insert("item", {"at", "actor"}),
            "INSERT INTO item (name, attempts, at, actor) VALUES (:a1, :a2, :a3, :a4)");
  EXPECT_EQ(two.select("FROM item WHERE id = :a1"), "SELECT name, attempts FROM item WHERE id = :a1");
  EXPECT_EQ(two.kinds_with("t"), "tit");
}

TEST(store_fields, give_values_and_cells_in_the_order_of_the_columns) {
  kept_row row;
  row.name = "Müller";
  row.attempts = 3;
  const auto values = two.values(row, std::string("admin"), 7);
  ASSERT_EQ(values.size(), 4U);
  EXPECT_EQ(std::get<std::string>(values[0]), "Müller");
  EXPECT_EQ(std::get<long long>(values[1]), 3);
  EXPECT_EQ(std::get<std::string>(values[2]), "admin");
  EXPECT_EQ(std::get<long long>(values[3]), 7);
  // and: cells refer to the row, and copy no text
  const auto cells = two.cells(row, "", 7);
  EXPECT_EQ(cells[0].text().data(), row.name.data());
  EXPECT_EQ(cells[1].number(), 3);
  EXPECT_TRUE(cells[2].is_text());
  EXPECT_EQ(cells[3].number(), 7);
}

TEST(store_fields, write_what_is_worked_out_of_a_row) {
  constexpr auto derived = fields_of<kept_row>(
      field("rank", [](const kept_row &row) { return static_cast<int>(row.state); }),
      field("search", [](const kept_row &row) -> std::string_view { return std::string_view(row.name).substr(0, 2); }));
  static_assert(derived.kinds() == "it");
  kept_row row;
  row.name = "Huber";
  row.state = lead_state::assigned;
  EXPECT_EQ(derived.cells(row)[0].number(), 1);
  EXPECT_EQ(derived.cells(row)[1].text(), "Hu");
}

class store_fields_kept : public testing::Test {
 protected:
  void SetUp() override {
    *session_
        << "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, is_open INTEGER, attempts INTEGER, few INTEGER, "
           "state TEXT, contact TEXT, status TEXT, reach TEXT, stages INTEGER, texts TEXT)";
  }
  databases::fresh_database database_{databases::kind::sqlite};
  std::unique_ptr<soci::session> session_ = database_.session();
  store::connection on_{*session_, store::engine::sqlite};
};

TEST_F(store_fields_kept, a_row_comes_back_as_it_was_written) {
  // given: nothing in it as it is by itself
  kept_row row;
  row.name = "Müller";
  row.open = true;
  row.attempts = -3;
  row.few = 5;
  row.state = lead_state::offer;
  row.contact = contact_result::reached;
  row.status = store::feedback_status::rejected;
  row.reach = access::scope::locations;
  row.reached = {stage::contacted, stage::offer};
  row.texts = {{"from", "a"}, {"to", "b"}};
  // when
  on_.change(written.insert("item"), written.values(row));
  const auto found = whole.first(on_, "FROM item WHERE name = :a1", {row.name});
  // then
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, 1);
  EXPECT_EQ(found->name, row.name);
  EXPECT_TRUE(found->open);
  EXPECT_EQ(found->attempts, row.attempts);
  EXPECT_EQ(found->few, row.few);
  EXPECT_EQ(found->state, row.state);
  EXPECT_EQ(found->contact, row.contact);
  EXPECT_EQ(found->status, row.status);
  EXPECT_EQ(found->reach, row.reach);
  EXPECT_EQ(found->reached, row.reached);
  EXPECT_EQ(found->texts, row.texts);
  EXPECT_FALSE(whole.first(on_, "FROM item WHERE name = :a1", {std::string("Huber")}));
}

TEST_F(store_fields_kept, rows_are_read_in_order_and_from_any_column_on) {
  for (const auto *name : {"b", "a"}) {
    kept_row row;
    row.name = name;
    on_.change(written.insert("item"), written.values(row));
  }
  const auto rows = whole.all(on_, "FROM item ORDER BY name");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].name, "a");
  EXPECT_EQ(rows[0].id, 2);
  // and: behind a column that is none of the table's
  auto &mixed = on_.run("SELECT 7, " + two.columns() + " FROM item WHERE id = 1", {}, "i" + two.kinds_with({}));
  ASSERT_TRUE(mixed.next());
  kept_row one;
  two.read(mixed, one, 1);
  EXPECT_EQ(one.name, "b");
}

TEST_F(store_fields_kept, keys_of_a_newer_plugin_are_taken_for_the_harmless_ones) {
  kept_row row;
  row.status = store::feedback_status::waiting;
  on_.change(written.insert("item"), written.values(row));
  on_.change("UPDATE item SET state = 'next', contact = 'next', status = 'next', reach = 'next'", {});
  const auto found = whole.first(on_, "FROM item WHERE id = :a1", {1});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->state, lead_state::received);
  EXPECT_EQ(found->contact, contact_result::open);
  EXPECT_EQ(found->status, store::feedback_status::given_up);
  EXPECT_EQ(found->reach, access::scope::none);
}

TEST_F(store_fields_kept, bytes_of_every_value_pass_on_either_engine) {
  std::string all;
  for (int value = 0; value < 256; ++value) all += static_cast<char>(value);
  for (const auto kind : {store::engine::sqlite, store::engine::postgresql}) {
    EXPECT_EQ(store::uncarried(store::carried(all, kind), kind), all);
    EXPECT_EQ(store::uncarried(store::carried({}, kind), kind), "");
  }
  EXPECT_EQ(store::carried("a", store::engine::postgresql), "\\x61");
  EXPECT_THROW(store::uncarried("a\\001", store::engine::postgresql), std::runtime_error) << "escaped, not hexadecimal";
  // and: into a column and out of it
  *session_ << "CREATE TABLE kept (content BLOB)";
  on_.change("INSERT INTO kept (content) VALUES (" + store::as_bytes(":a1", store::engine::sqlite) + ")",
             {store::bytes{all}});
  auto &row = on_.run("SELECT content, length(content), typeof(content) FROM kept", {}, "tit");
  ASSERT_TRUE(row.next());
  EXPECT_EQ(store::uncarried(row.text(0), store::engine::sqlite), all);
  EXPECT_EQ(row.number(1), 256);
  EXPECT_EQ(row.text(2), "blob");
}

}  // namespace
