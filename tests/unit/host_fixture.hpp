// host_fixture.hpp - a reference host in a folder of its own, gone after the test.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "paths.hpp"
#include "reference_host/core/host.hpp"

namespace host_test {

namespace fs = std::filesystem;
using dms::reference::host;

inline void add_user(host &to, const std::string &id, const std::string &role) {
  dms::reference::user item;
  item.id = id;
  item.name = "User " + id;
  item.roles = {role};
  to.data().users.add(item, "secret " + id);
  to.directory_changed();
}

class with_host : public testing::Test {
 protected:
  with_host() {
    const auto *test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() /
              ("dms_" + std::to_string(::getpid()) + '_' + test->test_suite_name() + '_' + test->name());
    fs::remove_all(folder_);
    open();
  }
  ~with_host() override {
    host_.reset();
    fs::remove_all(folder_);
  }
  /// Opens the data directory, again where it is open.
  void open(std::vector<fs::path> plugins = {fs::path(paths::build()) / "broken_plugins"}) {
    host_.reset();
    host_ = make(std::move(plugins));
  }
  std::unique_ptr<host> make(std::vector<fs::path> plugins = {fs::path(paths::build()) / "broken_plugins"}) const {
    dms::reference::host_options how;
    how.data_directory = folder_;
    how.plugin_folders = std::move(plugins);
    return std::make_unique<host>(std::move(how));
  }
  void add_user(const std::string &id, const std::string &role) { host_test::add_user(*host_, id, role); }
  fs::path folder_;
  std::unique_ptr<host> host_;
};

/// The sentence that `body` fails with, or nothing.
template <typename Body>
std::string failure_of(Body &&body) {
  try {
    body();
    return {};
  } catch (const dms::failure &reason) {
    return reason.what();
  }
}

/// An import hook whose answer the test decides.
class test_hook : public dms::import_hook {
 public:
  using answer = std::function<std::string(const std::string &bytes, std::string_view name)>;
  explicit test_hook(answer how) : how_(std::move(how)) {}
  std::string source() const override { return "test_feed"; }
  std::string label() const override { return "Test feed"; }
  int probe(std::string_view) override { return 0; }
  std::string run(const dms::call &, const dms::input &payload, std::string_view name,
                  const std::function<void(std::uint64_t, std::uint64_t)> &) override {
    std::string bytes(4096, '\0');
    bytes.resize(payload.read(bytes.data(), bytes.size()));
    return how_(bytes, name);
  }

 private:
  answer how_;
};

inline std::string report(int accepted, int quarantined = 0, const std::string &reason = "") {
  std::string items =
      quarantined > 0 ? R"([{"external_id":"x","outcome":"quarantined","reason":")" + reason + "\"}]" : "[]";
  return R"({"schema":"dms.import_report/1","receipt":"1","accepted":)" + std::to_string(accepted) +
         R"(,"repeated":0,"legacy":0,"quarantined":)" + std::to_string(quarantined) + R"(,"items":)" + items + "}";
}

}  // namespace host_test
