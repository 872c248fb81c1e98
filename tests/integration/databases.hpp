// databases.hpp - the same test on both databases: SQLite in a directory of its own always, PostgreSQL where
// LEADS_TEST_POSTGRESQL names a server on which databases may be created (a URI without a database, or with one to
// start from).
//
//   class my_test : public databases::on_each {};
//   TEST_P(my_test, ...) { auto &store = open(); ... }
//   INSTANTIATE_TEST_SUITE_P(databases, my_test, databases::all(), databases::name);
#pragma once

#include <gtest/gtest.h>
#include <soci/soci.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "store/dialect.hpp"
#include "store/store.hpp"

namespace databases {

enum class kind { sqlite, postgresql };

/// A directory that is gone with the test.
class scratch_directory {
 public:
  scratch_directory() {
    auto pattern = (std::filesystem::temp_directory_path() / "leads_test_XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("No scratch directory.");
    path_ = pattern;
  }
  scratch_directory(const scratch_directory &) = delete;
  scratch_directory &operator=(const scratch_directory &) = delete;
  ~scratch_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path &path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

/// An empty database: a file, or a database of its own on the server.
class fresh_database {
 public:
  explicit fresh_database(kind which) : kind_(which) {
    if (which == kind::sqlite) {
      uri_ = (directory_.path() / "lead_system.db").string();
      return;
    }
    static std::atomic<int> count{0};
    name_ = "leads_test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
    admin() << "CREATE DATABASE " + name_ + " TEMPLATE template0 ENCODING 'UTF8'";
    uri_ = with_database(name_);
  }
  fresh_database(const fresh_database &) = delete;
  fresh_database &operator=(const fresh_database &) = delete;
  ~fresh_database() {
    if (name_.empty()) return;
    try {
      admin() << "DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)";
    } catch (const std::exception &) {
      // The server goes with the test run.
    }
  }
  kind which() const noexcept { return kind_; }
  const std::string &uri() const noexcept { return uri_; }
  const std::filesystem::path &directory() const noexcept { return directory_.path(); }

  lead_system::store::options options() const {
    lead_system::store::options how;
    how.database = uri_;
    return how;
  }
  /// A bare session on the same data, to look behind the store.
  std::unique_ptr<soci::session> session() const {
    auto session = std::make_unique<soci::session>();
    lead_system::store::open_session(*session, options());
    if (kind_ == kind::postgresql) *session << "SET search_path = lead_system";
    return session;
  }

 private:
  static std::string server() { return std::getenv("LEADS_TEST_POSTGRESQL"); }
  static soci::session &admin() {
    static soci::session session;
    if (static bool opened = false; !opened) {
      lead_system::store::options how;
      how.database = server();
      lead_system::store::open_session(session, how);
      opened = true;
    }
    return session;
  }
  /// The URI with another database in its path.
  static std::string with_database(const std::string &name) {
    const auto whole = server();
    const auto question = whole.find('?');
    auto base = whole.substr(0, question);
    const auto query = question == std::string::npos ? std::string{} : whole.substr(question);
    const auto slash = base.find('/', base.find("://") + 3);
    if (slash != std::string::npos) base.erase(slash);
    return base + "/" + name + query;
  }

  kind kind_;
  scratch_directory directory_;
  std::string name_, uri_;
};

inline bool postgresql_offered() {
  const char *server = std::getenv("LEADS_TEST_POSTGRESQL");
  return server != nullptr && *server != '\0';
}

inline auto all() {
  return postgresql_offered() ? testing::ValuesIn(std::vector<kind>{kind::sqlite, kind::postgresql})
                              : testing::ValuesIn(std::vector<kind>{kind::sqlite});
}

/// Only what is a server: for tests of what SQLite does not have.
inline auto servers() {
  return postgresql_offered() ? testing::ValuesIn(std::vector<kind>{kind::postgresql})
                              : testing::ValuesIn(std::vector<kind>{});
}

inline std::string name(const testing::TestParamInfo<kind> &info) {
  return info.param == kind::sqlite ? "sqlite" : "postgresql";
}

class on_each : public testing::TestWithParam<kind> {
 protected:
  void SetUp() override { database_ = std::make_unique<fresh_database>(GetParam()); }
  void TearDown() override {
    store_.reset();
    database_.reset();
  }
  lead_system::store::store &open() {
    if (!store_) store_ = lead_system::store::store::open(database_->options());
    return *store_;
  }
  fresh_database &database() { return *database_; }

 private:
  std::unique_ptr<fresh_database> database_;
  std::unique_ptr<lead_system::store::store> store_;
};

}  // namespace databases
