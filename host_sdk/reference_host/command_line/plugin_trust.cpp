// The makers whose plugins may run.
#include <iostream>

#include "host_core/plugin_signature.hpp"
#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"

namespace dms::reference::command_line {
namespace {

struct trust_options {
  std::vector<std::string> files;
  bool everybody = false;
};

int trust(const target &of, const trust_options &how) {
  if (how.files.empty() != how.everybody) {
    throw failure(dms_invalid, said("Name the files with the makers' public keys, or --everybody."));
  }
  std::string makers;
  for (const auto &file : how.files) makers += (makers.empty() ? "" : " ") + maker_key_in(file);
  const auto on = open_host(of);
  on->data().settings.set("host", trusted_makers, makers);
  on->record({0, on->clock().now_us(), "", "command_line", "plugin.trust", makers, ""});
  std::cout << (makers.empty() ? said("Every plugin may run.")
                               : said("Only plugins of these makers start from now on."))
            << '\n';
  return ended_well;
}

}  // namespace

void add_plugin_trust(CLI::App &family, target &of, chosen &run) {
  auto *command = family.add_subcommand("trust", "Let only plugins start whose manifest one of these makers signed");
  auto how = std::make_shared<trust_options>();
  add_target(*command, of);
  command->add_option("key", how->files, "Files with public keys (dms-plugin-sign)")->type_name("FILE");
  command->add_flag("--everybody", how->everybody, "Let every plugin start");
  command->callback([&of, &run, how] { run = [&of, how] { return trust(of, *how); }; });
}

}  // namespace dms::reference::command_line
