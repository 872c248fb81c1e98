#include <iostream>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"

namespace dms::reference::command_line {
namespace {

void print(const plugin_status &plugin) {
  std::cout << plugin.id << '\t' << plugin.version << '\t' << to_string(plugin.state) << '\t'
            << (plugin.reason.empty() ? plugin.name : plugin.reason) << '\n';
}

int list(const target &of) {
  const auto from = open_host(of);
  for (const auto &plugin : from->plugins().list()) print(plugin);
  return ended_well;
}

int status(const target &of, const std::string &id) {
  const auto from = open_host(of);
  const auto found = from->plugins().status(id);
  if (!found) throw failure(dms_not_found, "There is no plugin \"" + id + "\" in the plugin folders.");
  print(*found);
  for (const auto &service : found->missing) std::cout << "  " << said("this host lacks \"{1}\"", service) << '\n';
  return found->state == plugin_state::failed || found->state == plugin_state::waiting ? ended_badly : ended_well;
}

int turn(const target &of, const std::string &id, bool on) {
  const auto from = open_host(of);
  auto &plugins = from->plugins();
  plugin_status now;
  if (from->served_elsewhere()) {
    now = plugins.ask_serving_process(id, on, "");
  } else {
    now = on ? plugins.enable(id, "") : plugins.disable(id, "");
  }
  if (on && now.state != plugin_state::enabled) throw failure(dms_failed, now.reason);
  std::cout << said(on ? "\"{1}\" is enabled." : "\"{1}\" is disabled; all its data stays.", id) << '\n';
  return ended_well;
}

int set(const target &of, const std::string &id, const std::string &key, const std::string &value) {
  const auto from = open_host(of);
  if (!from->plugins().status(id))
    throw failure(dms_not_found, "There is no plugin \"" + id + "\" in the plugin folders.");
  from->data().settings.set(id, key, value);
  std::cout << said(value.empty() ? "\"{1}\" is removed." : "\"{1}\" is set.", key) << '\n';
  return ended_well;
}

struct plugin_options {
  std::string id, key, value;
};

}  // namespace

void add_plugin(CLI::App &app, target &of, chosen &run) {
  auto *family = app.add_subcommand("plugin", "The admin's switch for plugins")->require_subcommand(1);
  auto how = std::make_shared<plugin_options>();
  const auto add = [&](const char *name, const char *what, bool with_id, const std::function<int()> &action) {
    auto *command = family->add_subcommand(name, what);
    add_target(*command, of);
    if (with_id) command->add_option("id", how->id, "Plugin id, as lead_system")->required();
    command->callback([&run, action] { run = action; });
    return command;
  };
  add("list", "All plugins and how they are", false, [&of] { return list(of); });
  add("enable", "Enable a plugin, also in the serving process", true, [&of, how] { return turn(of, how->id, true); });
  add("disable", "Disable a plugin; its data stays", true, [&of, how] { return turn(of, how->id, false); });
  add("status", "How a plugin is; exit 1 when it failed", true, [&of, how] { return status(of, how->id); });
  auto *setting = add("set", "Set a value for a plugin, as a secret of a feed; an empty value removes it", true,
                      [&of, how] { return set(of, how->id, how->key, how->value); });
  setting->add_option("key", how->key, "Name of the setting")->required();
  setting->add_option("value", how->value, "Its value")->required();
}

}  // namespace dms::reference::command_line
