// One backup of host and plugin on PostgreSQL, and the way of a dealership from files to PostgreSQL and back.
#include "integration/host_on_each.hpp"
#include "reference_host/core/data/backup.hpp"
#include "reference_host/core/data/data_move.hpp"
#include "reference_host/core/data/data_place.hpp"
#include "reference_host/core/data/postgresql_dump.hpp"
#include "store/lead_feed.hpp"

namespace {

using namespace host_test;
using namespace dms::reference;
using testing::HasSubstr;

const std::string plugin = "lead_system";

class host_move : public testing::TestWithParam<kind> {
 protected:
  static std::vector<fs::path> plugins() { return {fs::path(paths::build()) / "plugins"}; }
  static std::unique_ptr<host> open(const fs::path &folder, const std::string &database) {
    host_options how;
    how.data_directory = folder;
    how.plugin_folders = plugins();
    if (!database.empty()) how.database = database;
    return std::make_unique<host>(std::move(how));
  }
  static void import_sample(host &into) {
    const auto folder = fs::path(paths::data()) / "samples" / "siebel_nissan";
    for (const auto &item : fs::directory_iterator(folder)) {
      std::ifstream file(item.path());
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      const auto call = into.make_call({.channel = "folder"});
      EXPECT_EQ(into.run_import(*call, "siebel_nissan", bytes, item.path().filename().string()).status, dms_ok);
    }
  }
  static customer named(const std::string &name) {
    customer item;
    item.last_name = name;
    return item;
  }
  /// People, a customer with a document, and leads.
  static std::int64_t fill(host &with) {
    EXPECT_EQ(with.plugins().enable(plugin, "").state, plugin_state::enabled);
    add_user(with, "chef", "admin");
    auto item = named("Weiß");
    item.vehicles = {{"SJNFAAJ11U0000001", "Nissan", "Juke", "", 0}};
    const auto made = with.data().customers.create(item, "key", 1);
    document about;
    about.name = "letter";
    with.data().customers.put_document(made.id, about, std::string("\0\1\xFF", 3), "doc", 1);
    import_sample(with);
    return made.id;
  }
  static std::vector<copied_table> tables_of(const std::string &place, const std::string &schema) {
    const auto sql = open_session(place);
    if (engine_of(*sql) == engine::postgresql) *sql << "set search_path = " + schema;
    return count_tables(*sql);
  }
  static std::int64_t rows_of(const std::vector<copied_table> &tables, const std::string &name) {
    for (const auto &one : tables) {
      if (one.name == name) return one.rows;
    }
    return -1;
  }
  std::string plugin_file() const { return (folder_ / "plugins" / plugin / (plugin + ".db")).string(); }
  std::string moved(bool back = false, bool dry_run = false) const {
    return failure_of([&] { move_data({folder_, back ? std::string{} : database_.uri(), plugins(), dry_run}); });
  }

