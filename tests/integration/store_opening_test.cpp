// A store is opened, fails and comes back: migrations, locks, a full disk, copies, a server that goes.
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <thread>

#include "dms/cpp/encoding.hpp"
#include "integration/overview_oracle.hpp"
#include "integration/store_support.hpp"
#include "store/cutover_rows.hpp"
#include "store/migrations.hpp"
#include "store/sessions.hpp"

namespace {

using namespace store_support;

class store_opening_test : public databases::on_each {};
INSTANTIATE_TEST_SUITE_P(databases, store_opening_test, databases::all(), databases::name);

TEST_P(store_opening_test, opens_again_with_its_data) {
  const auto id = add(open(), some_lead("1-A"));
  const auto second = store::store::open(database().options());
  EXPECT_TRUE(second->find(id, everything));
  EXPECT_TRUE(second->healthy());
}

TEST_P(store_opening_test, two_hosts_may_open_an_empty_database_at_once) {
  std::vector<std::thread> threads;
  std::atomic<int> opened{0};
  for (int host = 0; host < 4; ++host) {
    threads.emplace_back([&] {
      if (store::store::open(database().options())->healthy()) ++opened;
    });
  }
  for (auto &thread : threads) thread.join();
  EXPECT_EQ(opened, 4);
}

TEST_P(store_opening_test, refuses_a_newer_schema_and_leaves_it_alone) {
  open();
  *database().session() << "INSERT INTO schema_version (number, name, checksum, applied_at) VALUES (999, 'x', 'x', 0)";
  try {
    store::store::open(database().options());
    FAIL() << "a newer schema was accepted";
  } catch (const std::exception &error) {
    EXPECT_NE(std::string(error.what()).find("schema 999"), std::string::npos) << error.what();
  }
}

TEST_P(store_opening_test, an_older_plugin_goes_on_beside_a_newer_schema_that_says_so) {
  // given
  const auto id = add(open(), some_lead("1-A"));
  const auto session = database().session();
  const auto newest =
      store::shipped_migrations(database().options().database.starts_with("postgres") ? store::engine::postgresql
                                                                                      : store::engine::sqlite)
          .back()
          .number;
  const auto apply = [&](int number, int oldest) {
    const auto text = std::to_string(number);
    *session << "INSERT INTO schema_version (number, name, checksum, applied_at) VALUES (" + text + ", 'x', 'x', 0)";
    *session << "INSERT INTO schema_works_with (number, oldest) VALUES (" + text + ", " + std::to_string(oldest) + ")";
  };
  // when: a host of the next version has migrated
  apply(998, newest);
  // then
  EXPECT_TRUE(store::store::open(database().options())->find(id, everything));
  // but not where one of several newer ones does not
  apply(999, 998);
  EXPECT_THROW(store::store::open(database().options()), std::runtime_error);
}

TEST_P(store_opening_test, a_plugin_that_serves_stops_writing_before_a_newer_schema_excludes_it) {
  // given: a host serves
  auto &serving = open();
  add(serving, some_lead("1-A"));
  const auto kind = database().which() == databases::kind::sqlite ? store::engine::sqlite : store::engine::postgresql;
  auto next = store::shipped_migrations(kind);
  const auto number = next.back().number + 1;
  next.push_back(
      {number, "next", "CREATE TABLE of_the_next (x INTEGER); CREATE TABLE of_the_next (x INTEGER)", "x", number});
  const auto writes = [&] { serving.write([](transaction &) {}); };
  // when: a host of the next version fails to migrate
  EXPECT_ANY_THROW(store::migrate(*database().session(), kind, next));
  // then: nothing has changed
  while (true) {
    try {
      writes();
      break;
    } catch (const store::store_unavailable &) {
      std::this_thread::yield();
    }
  }
  // when: it succeeds
  next.back().text = "CREATE TABLE of_the_next (x INTEGER)";
  store::migrate(*database().session(), kind, next);
  // then: on PostgreSQL, where both serve, the older one has stopped by then; a file has one host
  if (kind == store::engine::postgresql) EXPECT_THROW(writes(), store::store_unavailable);
  try {
    while (true) writes();
  } catch (const store::store_unavailable &said) {
    EXPECT_NE(std::string(said.what()).find("schema " + std::to_string(number)), std::string::npos) << said.what();
  }
  EXPECT_FALSE(serving.healthy());
}

TEST(store_migrations, say_which_plugins_work_on_beside_them) {
  databases::fresh_database database(databases::kind::sqlite);
  const std::vector<store::migration> both{{1, "a", "CREATE TABLE a (x INTEGER)", "1", 1},
                                           {2, "b", "-- works with: 1\nCREATE TABLE b (x INTEGER)", "2", 1}};
  const auto session = database.session();
  store::migrate(*session, store::engine::sqlite, both);
  // then: the plugin of the first goes on
  EXPECT_NO_THROW(store::migrate(*session, store::engine::sqlite, std::span(both).first(1)));
}

TEST_P(store_opening_test, refuses_a_migration_of_another_text) {
  open();
  *database().session() << "UPDATE schema_version SET checksum = 'other' WHERE number = 1";
  EXPECT_THROW(store::store::open(database().options()), std::runtime_error);
}

/// A lead of before stages were kept as a set: `rank` was the farthest one.
struct old_lead {
  const char *name;
  lead_state state;
  int rank;
  std::vector<std::pair<const char *, std::map<std::string, std::string>>> events;
  stage_set reached;
  time_us agreed_at = 0;
};

TEST_P(store_opening_test, stages_of_older_leads_are_what_their_events_tell) {
  using enum stage;
  const std::string due = std::to_string(noon + day_us);
  const std::map<std::string, std::string> drive{{"user", "verkauf1"}, {"due", due}, {"kind", "test_drive"}};
  const std::vector<old_lead> leads{
      {"new", lead_state::received, 0, {}, {}},
      {"sold contract", lead_state::won, 5, {{"closed", {{"to", "won"}, {"reason", "sale"}}}}, {contacted, sold}},
      {"lost", lead_state::lost, 0, {{"closed", {{"to", "lost"}}}}, {}},
      {"talked to",
       lead_state::assigned,
       1,
       {{"contact_result", {{"from", "tried"}, {"result", "reached"}}}},
       {contacted}},
      {"tried", lead_state::assigned, 0, {{"contact_result", {{"result", "tried"}}}}, {}},
      {"offer without a drive",
       lead_state::offer,
       4,
       {{"progress", {{"from", "assigned"}, {"to", "offer"}}}},
       {contacted, offer}},
      {"fell through",
       lead_state::in_progress,
       2,
       {{"progress", {{"to", "appointment"}}}, {"contact_planned", drive}, {"progress", {{"to", "in_progress"}}}},
       {contacted, appointment}},
      {"driven",
       lead_state::test_drive_done,
       3,
       {{"progress", {{"to", "appointment"}}}, {"contact_planned", drive}, {"progress", {{"to", "test_drive_done"}}}},
       {contacted, appointment, test_drive},
       noon + day_us},
      {"planned only", lead_state::in_progress, 1, {{"contact_planned", drive}}, {}, noon + day_us},
      {"without events", lead_state::appointment, 2, {}, {contacted, appointment}},
      {"corrected", lead_state::assigned, 0, {{"edited", {{"was", "{\"to\":\"won\"}"}}}}, {}}};
  std::vector<std::int64_t> ids;
  open().write([&](transaction &inside) {
    ids.clear();
    for (const auto &one : leads) {
      auto item = some_lead(one.name);
      item.state = one.state;
      if (is_terminal(one.state)) item.ended_at = noon;
      ids.push_back(inside.insert_lead(item, "d"));
      for (const auto &[kind, data] : one.events) {
        inside.add_event({0, ids.back(), noon, kind, "verkauf1", "Lukas", {}, data});
      }
    }
  });
  // given: the schema of before
  {
    auto session = database().session();
    for (std::size_t at = 0; at < leads.size(); ++at) {
      *session << "UPDATE lead SET reached = " + std::to_string(leads[at].rank) +
                      " WHERE id = " + std::to_string(ids[at]);
    }
    *session << "ALTER TABLE lead DROP COLUMN agreed_at";
    *session << "ALTER TABLE lead DROP COLUMN stages";
    *session << "DELETE FROM schema_works_with WHERE number = 14";
    *session << "DELETE FROM schema_version WHERE name = '0014_stages'";
  }
  // when
  const auto store = store::store::open(database().options());
  // then
  for (std::size_t at = 0; at < leads.size(); ++at) {
    const auto item = *store->find(ids[at], everything);
    EXPECT_EQ(item.reached, leads[at].reached) << leads[at].name << ": " << item.reached.bits();
    EXPECT_EQ(item.agreed_at, leads[at].agreed_at) << leads[at].name;
  }
  // and: the version before, which may run beside this one, reads the farthest stage as it did
  int rank = -1;
  *database().session() << "SELECT reached FROM lead WHERE id = " + std::to_string(ids[5]), soci::into(rank);
  EXPECT_EQ(rank, 4);
  // and: changes are noted as before
  store->write([&](transaction &inside) {
    auto item = *inside.find_lead(ids[0]);
    item.assignee = "verkauf1";
    EXPECT_TRUE(inside.update_lead(item));
  });
  long long notes = 0;
  *database().session() << "SELECT COUNT(*) FROM lead_change WHERE lead_id = " + std::to_string(ids[0]),
      soci::into(notes);
  EXPECT_GE(notes, 2);
}

TEST(store_on_sqlite, answers_clearly_when_the_database_is_locked) {
  // given
  databases::fresh_database database(databases::kind::sqlite);
  auto how = database.options();
  how.busy_timeout_ms = 100;
  const auto store = store::store::open(how);
  auto other = database.session();
  *other << "BEGIN IMMEDIATE";
  // when
  const auto write = [&] { store->write([](transaction &inside) { inside.insert_lead(some_lead("1-A"), "d"); }); };
  // then
  EXPECT_THROW(write(), store::store_unavailable);
  EXPECT_EQ(overview_oracle::count(*store, {}, everything, noon), 0) << "reading goes on";
  *other << "ROLLBACK";
  EXPECT_NO_THROW(write());
}

/// No file may grow beyond its present size for as long as it lives: what a full disk looks like to SQLite.
class full_disk {
 public:
  explicit full_disk(const std::string &file) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    auto now = before_;
    now.rlim_cur = std::filesystem::file_size(file) + 4096;
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  full_disk(const full_disk &) = delete;
  full_disk &operator=(const full_disk &) = delete;
  ~full_disk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST(store_on_sqlite, says_so_when_it_is_locked_at_the_start) {
  databases::fresh_database database(databases::kind::sqlite);
  auto how = database.options();
  how.busy_timeout_ms = 100;
  store::store::open(how);
  auto other = database.session();
  *other << "BEGIN IMMEDIATE";
  EXPECT_THROW(store::store::open(how), store::store_unavailable);
}

TEST(store_on_sqlite, answers_clearly_when_the_disk_is_full_and_goes_on_when_it_is_not) {
  // given
  databases::fresh_database database(databases::kind::sqlite);
  auto how = database.options();
  how.busy_timeout_ms = 200;
  const auto store = store::store::open(how);
  add(*store, some_lead("1-A"));
  // when
  const auto fill = [&] {
    auto item = some_lead("1-B");
    item.content.message = std::string(std::size_t{8} << 20, 'x');
    add(*store, item);
  };
  {
    const full_disk full(database.uri());
    EXPECT_THROW(fill(), store::store_unavailable);
    // then: reading goes on, and nothing is half there
    EXPECT_EQ(overview_oracle::count(*store, {}, everything, noon), 1);
  }
  EXPECT_NO_THROW(fill());
  EXPECT_EQ(overview_oracle::count(*store, {}, everything, noon), 2);
}

TEST(store_on_sqlite, opens_in_a_directory_with_blanks_and_equals_signs) {
  databases::scratch_directory directory;
  store::options how;
  const auto folder = directory.path() / "a b=c d";
  std::filesystem::create_directory(folder);
  how.database = (folder / "lead system.db").string();
  store::store::open(how);
  EXPECT_TRUE(std::filesystem::exists(how.database));
}

TEST(store_on_sqlite, says_so_when_it_cannot_be_opened) {
  store::options how;
  how.database = "/proc/nowhere/lead_system.db";
  EXPECT_THROW(store::store::open(how), store::store_unavailable);
}

class store_on_a_server : public testing::TestWithParam<databases::kind> {};

INSTANTIATE_TEST_SUITE_P(databases, store_on_a_server, databases::servers(), databases::name);

TEST_P(store_on_a_server, comes_back_after_the_server_cut_its_connections) {
  // given
  databases::fresh_database database(GetParam());
  const auto store = store::store::open(database.options());
  add(*store, some_lead("1-A"));
  // when
  *database.session()
      << "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND "
         "pid <> pg_backend_pid()";
  // then
  EXPECT_EQ(overview_oracle::count(*store, {}, everything, noon), 1);
  EXPECT_GT(add(*store, some_lead("1-B")), 0);
}

TEST(store_migrations, are_split_at_the_right_semicolons) {
  const auto parts = store::split_statements("-- a; b\nSELECT ';' , \"x;y\"; INSERT INTO t VALUES ('it''s;');\n ;\n");
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_NE(parts[1].find("it''s;"), std::string::npos);
  // A trigger's body keeps its own.
  EXPECT_EQ(store::split_statements("CREATE TRIGGER t AFTER INSERT ON x BEGIN UPDATE x SET a = CASE WHEN b THEN 1 END; "
                                    "DELETE FROM y; END; SELECT 1;")
                .size(),
            2U);
}

TEST_P(store_opening_test, leads_from_before_know_in_lists_which_channels_were_refused) {
  // given: as a version wrote them that kept consents in the details alone
  auto known = store::shipped_migrations(database().which() == databases::kind::sqlite ? store::engine::sqlite
                                                                                       : store::engine::postgresql);
  const auto id = add(open(), some_lead("1-A"));
  const auto session = database().session();
  *session << "UPDATE lead SET details = '{\"consents\":[{\"at\":5,\"channel\":\"phone\",\"given\":false},"
              "{\"at\":5,\"channel\":\"email\",\"given\":false},{\"at\":9,\"channel\":\"email\",\"given\":true},"
              "{\"channel\":\"sms\"}]}'";
  const auto &step = *std::find_if(known.begin(), known.end(), [](const auto &one) {
    return one.name.find("refused_channels") != std::string::npos;
  });
  for (const std::string table : {"schema_works_with", "schema_version"}) {
    *session << "DELETE FROM " + table + " WHERE number = " + std::to_string(step.number);
  }
  // when
  const auto again = store::store::open(database().options());
  // then
  store::lead_query query;
  const auto listed = overview_oracle::list(*again, query, everything, noon).leads.at(0);
  EXPECT_EQ(listed.id, id);
  EXPECT_EQ(listed.content.refused_channels(), std::vector<std::string>{"phone"});
  EXPECT_EQ(listed.content.prospect, some_lead("1-A").content.prospect);
}

/// Payloads and a list as versions before the migration payload_bytes kept them: as text, in base64.
class payloads_from_before : public store_opening_test {
 protected:
  void SetUp() override {
    store_opening_test::SetUp();
    for (int value = 0; value < 20'000; ++value) bytes_ += static_cast<char>(value * value / 7 % 256);
    const auto store = store::store::open(database().options());
    store->write([&](transaction &inside) {
      whole_ = inside.archive_payload("siebel_nissan", "d1", bytes_, 20'000, noon).id;
      parts_ = inside.archive_payload("siebel_nissan", "d2", "", 20'003, noon).id;
      inside.archive_part(parts_, 0, bytes_);
      inside.archive_part(parts_, 1, "end");
      damaged_ = inside.archive_payload("siebel_nissan", "d3", "damaged", 7, noon).id;
      refused_ = inside.archive_payload("siebel_nissan", "d4", "", 50'000'000, noon).id;
    });
    list_ = store::cutover_rows(*store).keep_list({0, "legacy_list", "admin", "alt.csv", noon, bytes_});
    to_the_former_schema(*database().session());
  }
  store::engine kind() {
    return database().which() == databases::kind::sqlite ? store::engine::sqlite : store::engine::postgresql;
  }
  /// The steps of this version, and among them the one that is looked at.
  std::pair<std::vector<store::migration>, std::size_t> steps() {
    auto known = store::shipped_migrations(kind());
    const auto found = std::find_if(known.begin(), known.end(), [](const auto &one) {
      return one.name.find("payload_bytes") != std::string::npos;
    });
    return {known, static_cast<std::size_t>(found - known.begin())};
  }
  void expect_all_there() {
    const auto store = store::store::open(database().options());
    EXPECT_EQ(store->payload(whole_), bytes_);
    EXPECT_EQ(store->payload(parts_), bytes_);
    EXPECT_EQ(store->payload_part(parts_, 1), "end");
    EXPECT_EQ(store::cutover_rows(*store).find_list(list_)->bytes, bytes_);
    EXPECT_FALSE(store->payload(refused_)) << "of it there is only the digest";
    EXPECT_THROW(store->payload(damaged_), std::runtime_error) << "as before, and it keeps nothing else from coming";
    // and: nothing of it is in letters any more
    long long left = 0;
    *database().session() << "SELECT (SELECT COUNT(*) FROM payload WHERE body <> '') + (SELECT COUNT(*) FROM "
                             "payload_part WHERE body <> '') + (SELECT COUNT(*) FROM old_list WHERE body <> '')",
        soci::into(left);
    EXPECT_EQ(left, 0);
  }

 private:
  void to_the_former_schema(soci::session &in) {
    keep_in_base64(in, "payload", "id", "packed");
    keep_in_base64(in, "payload_part", "position", "packed");
    keep_in_base64(in, "old_list", "id", "content");
    in << "UPDATE payload SET body = 'no base64, whatever it was' WHERE digest = 'd3'";
    const auto [known, at] = steps();
    for (const std::string table : {"schema_works_with", "schema_version"}) {
      in << "DELETE FROM " + table + " WHERE number = " + std::to_string(known.at(at).number);
    }
  }
  void keep_in_base64(soci::session &in, const std::string &table, const std::string &key, const std::string &column) {
    std::map<long long, std::string> texts;
    long long id = 0;
    std::string kept;
    {
      soci::statement rows =
          (in.prepare << "SELECT " + key + ", " + column + " FROM " + table, soci::into(id), soci::into(kept));
      for (rows.execute(); rows.fetch();) texts[id] = dms::base64(store::uncarried(kept, kind()));
    }
    for (const auto &[number, text] : texts) {
      in << "UPDATE " + table + " SET body = :body WHERE " + key + " = :id", soci::use(text), soci::use(number);
    }
    in << "ALTER TABLE " + table + " DROP COLUMN " + column;
  }

  std::string bytes_;
  std::int64_t whole_ = 0, parts_ = 0, damaged_ = 0, refused_ = 0, list_ = 0;
};
INSTANTIATE_TEST_SUITE_P(databases, payloads_from_before, databases::all(), databases::name);

TEST_P(payloads_from_before, are_read_after_the_migration_as_they_were) {
  expect_all_there();
}

TEST_P(payloads_from_before, are_as_they_were_where_the_migration_was_broken_off) {
  // given: all of them were converted when the disk was full
  auto [known, at] = steps();
  known.at(at).text += ";\nSELECT nothing FROM nowhere";
  auto session = database().session();
  // when
  EXPECT_ANY_THROW(store::migrate(*session, kind(), known));
  // then: as text, none of them changed
  long long texts = 0;
  *session << "SELECT COUNT(*) FROM payload WHERE body <> ''", soci::into(texts);
  EXPECT_EQ(texts, 2);
  session.reset();
  // and: the next start goes on
  expect_all_there();
}

}  // namespace
