#include "reference_host/web/plugin_settings.hpp"

#include <map>

namespace dms::reference::web {
namespace {

constexpr std::string_view any_source = "{source}";

std::string setting_label(const declared_setting &setting, std::string_view locale) {
  for (const auto language : {locale.substr(0, locale.find('-')), std::string_view("en")}) {
    if (const auto found = setting.label.find(language); found != setting.label.end()) return found->second;
  }
  return setting.key;
}

/// The keys that a declared one stands for.
std::vector<std::string> setting_keys(const declared_setting &setting, const std::vector<std::string> &sources) {
  const auto at = setting.key.find(any_source);
  if (at == std::string::npos) return {setting.key};
  std::vector<std::string> keys;
  for (const auto &source : sources) keys.push_back(std::string(setting.key).replace(at, any_source.size(), source));
  return keys;
}

json setting_value(const asked &by, const declared_setting &setting, const std::string &value) {
  if (value.empty()) return {{"text", by.say("not set")}, {"quiet", true}};
  return {{"text", setting.secret ? by.say("set") : value}};
}

}  // namespace

json plugin_settings_block(const asked &by, const plugin_status &plugin) {
  const auto declared = by.dms.plugins().declared_settings(plugin.id);
  if (declared.empty()) return nullptr;
  std::vector<std::string> sources;
  for (const auto &hook : by.dms.registry().hooks()) {
    if (hook.owner == plugin.id) sources.push_back(hook.source);
  }
  auto values = by.dms.data().settings.all(plugin.id);
  values["drop_root"] = by.dms.drop_root().string();  // the host's own answer
  json items = json::array();
  for (const auto &setting : declared) {
    for (const auto &key : setting_keys(setting, sources)) {
      const auto found = values.find(key);
      const auto value = found == values.end() ? std::string{} : found->second;
      if (value.empty() && key != setting.key) continue;
      auto cell = setting_value(by, setting, value);
      cell["detail"] = key;
      items.push_back({{"id", key}, {"label", setting_label(setting, by.locale)}, {"value", std::move(cell)}});
    }
  }
  return {{"type", "facts"},
          {"id", "settings-" + plugin.id},
          {"title", by.say("Settings of {1}", plugin.name)},
          {"note", by.say("They are set with the command dms_host plugin set {1} KEY.", plugin.id)},
          {"items", std::move(items)}};
}

}  // namespace dms::reference::web
