// dms_host - the reference DMS: serve it, fill it, look after it. Every command is one of command_line/.
#include <iostream>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/core/version.hpp"

namespace {

namespace line = dms::reference::command_line;

void add_commands(CLI::App &app, line::target &of, line::chosen &run) {
  line::add_demo(app, of, run);
  line::add_serve(app, of, run);
  line::add_import(app, of, run);
  line::add_plugin(app, of, run);
  line::add_user(app, of, run);
  line::add_location(app, of, run);
  line::add_intake(app, of, run);
  line::add_backup(app, of, run);
}

}  // namespace

int main(int argc, char **argv) {
  CLI::App app("Reference DMS: a small dealer management system that hosts plugins", "dms_host");
  const std::string version = "dms_host " + std::string(dms::reference::host_version);
  app.require_subcommand(1);
  line::target of;
  line::chosen run;
  add_commands(app, of, run);
  const std::function<void(CLI::App &)> version_everywhere = [&](CLI::App &command) {
    command.set_version_flag("--version", version);
    for (auto *inner : command.get_subcommands({})) version_everywhere(*inner);
  };
  version_everywhere(app);
  try {
    app.parse(argc, argv);
    return run();
  } catch (const CLI::ParseError &wrong) {
    if (wrong.get_exit_code() == 0) return app.exit(wrong);
    std::cerr << "dms_host: " << wrong.what() << " (--help says more)\n";
    return line::wrong_usage;
  } catch (const dms::failure &reason) {
    std::cerr << "dms_host: " << reason.what() << '\n';
  } catch (const std::exception &fault) {
    std::cerr << "dms_host: An unexpected fault: " << fault.what() << '\n';
  }
  return line::ended_badly;
}
