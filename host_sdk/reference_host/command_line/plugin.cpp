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
  return found->state == plugin_state::failed || found->state == plugin_state::waiting ||
                 found->state == plugin_state::stuck
             ? ended_badly
             : ended_well;
}

int turn(const target &of, const std::string &id, bool on) {
  const auto from = open_host(of);
  const auto now = turn_plugin(*from, id, on);
  if (on ? now.state != plugin_state::enabled : now.state == plugin_state::stuck) throw failure(dms_failed, now.reason);
  std::cout << said(on ? "\"{1}\" is enabled." : "\"{1}\" is disabled; all its data stays.", id) << '\n';
  return ended_well;
}

/// "https://mail.example.at:465" of an address: to whom a secret beside it goes.
std::string receiver_in(const std::string &address) {
  const auto scheme = address.find("://");
  const auto from = scheme == std::string::npos ? 0 : scheme + 3;
  return address.substr(0, address.find_first_of("/?#", from));
}

/// A secret was entered for the address beside it: where that leads to somebody else now, it is forgotten, not sent
/// there.
void forget_secrets_of(host &of, const std::string &id, const std::string &key, const std::string &before,
                       const std::string &now) {
  constexpr std::string_view ending = "url";
  if (!key.ends_with(ending) || before.empty() || receiver_in(before) == receiver_in(now)) return;
  for (const char *name : {"password", "token"}) {
    const auto beside = key.substr(0, key.size() - ending.size()) + name;
    if (of.data().settings.get(id, beside).value_or("").empty()) continue;
    of.data().settings.set(id, beside, {});
    std::cout << said("\"{1}\" was for another receiver and is removed: set it again.", beside) << '\n';
  }
}

struct plugin_options {
  std::string id, key, value, value_file;
  bool remove = false;
};

int set(const target &of, const plugin_options &how) {
  if (!how.value.empty()) {
    throw failure(dms_invalid,
                  "Everybody on this machine can read a command line: put the value into a file and name that with "
                  "--value-file FILE, or give it in DMS_VALUE or on the input.");
  }
  const auto from = open_host(of);
  if (!from->plugins().status(how.id)) {
    throw failure(dms_not_found, "There is no plugin \"" + how.id + "\" in the plugin folders.");
  }
  const auto value = how.remove ? std::string() : ask_secret(how.value_file, "DMS_VALUE", "Value:");
  if (value.empty() && !how.remove) throw failure(dms_invalid, "There is no value. --remove takes a setting away.");
  const auto before = from->data().settings.get(how.id, how.key).value_or("");
  from->data().settings.set(how.id, how.key, value);
  forget_secrets_of(*from, how.id, how.key, before, value);
  from->data().audit.write({0, from->clock().now_us(), "", "command_line",
                            how.remove ? "plugin.setting.remove" : "plugin.setting.set", how.key, how.id});
  std::cout << said(how.remove ? "\"{1}\" is removed." : "\"{1}\" is set.", how.key) << '\n';
  return ended_well;
}

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
  add_plugin_upgrade(*family, of, run);
  add_plugin_trust(*family, of, run);
  auto *setting = add("set", "Set a value for a plugin, as a secret of a feed; asked for, or DMS_VALUE", true,
                      [&of, how] { return set(of, *how); });
  setting->add_option("key", how->key, "Name of the setting")->required();
  setting->add_option("value", how->value)->group("");  // no way to give it: answered with the ways there are
  setting->add_option("--value-file", how->value_file, "File whose first line is the value; - is the input")
      ->type_name("FILE");
  setting->add_flag("--remove", how->remove, "Take the setting away");
}

}  // namespace dms::reference::command_line
