// What a plugin registers, and what it asks for that its manifest does not name.
#include <algorithm>

#include "checker/plugin_check/instance.hpp"

namespace dms::checking {
namespace {

constexpr std::string_view small_letters = "abcdefghijklmnopqrstuvwxyz0123456789_.";

void named_well(dms_str id, std::string_view letters, const char *what) {
  const auto text = view(id);
  require(!text.empty() && text.size() <= 64 && text.find_first_not_of(letters) == text.npos,
          std::string(what) + " is called \"" + std::string(text) + "\"");
}

void ids(const subject &of) {
  const running now(of);
  const auto no_dot = small_letters.substr(0, small_letters.size() - 1);
  for (const auto &[handle, screen] : now.host.shown) named_well(screen->id, small_letters, "a screen");
  for (const auto &[handle, job] : now.host.work) named_well(job->id, small_letters, "a job");
  for (const auto &[handle, hook] : now.host.hooks) named_well(hook->source, no_dot, "a source");
  for (const auto &[handle, right] : now.host.granted) named_well(str(right.id), small_letters, "a right");
  for (const auto &[handle, entry] : now.host.menus) named_well(str(entry.path), small_letters, "a menu");
}

template <typename Item, typename... Functions>
void whole(const Item &item, std::uint32_t least, const char *what, Functions... functions) {
  require(item.struct_size >= least, std::string(what) + " is in too small a struct");
  require(((functions != nullptr) && ...), std::string(what) + " lacks a function");
}

void complete(const subject &of) {
  const running now(of);
  for (const auto &[handle, one] : now.host.shown) whole(*one, DMS_SCREEN_SIZE_1_0, "a screen", one->load, one->act);
  for (const auto &[handle, one] : now.host.hooks)
    whole(*one, DMS_IMPORT_HOOK_SIZE_1_0, "a hook", one->probe, one->run);
  for (const auto &[handle, one] : now.host.work) whole(*one, DMS_JOB_SIZE_1_0, "a job", one->run);
  for (const auto &[handle, one] : now.host.handlers) whole(*one, DMS_EVENT_HANDLER_SIZE_1_0, "a handler", one->handle);
  for (const auto &[handle, one] : now.host.guards) whole(*one, DMS_REFERENCE_GUARD_SIZE_1_0, "a guard", one->judge);
}

void menus_lead(const subject &of) {
  const running now(of);
  for (const auto &each : now.host.menus) {
    const auto &entry = each.second;
    const bool there =
        std::ranges::any_of(now.host.shown, [&](const auto &one) { return view(one.second->id) == entry.screen; });
    require(there, "a menu entry leads to " + entry.screen + ", which is no screen");
  }
}

void rights_exist(const subject &of) {
  const running now(of);
  const auto known = [&](std::string_view right) {
    require(
        right.empty() || std::ranges::any_of(now.host.granted, [&](const auto &one) { return one.second.id == right; }),
        "the right " + std::string(right) + " is asked for and not registered");
  };
  for (const auto &[handle, screen] : now.host.shown) known(view(screen->right));
  for (const auto &[handle, entry] : now.host.menus) known(entry.right);
}

/// Everything that is loaded once by an admin.
void look_at_all(running &now) {
  for (const auto &[handle, screen] : now.host.shown) load(now.host, *screen);
}

void services_named(const subject &of) {
  running now(of);
  look_at_all(now);
  for (const auto &service : now.host.services()) {
    const bool named = std::ranges::find(of.plugin.required, service) != of.plugin.required.end() ||
                       std::ranges::find(of.plugin.optional, service) != of.plugin.optional.end();
    require(named, "it asks for " + service + ", which its manifest does not name");
  }
}

/// "feedback.{source}.password" names the key of any source.
bool fits(std::string_view key, std::string_view pattern) {
  const auto at = pattern.find('{');
  if (at == pattern.npos) return key == pattern;
  const auto before = pattern.substr(0, at), after = pattern.substr(pattern.find('}') + 1);
  return key.size() >= before.size() + after.size() && key.starts_with(before) && key.ends_with(after);
}

void settings_named(const subject &of) {
  running now(of);
  look_at_all(now);
  for (const auto &key : now.host.settings_asked()) {
    require(std::ranges::any_of(of.plugin.settings, [&](const auto &one) { return fits(key, one.key); }),
            "it reads the setting " + key + ", which its manifest does not name");
  }
}

void in_time(const subject &of) {
  running now(of);
  now.host.closed = true;
  look_at_all(now);
  for (const auto &[handle, job] : now.host.work) now.host.run_job(view(job->id));
  now.host.closed = false;
  require(now.host.out_of_time == 0, "a registry is called outside of activate and deactivate");
}

}  // namespace

void add_registration_checks(check_list &to) {
  to.insert(to.end(), {{"ids", "what it registers is named by small letters, digits, _ and .", ids},
                       {"complete", "what it registers is whole", complete},
                       {"menus", "menu entries lead to screens that are there", menus_lead},
                       {"rights", "rights that are asked for are registered", rights_exist},
                       {"services_named", "services that it asks for stand in its manifest", services_named},
                       {"settings_named", "settings that it reads stand in its manifest", settings_named},
                       {"registries", "registries are called in activate and deactivate alone", in_time}});
}

}  // namespace dms::checking
