// Databases as released versions left them: dumps in tests/data/schemas, brought to the present schema, hold what they
// held and work on.
#include <soci/postgresql/soci-postgresql.h>

#include <fstream>
#include <iterator>

#include "integration/overview_oracle.hpp"
#include "integration/store_support.hpp"
#include "paths.hpp"
#include "store/migrations.hpp"

namespace {

using namespace store_support;
namespace fs = std::filesystem;

class released_schemas_test : public databases::on_each {
 protected:
  std::string ending() const { return GetParam() == databases::kind::sqlite ? ".sqlite3.sql" : ".postgresql.sql"; }
  std::vector<fs::path> dumps() const {
    std::vector<fs::path> found;
    for (const auto &item : fs::directory_iterator(paths::data() + "/schemas")) {
      if (item.path().filename().string().ends_with(ending())) found.push_back(item.path());
    }
    return found;
  }
  static void restore(const fs::path &dump, soci::session &into) {
    std::ifstream in(dump);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    // SOCI hides the type information of its backends.
    if (into.get_backend_name() == "postgresql") {
      auto *postgresql = static_cast<soci::postgresql_session_backend *>(into.get_backend());
      // As a whole: functions hold semicolons of their own.
      const std::unique_ptr<PGresult, decltype(&PQclear)> done(PQexec(postgresql->conn_, text.c_str()), &PQclear);
      ASSERT_EQ(PQresultStatus(done.get()), PGRES_COMMAND_OK) << PQerrorMessage(postgresql->conn_);
      return;
    }
    for (const auto &one : store::split_statements(text)) into << one;
  }
};
INSTANTIATE_TEST_SUITE_P(databases, released_schemas_test, databases::all(), databases::name);

TEST_P(released_schemas_test, each_is_brought_to_the_present_and_keeps_what_it_holds) {
  const auto all = dumps();
  ASSERT_FALSE(all.empty());
  for (const auto &dump : all) {
    SCOPED_TRACE(dump.filename().string());
    // given
    databases::fresh_database old(GetParam());
    restore(dump, *old.session());
    const auto kind = store::engine_of(old.uri());
    // when
    const auto store = store::store::open(old.options());
    // then: every lead with its history, feedback and settings
    const auto leads = overview_oracle::count(*store, {}, everything, noon);
    EXPECT_GT(leads, 5);
    const auto id = overview_oracle::list(*store, {}, everything, noon).leads.front().id;
    EXPECT_FALSE(store->timeline(id).empty());
    EXPECT_FALSE(store->grants().empty());
    EXPECT_FALSE(store->feedback_log({{}, {}, {}, {}, 0, 10}).empty());
    EXPECT_FALSE(store->runs({}, {}, 0, 10).empty());
    // and: what was archived, byte by byte
    for (const auto &run : store->runs({}, {}, 0, 500)) {
      EXPECT_EQ(store->payload(run.payload_id).value_or("").size(), static_cast<std::size_t>(run.bytes)) << run.id;
    }
    int newest = 0;
    *old.session() << "SELECT MAX(number) FROM schema_version", soci::into(newest);
    EXPECT_EQ(newest, store::shipped_migrations(kind).back().number);
    // and: it is worked on
    EXPECT_GT(add(*store, some_lead("1-NEW")), id);
    EXPECT_EQ(overview_oracle::count(*store, {}, everything, noon), leads + 1);
  }
}

}  // namespace
