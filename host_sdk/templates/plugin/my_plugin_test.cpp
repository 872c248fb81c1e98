// my_plugin_test.cpp - the plugin in a host in memory. Built of the same source: no library is loaded.
#include <cstdio>
#include <filesystem>

#include "dms/cpp/entered.hpp"
#include "dms/cpp/fake_host.hpp"

int main() {
  dms::testing::fake_host host(std::filesystem::temp_directory_path() / "my_plugin_test");
  const dms::testing::entered plugin(dms_plugin_get_entry(), host);
  const auto shown = host.load({.user = "admin"}, "my_plugin.greeting");
  const auto hidden = host.load({.user = "verkauf1"}, "my_plugin.greeting");
  const auto done = host.act({.user = "admin"}, "my_plugin.greeting", "wave");
  const bool good = shown.status == dms_ok && dms::json_or_null(shown.document).value("title", "") == "Hello" &&
                    hidden.status == dms_not_found && done.status == dms_ok && host.menus.size() == 1;
  std::puts(good ? "my_plugin works" : "my_plugin does not work");
  return good ? 0 : 1;
}
