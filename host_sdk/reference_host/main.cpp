// dms_host - the reference DMS: serve it, fill it, look after it. Every command is one of command_line/.
#include <sys/stat.h>

#include <algorithm>
#include <iostream>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"
#include "reference_host/command_line/settings_file.hpp"
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
  line::add_absence(app, of, run);
  line::add_intake(app, of, run);
  line::add_backup(app, of, run);
  line::add_database(app, of, run);
  line::add_doctor(app, of, run);
  line::add_manual(app, run);
}

}  // namespace

int main(int argc, char **argv) {
  // Databases, logs, exports, backups, what plugins write: for this account alone, also where a library makes the file
  // or the data directory stands open.
  ::umask(077);
  line::choose_language(argc, argv);
  CLI::App app("Reference DMS: a small dealer management system that hosts plugins", "dms_host");
  const std::string version = "dms_host " + std::string(dms::reference::host_version);
  app.require_subcommand(1);
  line::target of;
  line::chosen run;
  add_commands(app, of, run);
  const std::function<void(CLI::App &)> everywhere = [&](CLI::App &command) {
    line::add_language(command);
    command.set_version_flag("--version", version, "Say the version of this program");
    command.set_help_flag("-h,--help", "Say what can be told, and end");
    for (auto *inner : command.get_subcommands({})) everywhere(*inner);
  };
  everywhere(app);
  line::translate_help(app);
  try {
    of.line.assign(argv + 1, argv + argc);
    auto words = line::with_settings(app, of.line);
    std::reverse(words.begin(), words.end());  // as CLI11 takes them
    app.parse(words);
    return run();
  } catch (const CLI::ParseError &wrong) {
    if (wrong.get_exit_code() == 0) return app.exit(wrong);
    std::cerr << "dms_host: " << line::sentence_of(wrong, app) << ' ' << line::said("--help says more.") << '\n';
    return line::wrong_usage;
  } catch (const dms::failure &reason) {
    std::cerr << "dms_host: " << line::said(reason.what()) << '\n';
    if (reason.status() == dms_invalid) return line::wrong_usage;
  } catch (const std::exception &fault) {
    std::cerr << "dms_host: " << line::said("An unexpected fault:") << ' ' << fault.what() << '\n';
  }
  return line::ended_badly;
}
