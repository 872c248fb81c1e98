#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"
#include "reference_host/core/data/data_place.hpp"

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

std::string first_line(std::istream &from) {
  std::string line;
  std::getline(from, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

void add_target(CLI::App &command, target &of) {
  command.add_option("--data", of.data, "Data directory of the host")->envname("DMS_DATA")->type_name("DIR");
  command.add_option("--plugins", of.plugins, "Where plugins lie; else beside this program")->type_name("DIR");
  auto *named =
      command
          .add_option("--database", of.database,
                      "PostgreSQL database of the dealership, which hosts share; remembered. \"sqlite\": files in DIR")
          ->type_name("postgresql://…");
  named->each([](const std::string &address) {
    if (!holds_password(address)) return;
    throw failure(
        dms_invalid,
        "Everybody on this machine can read a command line: put the address with its password into a file and "
        "name that with --database-file FILE, or give the password in PGPASSWORD or ~/.pgpass.");
  });
  command
      .add_option_function<std::string>(
          "--database-file", [&of](const std::string &file) { of.database = secret_in(file); },
          "File that holds the address of the database, with its password; - is the input")
      ->type_name("FILE")
      ->excludes(named);
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

std::string secret_in(const std::string &file) {
  std::ifstream opened;
  if (file != "-") opened.open(file, std::ios::binary);
  auto line = first_line(file == "-" ? std::cin : opened);
  if (line.empty()) throw failure(dms_invalid, "The file \"" + file + "\" cannot be read.");
  return line;
}

std::string ask_secret(const std::string &file, const char *variable, const char *question) {
  if (!file.empty()) return secret_in(file);
  if (const char *given = std::getenv(variable)) return given;
  if (::isatty(STDIN_FILENO) == 0) return first_line(std::cin);
  auto first = prompt(question);
  if (first != prompt("Once more:")) throw failure(dms_invalid, "The two entries differ.");
  return first;
}

std::string ask_password(const std::string &file) {
  return ask_secret(file, "DMS_PASSWORD", "Password:");
}

plugin_status turn_plugin(host &of, const std::string &id, bool on) {
  return of.served_elsewhere() ? of.plugins().ask_serving_process(id, on, "")
         : on                  ? of.plugins().enable(id, "")
                               : of.plugins().disable(id, "");
}

}  // namespace dms::reference::command_line
