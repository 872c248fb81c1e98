// Where a dealership is: in files of its data directory, or in a PostgreSQL database that several hosts share.
#include <iostream>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"
#include "reference_host/core/data/data_move.hpp"
#include "reference_host/core/data/data_place.hpp"

namespace dms::reference::command_line {
namespace {

struct move_options {
  bool to_sqlite = false, dry_run = false;
};

int move(const target &of, const move_options &how) {
  if (how.to_sqlite == !of.database.empty()) {
    throw failure(dms_invalid, "Name the goal: --database postgresql://user@host/name, or --to-sqlite.");
  }
  move_wish wish{of.data, of.database, {}, how.dry_run};
  if (!of.plugins.empty()) wish.plugin_folders = {of.plugins};
  for (const auto &schema : move_data(wish)) {
    for (const auto &table : schema.tables) std::cout << schema.name << '.' << table.name << '\t' << table.rows << '\n';
  }
  if (how.dry_run) {
    std::cout << said("All of this can be moved; nothing was moved yet.") << '\n';
  } else if (how.to_sqlite) {
    std::cout << said("The dealership is in \"{1}\" now. What is in the database stays there.", of.data) << '\n';
  } else {
    std::cout << said("The dealership is in \"{1}\" now. The files stay beside it as *.moved.",
                      shown_database(of.database))
              << '\n';
  }
  return ended_well;
}

}  // namespace

void add_database(CLI::App &app, target &of, chosen &run) {
  auto *family = app.add_subcommand("database", "Where the dealership is: files, or PostgreSQL")->require_subcommand(1);
  auto *command = family->add_subcommand(
      "move", "Bring a dealership from the files of DIR into an empty PostgreSQL database, or back");
  auto how = std::make_shared<move_options>();
  add_target(*command, of);
  command->add_flag("--to-sqlite", how->to_sqlite, "Back into files");
  command->add_flag("--dry-run", how->dry_run, "Only look whether it can be moved, and count");
  command->callback([&of, &run, how] { run = [&of, how] { return move(of, *how); }; });
}

}  // namespace dms::reference::command_line
