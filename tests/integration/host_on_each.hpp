// host_on_each.hpp - a reference host on both databases: its own SQLite file, or a database of its own on PostgreSQL,
// which other hosts may share.
#pragma once

#include "integration/databases.hpp"
#include "unit/host_fixture.hpp"

namespace host_test {

using databases::kind;

class with_host_on_each : public testing::TestWithParam<kind> {
 protected:
  with_host_on_each() : database_(GetParam()), folder_(database_.directory() / "data") { open(); }
  ~with_host_on_each() override { host_.reset(); }
  /// Opens the data directory, again where it is open.
  void open() {
    host_.reset();
    host_ = make(folder_);
  }
  std::unique_ptr<host> make(const fs::path &folder) const {
    dms::reference::host_options how;
    how.data_directory = folder;
    how.plugin_folders = {fs::path(paths::build()) / "broken_plugins"};
    if (GetParam() == kind::postgresql) how.database = database_.uri();
    return std::make_unique<host>(std::move(how));
  }
  void add_user(const std::string &id, const std::string &role) { host_test::add_user(*host_, id, role); }

  databases::fresh_database database_;
  fs::path folder_;
  std::unique_ptr<host> host_;
};

}  // namespace host_test
