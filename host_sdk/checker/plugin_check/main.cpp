// dms-plugin-check PLUGIN.info [--json] [--only NAME]: what a plugin has to keep to, a line a check. Exit 0: all is
// kept; 1: something is not; 2: wrong usage.
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "checker/plugin_check/checks.hpp"
#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"

namespace {

constexpr int longest_check_s = 120;

int run(const std::string &file, const std::string &only, bool as_json) {
  const auto plugin = dms::read_manifest(file);
  auto lines = nlohmann::json::array();
  int broken = 0;
  for (const auto &one : dms::checking::checks_of(plugin)) {
    if (!only.empty() && one.name != only) continue;
    const auto came = dms::checking::carry_out(one, plugin, longest_check_s);
    broken += came.trouble.empty() ? 0 : 1;
    if (as_json) {
      lines.push_back({{"check", came.name},
                       {"promise", came.promise},
                       {"kept", came.trouble.empty()},
                       {"trouble", came.trouble},
                       {"seconds", came.seconds}});
    } else {
      std::cout << (came.trouble.empty() ? "kept    " : "BROKEN  ") << came.name << ": " << came.promise
                << (came.trouble.empty() ? "" : ". " + came.trouble) << std::endl;
    }
  }
  if (as_json) std::cout << dms::to_text(lines) << '\n';
  return broken == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char **words) {
  std::string file, only;
  bool as_json = false;
  const std::vector<std::string> given(words + 1, words + count);
  for (std::size_t at = 0; at < given.size(); ++at) {
    if (given[at] == "--json") {
      as_json = true;
    } else if (given[at] == "--only" && at + 1 < given.size()) {
      only = given[++at];
    } else {
      file = file.empty() && !given[at].starts_with("-") ? given[at] : "?";
    }
  }
  if (file.empty() || file == "?") {
    std::cerr << "usage: dms-plugin-check PLUGIN.info [--json] [--only NAME]\n";
    return 2;
  }
  try {
    return run(file, only, as_json);
  } catch (const std::exception &reason) {
    std::cerr << reason.what() << '\n';
    return 1;
  }
}
