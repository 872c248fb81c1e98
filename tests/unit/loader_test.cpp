// The loader names each defect of a plugin in one sentence, and the host survives it.
#include "loader/loader.hpp"
#include "paths.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

const dms_host *empty_host() {
  static const dms_host host{sizeof(dms_host), DMS_ABI_MAJOR,
                             DMS_ABI_MINOR,    0,
                             nullptr,          dms::str("test"),
                             dms::str("1"),    [](const dms_host *, dms_str) -> const void * { return nullptr; }};
  return &host;
}

fs::path manifest_of(const std::string &plugin) {
  return fs::path(paths::build()) / "broken_plugins" / plugin / (plugin + ".info");
}

/// The host itself, which has every right and stops nothing.
dms_call host_call() {
  dms_call call{};
  call.struct_size = sizeof call;
  call.locale = dms::str("en");
  call.channel = dms::str("command_line");
  call.may = [](void *, dms_str) -> std::int32_t { return 1; };
  call.cancelled = [](void *) -> std::int32_t { return 0; };
  return call;
}

/// Loads and activates; returns the sentence of the failure, or nothing.
std::string failure_of(const fs::path &manifest) {
  try {
    dms::loaded_plugin plugin(dms::read_manifest(manifest), empty_host());
    const auto call = host_call();
    plugin.activate(&call);
    return {};
  } catch (const dms::failure &reason) {
    return reason.what();
  }
}

