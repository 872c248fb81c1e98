// my_host_test.cpp - the host with a plugin in memory: no library is needed.
#include <cstdio>
#include <filesystem>

#include "dms/cpp/fake_plugin.hpp"
#include "my_host.hpp"

int main() {
  const auto folder = std::filesystem::temp_directory_path() / "my_host_test";
  std::filesystem::create_directories(folder);
  dms::testing::fake_plugin plugin;
  std::string shown;
  dms_status refused = dms_ok;
  {
    my_host host(folder.string());
    host.start(dms::testing::entry_of(plugin));
    shown = host.load("you", "fake.screen");
    plugin.loads = dms_forbidden;
    try {
      host.load("you", "fake.screen");
    } catch (const dms::failure &reason) {
      refused = reason.status();
    }
  }
  const auto heard = plugin.heard();
  const bool good = shown == plugin.document && refused == dms_forbidden && heard.size() == 4 &&
                    heard.front() == "activate" && heard.back() == "deactivate";
  std::puts(good ? "my_host works" : "my_host does not work");
  return good ? 0 : 1;
}
