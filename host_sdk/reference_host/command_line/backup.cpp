// The backup, and the way back.
#include <chrono>
#include <iostream>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"
#include "reference_host/core/data/backup.hpp"
#include "reference_host/core/data/data_place.hpp"

namespace dms::reference::command_line {
namespace {

struct backup_options {
  std::string file;
  bool as_json = false, only_check = false;
};

void say_made(const backup_summary &made, const backup_options &how, const std::string &sentence) {
  if (how.as_json) {
    std::cout << to_document(made).dump() << '\n';
  } else {
    std::cout << sentence << '\n';
  }
}

int back_up(const target &of, const backup_options &how) {
  if (of.data.empty()) throw failure(dms_invalid, "Name the data directory: --data DIR, or set DMS_DATA.");
  if (!std::filesystem::exists(host_file(of.data)) && remembered_database(of.data).empty()) {
    throw failure(dms_not_found, "There is no dealership in \"" + of.data + "\".");
  }
  const auto made = open_host(of)->backup(how.file);
  say_made(made, how, said("\"{1}\" is written.", how.file));
  return ended_well;
}

int restore(const target &of, const backup_options &how) {
  if (how.only_check) {
    say_made(check_backup(how.file), how, said("\"{1}\" is whole.", how.file));
    return ended_well;
  }
  restore_wish wish{how.file, of.data, {}};
  if (!of.database.empty()) wish.database = of.database;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto found = restore_backup(wish, std::chrono::duration_cast<std::chrono::microseconds>(now).count());
  say_made(found, how, said("\"{1}\" is restored to \"{2}\". Everybody signs in anew.", how.file, of.data));
  return ended_well;
}

void add_common(CLI::App &command, target &of, backup_options &how) {
  add_target(command, of);
  command.add_flag("--json", how.as_json, "Say what it holds as JSON");
}

}  // namespace

void add_backup(CLI::App &app, target &of, chosen &run) {
  auto how = std::make_shared<backup_options>();
  auto *save = app.add_subcommand("backup", "Everything of a dealership as one file (tar), also while it is served");
  add_common(*save, of, *how);
  save->add_option("file", how->file, "File to write; must not exist")->required();
  save->callback([&of, &run, how] { run = [&of, how] { return back_up(of, *how); }; });

  auto *back = app.add_subcommand("restore", "A backup into a directory that is not there or empty");
  add_common(*back, of, *how);
  back->add_option("file", how->file, "File that \"backup\" wrote")->required();
  back->add_flag("--check", how->only_check, "Only look whether the file is whole; nothing is written");
  back->callback([&of, &run, how] { run = [&of, how] { return restore(of, *how); }; });
}

}  // namespace dms::reference::command_line