/// A copy of a plugin that a test may spoil.
class spoiled_plugin : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("loader_test_" + std::to_string(::getpid()) + "_" +
                                           testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::copy(manifest_of("broken_intact").parent_path(), folder_, fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path manifest() const { return folder_ / "broken_intact.info"; }
  void rewrite(const std::string &text) const { std::ofstream(manifest()) << text; }
  std::string text() const {
    std::ifstream in(manifest());
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void replace(const std::string &from, const std::string &to) const {
    auto changed = text();
    changed.replace(changed.find(from), from.size(), to);
    rewrite(changed);
  }
  fs::path folder_;
};

struct defect {
  const char *plugin, *sentence;
};

class broken_plugin : public testing::TestWithParam<defect> {};

TEST_P(broken_plugin, is_refused_with_its_reason) {
  EXPECT_THAT(failure_of(manifest_of(GetParam().plugin)), HasSubstr(GetParam().sentence));
}

INSTANTIATE_TEST_SUITE_P(
    loader, broken_plugin,
    testing::Values(defect{"broken_wrong_major", "built for interface version 99"},
                    defect{"broken_newer_host", "needs a newer host"},
                    defect{"broken_no_symbol", "does not export the function dms_plugin_get_entry"},
                    defect{"broken_null_entry", "returns no entry"},
                    defect{"broken_small_struct", "too small a struct"},
                    defect{"broken_small_plugin", "too small a struct"},
                    defect{"broken_wrong_id", "calls itself \"somebody_else\""},
                    defect{"broken_failing_activate", "on a disk that is not there"},
                    defect{"broken_throwing_activate", "it threw an exception: thrown by the plugin"}),
    [](const auto &tested) { return std::string(tested.param.plugin); });

TEST(loader, an_intact_plugin_can_be_enabled_again_and_again) {
  for (int round = 0; round < 3; ++round) EXPECT_EQ(failure_of(manifest_of("broken_intact")), "");
}

TEST_F(spoiled_plugin, a_changed_library_is_refused_before_it_is_loaded) {
  std::ofstream(folder_ / "broken_intact.so", std::ios::app) << "x";
  EXPECT_THAT(failure_of(manifest()), HasSubstr("SHA-256 differs"));
}

TEST_F(spoiled_plugin, what_others_may_write_is_not_loaded) {
  for (const auto &file : {folder_, manifest(), folder_ / "broken_intact.so"}) {
    const auto before = fs::status(file).permissions();
    fs::permissions(file, before | fs::perms::others_write);
    EXPECT_THAT(failure_of(manifest()), HasSubstr("can be written by others")) << file;
    fs::permissions(file, before);
  }
  EXPECT_EQ(failure_of(manifest()), "");
  // nor what is another account's (only root can make it so)
  if (::chown(folder_.c_str(), 65534, 65534) == 0) {
    EXPECT_THAT(failure_of(manifest()), HasSubstr("can be written by others"));
  }
}

TEST_F(spoiled_plugin, a_missing_library_is_named) {
  fs::remove(folder_ / "broken_intact.so");
  EXPECT_THAT(failure_of(manifest()), HasSubstr("broken_intact.so of the plugin broken_intact is missing"));
}

TEST_F(spoiled_plugin, a_library_that_is_none_is_named) {
  std::ofstream(folder_ / "broken_intact.so") << "no library";
  replace(text().substr(text().find("sha256 ") + 7, 64), dms::sha256_of_file(folder_ / "broken_intact.so"));
  EXPECT_THAT(failure_of(manifest()), HasSubstr("cannot be loaded: "));
}

TEST_F(spoiled_plugin, another_major_in_the_manifest_is_refused_before_it_is_loaded) {
  replace("major 1", "major 2");
  EXPECT_THAT(failure_of(manifest()), HasSubstr("made for interface version 2"));
}

TEST_F(spoiled_plugin, a_required_service_that_the_host_lacks_is_named) {
  rewrite(text() + "required\n{\n  dms.telepathy/1\n}\n");
  EXPECT_THAT(failure_of(manifest()), HasSubstr("needs the service dms.telepathy/1"));
}

TEST_F(spoiled_plugin, a_manifest_never_reaches_out_of_its_folder) {
  replace("file broken_intact.so", "file ../elsewhere.so");
  EXPECT_THAT(failure_of(manifest()), HasSubstr("names a library outside its folder"));
}

TEST_F(spoiled_plugin, a_manifest_that_cannot_be_read_names_the_line) {
  rewrite("id broken_intact\nabi {\n");
  EXPECT_THAT(failure_of(manifest()), HasSubstr("cannot be read in line"));
}

TEST_F(spoiled_plugin, a_manifest_reads_no_other_file) {
  fs::copy(manifest(), folder_ / "other.txt");
  rewrite("  #include \"other.txt\"\n");
  EXPECT_THAT(failure_of(manifest()), HasSubstr("includes another file"));
}

TEST_F(spoiled_plugin, a_manifest_without_a_hash_is_refused) {
  replace("sha256", "sha255");
  EXPECT_THAT(failure_of(manifest()), HasSubstr("does not name \"library.sha256\""));
}

TEST_F(spoiled_plugin, manifests_are_found_in_a_folder_and_one_below) {
  EXPECT_THAT(dms::find_manifests({folder_}), testing::ElementsAre(manifest()));
  EXPECT_THAT(dms::find_manifests({folder_.parent_path() / "not there"}), testing::IsEmpty());
}

/// How far a start came, and when it is asked to stop.
struct watched_start {
  std::uint64_t steps = 0, stop_at = 0;
};

dms_status start(watched_start &watched) {
  const dms_progress progress{&watched, [](void *seen, std::uint64_t, std::uint64_t steps) {
                                static_cast<watched_start *>(seen)->steps = steps;
                              }};
  auto call = host_call();
  call.context = &watched;
  call.cancelled = [](void *seen) -> std::int32_t {
    const auto &so_far = *static_cast<watched_start *>(seen);
    return so_far.stop_at != 0 && so_far.steps >= so_far.stop_at ? 1 : 0;
  };
  dms::loaded_plugin plugin(dms::read_manifest(manifest_of("broken_long_start")), empty_host());
  try {
    plugin.activate(&call, &progress);
    return dms_ok;
  } catch (const dms::failure &reason) {
    return reason.status();
  }
}

TEST(loader, a_long_start_says_how_far_it_is_and_stops_when_it_is_asked_to) {
  ::setenv("BROKEN_STEPS", "5", 1);
  watched_start whole, stopped{0, 3};
  EXPECT_EQ(start(whole), dms_ok);
  EXPECT_EQ(whole.steps, 5U);
  EXPECT_EQ(start(stopped), dms_cancelled);
  EXPECT_EQ(stopped.steps, 3U);
  ::unsetenv("BROKEN_STEPS");
}

}  // namespace
