// dms-plugin-check PLUGIN.info: what a plugin has to keep to, a line a check. Exit 0: all is kept; 1: something is not;
// 2: wrong usage.
#include <charconv>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "checker/plugin_check/checks.hpp"
#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"

namespace {

constexpr int longest_check_s = 120;
constexpr auto usage =
    "usage: dms-plugin-check PLUGIN.info [--json] [--only NAME] [--only-failed] [--seed N | --reproduce N] [--list]\n"
    "  --only-failed  says nothing of what is kept\n"
    "  --seed N       the die of the check \"random\"; else another one each time\n"
    "  --reproduce N  that check alone, by the die that it failed with\n"
    "  --list         the names of the checks, without running them\n";

struct wish {
  std::string file, only;
  bool as_json = false, only_failed = false, list = false, wrong = false;
  std::uint64_t seed = 0;
};

bool number(const std::string &text, std::uint64_t &into) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), into);
  return problem == std::errc() && end == text.data() + text.size();
}

wish read(const std::vector<std::string> &given) {
  wish all;
  all.seed = std::random_device()();
  for (std::size_t at = 0; at < given.size(); ++at) {
    const auto &word = given[at];
    const bool more = at + 1 < given.size();
    if (word == "--json") {
      all.as_json = true;
    } else if (word == "--only-failed") {
      all.only_failed = true;
    } else if (word == "--list") {
      all.list = true;
    } else if (word == "--only" && more) {
      all.only = given[++at];
    } else if ((word == "--seed" || word == "--reproduce") && more) {
      if (word == "--reproduce") all.only = "random";
      all.wrong = !number(given[++at], all.seed) || all.wrong;
    } else {
      all.wrong = all.wrong || !all.file.empty() || word.starts_with("-");
      all.file = word;
    }
  }
  all.wrong = all.wrong || all.file.empty();
  return all;
}

int run(const wish &how) {
  const auto plugin = dms::read_manifest(how.file);
  auto lines = nlohmann::json::array();
  int broken = 0, ran = 0;
  for (const auto &one : dms::checking::checks_of(plugin)) {
    if (!how.only.empty() && one.name != how.only) continue;
    ++ran;
    if (how.list) {
      std::cout << one.name << '\n';
      continue;
    }
    auto came = dms::checking::carry_out(one, plugin, longest_check_s, how.seed);
    const bool kept = came.trouble.empty();
    broken += kept ? 0 : 1;
    if (!kept && one.name == "random") came.trouble += "; again by --reproduce " + std::to_string(how.seed);
    if (how.as_json) {
      if (kept && how.only_failed) continue;
      lines.push_back({{"check", came.name},
                       {"promise", came.promise},
                       {"kept", kept},
                       {"trouble", came.trouble},
                       {"seconds", came.seconds}});
    } else if (!kept || !how.only_failed) {
      std::cout << (kept ? "kept    " : "BROKEN  ") << came.name << ": " << came.promise
                << (kept ? "" : ". " + came.trouble) << std::endl;
    }
  }
  if (ran == 0) throw dms::failure(dms_not_found, "There is no check \"" + how.only + "\"; --list names them.");
  if (how.as_json) std::cout << dms::to_text(lines) << '\n';
  return broken == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char **words) {
  const auto how = read(std::vector<std::string>(words + 1, words + count));
  if (how.wrong) {
    std::cerr << usage;
    return 2;
  }
  try {
    return run(how);
  } catch (const std::exception &reason) {
    std::cerr << reason.what() << '\n';
    return 1;
  }
}
