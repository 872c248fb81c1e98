// commands.hpp - what dms_host can be told on its command line (host_sdk/reference_host/README.md): one file a family
// of commands.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "reference_host/core/host.hpp"

namespace dms::reference::command_line {

/// Exit codes: a script acts on them.
enum exit_code { ended_well = 0, ended_badly = 1, wrong_usage = 2, something_quarantined = 3 };

/// Which host a command works on; shared by all commands.
struct target {
  std::string data, plugins, database;
  std::vector<std::string> line;  ///< the words of the command line, without the program's name
};

/// The command that was chosen; run after the whole line was read.
using chosen = std::function<int()>;

/// Adds --data, --plugins, --database and --database-file to a command.
void add_target(CLI::App &command, target &of);
/// Opens the host quietly: for everything but serving.
std::unique_ptr<host> open_host(const target &of);
/// The command line acts as the host itself.
std::unique_ptr<owned_call> command_call(host &of);

/// Enables or disables a plugin in the process that serves, else in this one.
plugin_status turn_plugin(host &of, const std::string &id, bool on);

/// Everybody on the machine can read a command line, so a secret is never a word of it.
/// The first line of `file`, or of the input where it is "-"; throws where there is none.
std::string secret_in(const std::string &file);
/// From `file` where one is named, else the environment's `variable`, else asked for on a terminal (twice, as
/// `question` and once more), else the first line of the input.
std::string ask_secret(const std::string &file, const char *variable, const char *question);
/// Of a user: --password-file, DMS_PASSWORD, or asked for.
std::string ask_password(const std::string &file);

void add_serve(CLI::App &app, target &of, chosen &run);
void add_demo(CLI::App &app, target &of, chosen &run);
void add_import(CLI::App &app, target &of, chosen &run);
void add_plugin(CLI::App &app, target &of, chosen &run);
/// Below `family`, the command "plugin".
void add_plugin_trust(CLI::App &family, target &of, chosen &run);
void add_plugin_upgrade(CLI::App &family, target &of, chosen &run);
void add_user(CLI::App &app, target &of, chosen &run);
void add_location(CLI::App &app, target &of, chosen &run);
void add_absence(CLI::App &app, target &of, chosen &run);
void add_intake(CLI::App &app, target &of, chosen &run);
void add_backup(CLI::App &app, target &of, chosen &run);
void add_database(CLI::App &app, target &of, chosen &run);
void add_doctor(CLI::App &app, target &of, chosen &run);
void add_manual(CLI::App &app, chosen &run);

}  // namespace dms::reference::command_line