  databases::fresh_database database_{kind::postgresql};
  fs::path folder_ = database_.directory() / "data", saved_ = database_.directory() / "dealer.backup",
           goal_ = database_.directory() / "again";
};

TEST_P(host_move, a_backup_holds_host_and_plugin_of_one_moment) {
  // given: a dealership on PostgreSQL
  auto dealer = open(folder_, database_.uri());
  const auto number = fill(*dealer);
  const auto token = dealer->data().sessions.open("chef", dealer->clock().now_us()).token;
  const auto leads = rows_of(tables_of(database_.uri(), plugin), "lead");
  ASSERT_GT(leads, 0);
  // when: it is saved, goes on, and is restored elsewhere
  const auto made = dealer->backup(saved_);
  EXPECT_TRUE(made.on_postgresql);
  EXPECT_THAT(made.schemas, testing::ElementsAre("dms_host", plugin));
  const auto later = named("Später");
  const auto after = dealer->data().customers.create(later, "", 2).id;
  const databases::fresh_database fresh(kind::postgresql);
  EXPECT_EQ(failure_of([&] { restore_backup({saved_, goal_, fresh.uri()}, 7); }), "");
  // then: what was there is there, and nothing of later
  auto again = open(goal_, "");
  EXPECT_EQ(again->database().place(), fresh.uri()) << "never the database that is worked with";
  EXPECT_EQ(again->data().customers.get(number)->last_name, "Weiß");
  EXPECT_FALSE(again->data().customers.get(after));
  EXPECT_EQ(again->data().customers.document_bytes(again->data().customers.documents_of(number).at(0).id),
            std::string("\0\1\xFF", 3));
  EXPECT_EQ(rows_of(tables_of(fresh.uri(), plugin), "lead"), leads);
  EXPECT_FALSE(again->data().sessions.find(token, again->clock().now_us())) << "a session outlived the restore";
  EXPECT_EQ(again->data().audit.list({}).front().action, "restore");
  again->start_plugins();
  EXPECT_EQ(again->plugins().status(plugin)->state, plugin_state::enabled);
  EXPECT_GT(again->data().customers.create(later, "", 2).id, number);
}

TEST_P(host_move, a_restore_never_goes_over_a_dealership) {
  auto dealer = open(folder_, database_.uri());
  fill(*dealer);
  dealer->backup(saved_);
  EXPECT_THAT(failure_of([&] { restore_backup({saved_, goal_, {}}, 7); }), HasSubstr("Name an empty database"));
  EXPECT_THAT(failure_of([&] {
                restore_backup({saved_, goal_, database_.uri()}, 7);
              }),
              HasSubstr("There is a dealership in this database already"));
  EXPECT_FALSE(fs::exists(goal_));
  EXPECT_EQ(dealer->data().users.all().size(), 1U);
}

TEST_P(host_move, a_dealership_moves_into_the_database_and_back) {
  // given: a dealership in files
  std::int64_t number = 0;
  {
    auto dealer = open(folder_, "");
    number = fill(*dealer);
    dealer->data().customers.take_back(dealer->data().customers.create(named("Weg"), "", 1).id, 1, "");
  }
  EXPECT_THAT(failure_of([&] { open(folder_, database_.uri()); }), HasSubstr("dms_host database move --database URL"));
  const auto own = tables_of(host_file(folder_).string(), "");
  const auto leads = tables_of(plugin_file(), "");
  // when: looked at first, then moved
  EXPECT_EQ(moved(false, true), "");
  EXPECT_TRUE(schemas_there(database_.uri(), {"dms_host", plugin}).empty()) << "looking writes nothing";
  ASSERT_EQ(moved(), "");
  // then: all of it is there, and what serves the directory finds it
  EXPECT_FALSE(fs::exists(host_file(folder_)));
  EXPECT_TRUE(fs::exists(folder_ / "host.db.moved"));
  for (const auto &table : leads)
    EXPECT_EQ(rows_of(tables_of(database_.uri(), plugin), table.name), table.rows) << table.name;
  {
    auto dealer = open(folder_, "");
    EXPECT_EQ(dealer->database().place(), database_.uri());
    EXPECT_EQ(dealer->data().customers.get(number)->vehicles.at(0).vin, "SJNFAAJ11U0000001");
    EXPECT_EQ(dealer->data().customers.document_bytes(dealer->data().customers.documents_of(number).at(0).id),
              std::string("\0\1\xFF", 3));
    dealer->start_plugins();
    EXPECT_EQ(dealer->plugins().status(plugin)->state, plugin_state::enabled);
    EXPECT_EQ(dealer->data().customers.create(named("Neu"), "", 1).id, number + 2);
    import_sample(*dealer);
    EXPECT_EQ(rows_of(tables_of(database_.uri(), plugin), "lead"), rows_of(leads, "lead")) << "repeats are known";
    EXPECT_THAT(moved(true), HasSubstr("Other hosts work on this database"));
  }
  EXPECT_THAT(failure_of([&] { open(folder_, "sqlite"); }), HasSubstr("dms_host database move --to-sqlite"));
  // and back
  const auto before = tables_of(database_.uri(), plugin);
  ASSERT_EQ(moved(true), "");
  for (const auto &table : before)
    EXPECT_EQ(rows_of(tables_of(plugin_file(), ""), table.name), table.rows) << table.name;
  auto dealer = open(folder_, "");
  EXPECT_EQ(dealer->data().customers.document_bytes(dealer->data().customers.documents_of(number).at(0).id),
            std::string("\0\1\xFF", 3));
  EXPECT_EQ(rows_of(tables_of(host_file(folder_).string(), ""), "users"), rows_of(own, "users"));
  dealer->start_plugins();
  EXPECT_EQ(dealer->plugins().status(plugin)->state, plugin_state::enabled);
}

TEST_P(host_move, a_database_with_a_dealership_takes_no_other) {
  { fill(*open(database_.directory() / "other", database_.uri())); }
  { fill(*open(folder_, "")); }
  EXPECT_THAT(moved(false, true), HasSubstr("There is a dealership in this database already"));
  EXPECT_THAT(moved(), HasSubstr("There is a dealership in this database already"));
  EXPECT_EQ(open(folder_, "")->data().users.all().size(), 1U);
}

TEST_P(host_move, what_another_server_noted_is_no_news_for_ever) {
  // given: a database that was restored from a server which has counted more transactions than this one
  fill(*open(folder_, database_.uri()));
  const auto sql = open_session(database_.uri());
  *sql << "update lead_system.lead_change set txid = 4000000000000000000";
  *sql << "update lead_system.lead_change_forgotten set txid = 4000000000000000000";
  // when, then: who has read all leads hears of none again
  lead_system::store::options how;
  how.database = database_.uri();
  lead_system::store::lead_feed feed(how);
  const auto known = feed.position();
  const auto news = feed.since(known);
  EXPECT_TRUE(news.rows.empty());
  EXPECT_FALSE(news.forgotten);
}

INSTANTIATE_TEST_SUITE_P(databases, host_move, databases::servers(), databases::name);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(host_move);

}  // namespace
