#include <iostream>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"

namespace dms::reference::command_line {
namespace {

int list_absences(const target &of) {
  for (const auto &one : open_host(of)->data().absences.since({})) {
    std::cout << one.id << '\t' << one.user << '\t' << one.from << '\t' << one.to << '\t'
              << (one.deputy.empty() ? "-" : one.deputy) << '\n';
  }
  return ended_well;
}

void note(host &in, const char *action, const std::string &subject, const std::string &detail) {
  in.data().audit.write({0, in.clock().now_us(), "", "command_line", action, subject, detail});
}

int add_one_absence(const target &of, const absence &item) {
  const auto into = open_host(of);
  const auto id = into->data().absences.add(item);
  note(*into, "absence.add", "user " + item.user, item.from + " " + item.to);
  std::cout << said("The absence is entered under the number {1}.", std::to_string(id)) << '\n';
  return ended_well;
}

int remove_absence(const target &of, std::int64_t id) {
  const auto into = open_host(of);
  into->data().absences.remove(id);
  note(*into, "absence.remove", "absence " + std::to_string(id), "");
  std::cout << said("The absence is taken back.") << '\n';
  return ended_well;
}

}  // namespace

void add_absence(CLI::App &app, target &of, chosen &run) {
  auto *family = app.add_subcommand("absence", "Who is away, and who works meanwhile")->require_subcommand(1);
  auto how = std::make_shared<absence>();
  const auto add_command = [&](const char *name, const char *what, const std::function<int()> &action) {
    auto *command = family->add_subcommand(name, what);
    add_target(*command, of);
    command->callback([&run, action] { run = action; });
    return command;
  };
  add_command("list", "All absences", [&of] { return list_absences(of); });
  auto *add = add_command("add", "Enter an absence", [&of, how] { return add_one_absence(of, *how); });
  add->add_option("user", how->user, "Login")->required();
  add->add_option("from", how->from, "First day, as 2026-12-01")->required();
  add->add_option("to", how->to, "Last day, as 2026-12-05")->required();
  add->add_option("--deputy", how->deputy, "Login of who works meanwhile");
  auto *remove = add_command("remove", "Take an absence back", [&of, how] { return remove_absence(of, how->id); });
  remove->add_option("id", how->id, "Number of the absence")->required();
}

}  // namespace dms::reference::command_line
