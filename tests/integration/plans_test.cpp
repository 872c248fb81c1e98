// How the databases answer the overview: every query is read from an index, none goes through all leads.
#include <gtest/gtest.h>

#include <algorithm>

#include "integration/databases.hpp"
#include "store/answer_rows.hpp"
#include "store/deal_rows.hpp"
#include "store/lead_feed.hpp"
#include "store/lead_list.hpp"

namespace {

using namespace lead_system;

class plans : public databases::on_each {
 protected:
  void SetUp() override {
    on_each::SetUp();
    open().write([](store::transaction &inside) {
      for (int number = 0; number < 300; ++number) {
        lead item;
        item.content.source = number % 2 == 0 ? "siebel_nissan" : "web_json";
        item.content.external_id = "G-" + std::to_string(number);
        item.content.type = "test_drive";
        item.content.prospect.email = "person" + std::to_string(number) + "@example.at";
        item.content.prospect.phones = {{"+4366412" + std::to_string(10'000 + number), ""}};
        item.content.prospect.customer_number = "K-" + std::to_string(number);
        item.category = "siebel_nissan";
        inside.insert_lead(item, "d");
      }
    });
    session_ = database().session();
    *session_ << "ANALYZE";
    // A few hundred rows are read faster without an index; what matters is that there is one.
    if (GetParam() == databases::kind::postgresql) *session_ << "SET enable_seqscan = off";
  }

  std::string plan_of(std::string sql, store::arguments &in) {
    for (auto at = in.values().size(); at > 0; --at) {
      const auto &value = in.values()[at - 1];
      const auto *text = std::get_if<std::string>(&value);
      const auto written = text != nullptr ? "'" + *text + "'" : std::to_string(std::get<long long>(value));
      const auto name = ":a" + std::to_string(at);
      for (auto found = sql.find(name); found != std::string::npos; found = sql.find(name, found + written.size())) {
        sql.replace(found, name.size(), written);
      }
    }
    const bool sqlite = GetParam() == databases::kind::sqlite;
    std::string plan;
    soci::rowset<soci::row> rows = session_->prepare << (sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + sql;
    for (const auto &row : rows) plan += row.get<std::string>(sqlite ? 3 : 0) + "\n";
    return plan;
  }
  /// SQLite says SCAN for a whole table, SEARCH for what an index finds.
  void expect_found(const std::string &what, const std::string &sql, store::arguments &in) {
    const auto plan = plan_of(sql, in);
    const bool sqlite = GetParam() == databases::kind::sqlite;
    const std::vector<std::string> whole = {"SCAN lead\n",      "SCAN f\n",           "SCAN feedback_message",
                                            "SCAN lead_number", "SCAN lead_change\n", "Seq Scan"};
    for (const auto &one : whole) EXPECT_EQ(plan.find(one), std::string::npos) << what << "\n" << plan;
    EXPECT_NE(plan.find(sqlite ? "SEARCH" : "Index"), std::string::npos) << what << "\n" << plan;
  }

  std::unique_ptr<soci::session> session_;
};
INSTANTIATE_TEST_SUITE_P(databases, plans, databases::all(), databases::name);

TEST_P(plans, the_rows_of_a_page_are_found_by_their_primary_key) {
  store::arguments in;
  const auto sql = store::leads_sql({3, 7, 20}, in);
  const auto plan = plan_of(sql, in);
  const bool sqlite = GetParam() == databases::kind::sqlite;
  EXPECT_NE(plan.find(sqlite ? "SEARCH lead USING INTEGER PRIMARY KEY" : "lead_pkey"), std::string::npos) << plan;
}

TEST_P(plans, what_is_one_of_a_kind_is_found_by_an_index) {
  for (const std::string text : {"person1@", "0664 12100", "2100", "G-12", "k-100"}) {
    store::arguments in;
    const auto sql = store::one_of_a_kind_ids_sql(text, {"siebel_nissan", "web_json"}, in);
    expect_found(text, sql, in);
  }
}

TEST_P(plans, changes_are_read_from_where_the_reader_is) {
  store::arguments in;
  if (GetParam() == databases::kind::sqlite) {
    in.number(290);
  } else {
    in.number(1'000'000);
    in.text("1000000:1000000:");
    for (const auto *off : {"enable_hashjoin", "enable_mergejoin"}) {
      *session_ << std::string("SET ") + off + " = off";
    }
  }
  expect_found("changes",
               store::since_sql(database().which() == databases::kind::sqlite ? store::engine::sqlite
                                                                              : store::engine::postgresql),
               in);
}

TEST_P(plans, open_leads_are_counted_from_the_index_of_open_leads) {
  store::arguments in;
  for (const std::string sql :
       {"SELECT assignee, COUNT(*) FROM lead WHERE is_open = 1 AND assignee <> '' GROUP BY assignee",
        "SELECT type, location, assignee, COUNT(*) FROM lead WHERE is_open = 1 GROUP BY type, location, assignee"}) {
    const auto plan = plan_of(sql, in);
    EXPECT_NE(plan.find("lead_open"), std::string::npos) << sql << "\n" << plan;
  }
}

/// What the jobs walk through.
TEST_P(plans, open_leads_are_read_in_the_order_of_their_arrival_from_an_index) {
  store::arguments in;
  in.number(0);
  in.number(0);
  in.number(26);
  const auto plan = plan_of(store::open_leads_sql(), in);
  EXPECT_NE(plan.find("lead_open_by_created"), std::string::npos) << plan;
  EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
}

TEST_P(plans, leads_that_may_get_a_receipt_are_found_by_an_index) {
  store::arguments in;
  in.text("test_drive");
  in.text("wien");
  in.number(0);
  in.number(200);
  expect_found("receipts", store::without_receipt_sql(), in);
}

/// What the job asks of a page of customers does not gather all of them.
TEST_P(plans, customers_who_may_have_been_merged_are_read_in_their_order_from_an_index) {
  *session_ << "UPDATE lead SET customer = 'K' || id";
  *session_ << "ANALYZE";
  store::arguments in;
  in.text("K1");
  in.number(0);
  in.number(20);
  in.text("K1");
  in.number(20);
  in.number(20);
  const auto sql = store::customers_sql();
  expect_found("customers", sql, in);
  const auto plan = plan_of(sql, in);
  EXPECT_NE(plan.find("lead_by_customer"), std::string::npos) << plan;
  if (GetParam() == databases::kind::sqlite) return;
  // Each side ends with its page, before the two are put together.
  int limits = 0;
  for (auto at = plan.find("Limit"); at != std::string::npos; at = plan.find("Limit", at + 1)) ++limits;
  EXPECT_EQ(limits, 3) << plan;
}

}  // namespace
