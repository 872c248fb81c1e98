// A newer plugin put in place of the one that runs, and back where it does not start.
#include "host_core/plugin_data_copy.hpp"
#include "loader/manifest.hpp"
#include "paths.hpp"
#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;
using dms::reference::plugin_data_copy;
using dms::reference::plugin_state;
using testing::HasSubstr;

constexpr auto id = "broken_intact";

class upgrade : public with_host {
 protected:
  upgrade() : installed_(folder_.string() + "_plugins") {
    fs::remove_all(installed_);
    install("1.0.0", built("broken_intact"));
    open({installed_});
    EXPECT_EQ(host_->plugins().enable(id, "chef").state, plugin_state::enabled);
  }
  ~upgrade() override { fs::remove_all(installed_); }
  static fs::path built(const std::string &name) {
    return fs::path(paths::build()) / "broken_plugins" / name / (name + ".so");
  }
  /// As an admin installs it: library and manifest over those that are there.
  void install(const std::string &version, const fs::path &library, const std::string &more = "") const {
    const auto folder = installed_ / id, file = folder / "plugin.so";
    fs::create_directories(folder);
    fs::remove(file);
    fs::copy_file(library, file);
    std::ofstream(file, std::ios::app) << more;  // behind the ELF file's end: other bytes, the same code
    std::ofstream(folder / "plugin.info")
        << "id " << id << "\nversion " << version << "\nabi { major " << DMS_ABI_MAJOR << "\n minor " << DMS_ABI_MINOR
        << "\n}\nlibrary { file plugin.so\n sha256 " << dms::sha256_of_file(file) << "\n}\n";
  }
  fs::path installed_;
};

TEST_F(upgrade, what_lies_in_place_is_offered_and_started) {
  EXPECT_EQ(host_->plugins().waiting_version(id), "");
  EXPECT_THAT(failure_of([&] { host_->plugins().upgrade(id, "chef"); }), HasSubstr("runs already"));
  // when
  install("1.1.0", built("broken_intact"), "newer");
  EXPECT_EQ(host_->plugins().waiting_version(id), "1.1.0");
  EXPECT_EQ(host_->plugins().status(id)->version, "1.0.0") << "nothing happens by itself";
  // then
  const auto after = host_->plugins().upgrade(id, "chef");
  EXPECT_EQ(after.state, plugin_state::enabled);
  EXPECT_EQ(after.version, "1.1.0");
  EXPECT_EQ(host_->plugins().waiting_version(id), "");
  EXPECT_EQ(host_->data().audit.list({}).at(0).detail, "1.0.0 -> 1.1.0");
}

TEST_F(upgrade, a_new_version_that_does_not_start_leaves_the_old_one_running) {
  install("2.0.0", built("broken_failing_upgrade"));
  EXPECT_THAT(failure_of([&] { host_->plugins().upgrade(id, "chef"); }), HasSubstr("does not find its way"));
  const auto after = host_->plugins().status(id);
  EXPECT_EQ(after->state, plugin_state::enabled);
  EXPECT_EQ(after->version, "1.0.0");
  EXPECT_EQ(host_->plugins().waiting_version(id), "2.0.0") << "it is still there";
}

TEST_F(upgrade, a_library_that_is_not_its_manifests_is_not_started) {
  install("1.1.0", built("broken_intact"), "newer");
  std::ofstream(installed_ / id / "plugin.so", std::ios::app) << "changed on the way";
  EXPECT_THAT(failure_of([&] { host_->plugins().upgrade(id, "chef"); }), HasSubstr("SHA-256 differs"));
  EXPECT_EQ(host_->plugins().status(id)->state, plugin_state::enabled);
  // a manifest that is half copied is no offer
  std::ofstream(installed_ / id / "plugin.info") << "id broken";
  EXPECT_EQ(host_->plugins().waiting_version(id), "");
  EXPECT_NE(failure_of([&] { host_->plugins().upgrade(id, "chef"); }), "");
  EXPECT_EQ(host_->plugins().status(id)->state, plugin_state::enabled);
}

TEST_F(upgrade, a_plugin_that_is_not_enabled_has_nothing_to_upgrade) {
  host_->plugins().disable(id, "chef");
  EXPECT_THAT(failure_of([&] { host_->plugins().upgrade(id, "chef"); }), HasSubstr("not enabled"));
  EXPECT_THAT(failure_of([&] { host_->plugins().upgrade("nobody", "chef"); }), HasSubstr("There is no plugin"));
}

TEST_F(upgrade, the_data_of_a_failed_upgrade_is_as_it_was) {
  const auto data = folder_ / "plugins" / id;
  fs::create_directories(data);
  std::ofstream(data / "own.db") << "before";
  std::ofstream(data / "letter.txt") << "before";
  {
    const plugin_data_copy before(folder_, id);
    std::ofstream(data / "own.db") << "migrated";
    std::ofstream(data / "own.db-wal") << "more";
    before.put_back();
  }
  std::string text;
  std::getline(std::ifstream(data / "own.db"), text);
  EXPECT_EQ(text, "before");
  EXPECT_FALSE(fs::exists(data / "own.db-wal"));
  EXPECT_TRUE(fs::exists(data / "letter.txt"));
  for (const auto &item : fs::directory_iterator(folder_)) {
    EXPECT_FALSE(item.path().filename().string().starts_with(".upgrade-")) << "the copy is gone";
  }
}

}  // namespace
