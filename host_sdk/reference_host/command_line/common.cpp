#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"

namespace dms::reference::command_line {
namespace {

/// Turns the terminal's echo off while it lives.
class silence {
 public:
  silence() {
    ::tcgetattr(STDIN_FILENO, &before_);
    auto quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
  }
  silence(const silence &) = delete;
  silence &operator=(const silence &) = delete;
  ~silence() { ::tcsetattr(STDIN_FILENO, TCSANOW, &before_); }

 private:
  termios before_{};
};

std::string prompt(const char *question) {
  std::cerr << said(question) << ' ' << std::flush;
  std::string answer;
  {
    const silence quiet;
    std::getline(std::cin, answer);
  }
  std::cerr << '\n';
  return answer;
}

}  // namespace

void add_target(CLI::App &command, target &of) {
  command.add_option("--data", of.data, "Data directory of the host")->envname("DMS_DATA")->type_name("DIR");
  command.add_option("--plugins", of.plugins, "Where plugins lie; else beside this program")->type_name("DIR");
  command
      .add_option("--database", of.database,
                  "PostgreSQL database of the dealership, which hosts share; remembered. \"sqlite\": files in DIR")
      ->type_name("postgresql://…");
}

std::unique_ptr<host> open_host(const target &of) {
  host_options how;
  how.data_directory = of.data;
  if (!of.plugins.empty()) how.plugin_folders = {of.plugins};
  if (!of.database.empty()) how.database = of.database;
  return std::make_unique<host>(std::move(how));
}

std::unique_ptr<owned_call> command_call(host &of) {
  return of.make_call({.channel = "command_line", .locale = locale()});
}

std::string ask_password() {
  if (const char *given = std::getenv("DMS_PASSWORD")) return given;
  if (::isatty(STDIN_FILENO) == 0) {
    std::string line;
    std::getline(std::cin, line);
    return line;
  }
  auto first = prompt("Password:");
  if (first != prompt("Once more:")) throw failure(dms_invalid, "The two passwords differ.");
  return first;
}

}  // namespace dms::reference::command_line
