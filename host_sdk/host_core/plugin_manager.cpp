#include "host_core/plugin_manager.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "host_core/core.hpp"
#include "host_core/plugin_data_copy.hpp"
#include "host_core/plugin_entry.hpp"
#include "host_core/plugin_signature.hpp"

namespace dms::host_core {
namespace {

constexpr std::chrono::seconds first_try_again{1}, longest_try_again{10};

constexpr std::pair<plugin_state, std::string_view> states[] = {{plugin_state::disabled, "disabled"},
                                                                {plugin_state::enabled, "enabled"},
                                                                {plugin_state::failed, "failed"},
                                                                {plugin_state::waiting, "waiting"},
                                                                {plugin_state::stuck, "stuck"}};

}  // namespace

plugin_state plugin_state_of(std::string_view text) {
  for (const auto &[state, word] : states) {
    if (word == text) return state;
  }
  return plugin_state::disabled;
}

std::string_view to_string(plugin_state state) {
  for (const auto &[known, word] : states) {
    if (known == state) return word;
  }
  return "disabled";
}

plugin_manager::plugin_manager(core &of, std::vector<std::filesystem::path> folders,
                               std::unique_ptr<plugin_wishes> wishes)
    : core_(of), folders_(std::move(folders)), wishes_(std::move(wishes)) {
  scan();
}

plugin_manager::~plugin_manager() {
  stop_all();
}

void plugin_manager::scan() {
  for (const auto &file : find_manifests(folders_)) {
    // A manifest that cannot be read names no id: the folder's name stands for it, with the reason.
    auto id = file.stem().string();
    auto found = std::make_unique<entry>();
    found->file = file;
    try {
      const auto read = read_manifest(file);
      id = read.id;
      found->shown.name = read.name;
      found->shown.version = read.version;
      for (const auto &service : read.optional) {
        if (!core_.offers(service)) found->shown.missing.push_back(service);
      }
    } catch (const failure &reason) {
      found->shown.state = plugin_state::failed;
      found->shown.reason = reason.what();
    }
    found->shown.id = id;
    if (const auto known = wishes_->find(id)) {
      found->shown.wanted = known->wanted;
      found->shown.changed_us = known->changed_us;
      if (found->shown.reason.empty()) {
        found->shown.state = plugin_state_of(known->state);
        found->shown.reason = known->reason;
        // Of a process that is gone, and its call with it.
        if (found->shown.state == plugin_state::stuck) found->shown.state = plugin_state::disabled;
      }
    }
    const std::lock_guard lock(shown_mutex_);
    entries_.try_emplace(id, std::move(found));
  }
}

std::vector<plugin_status> plugin_manager::list() const {
  const std::lock_guard lock(shown_mutex_);
  std::vector<plugin_status> found;
  for (const auto &[id, item] : entries_) found.push_back(item->shown);
  return found;
}

std::optional<plugin_status> plugin_manager::status(std::string_view id) const {
  for (auto &item : list()) {
    if (item.id == id) return std::move(item);
  }
  return std::nullopt;
}

plugin_manager::entry &plugin_manager::find(std::string_view id) {
  if (!entries_.contains(id)) scan();  // installed since
  const auto found = entries_.find(id);
  if (found == entries_.end()) {
    throw failure(dms_not_found, "There is no plugin \"" + std::string(id) + "\" in the plugin folders.");
  }
  return *found->second;
}

void plugin_manager::show(entry &item, plugin_state state, std::string reason) {
  const std::lock_guard lock(shown_mutex_);
  item.shown.state = state;
  item.shown.reason = std::move(reason);
  item.shown.changed_us = core_.now_us();
}

void plugin_manager::start(entry &item) {
  if (item.instance) {
    if (item.shown.state != plugin_state::stuck) return;
    core_.registry().open(item.shown.id);
    return show(item, plugin_state::enabled, {});
  }
  start_guarded(item, [&] { start(item, read_manifest(item.file), false); });
}

void plugin_manager::start_guarded(entry &item, const std::function<void()> &body) {
  try {
    body();
    item.pause = {};
  } catch (const failure &reason) {
    const bool again = reason.status() == dms_unavailable;
    item.pause = std::clamp(item.pause * 2, first_try_again, longest_try_again);
    item.again_at = std::chrono::steady_clock::now() + item.pause;
    show(item, again ? plugin_state::waiting : plugin_state::failed, reason.what());
    core_.log().error("plugin {}: {}{}", item.shown.id, reason.what(), again ? " It is tried again by itself." : "");
  } catch (const std::exception &reason) {
    show(item, plugin_state::failed, reason.what());
    core_.log().error("plugin {}: {}", item.shown.id, reason.what());
  }
}

void plugin_manager::start(entry &item, const manifest &what, bool as_it_was) {
  const auto id = item.shown.id;
  if (const auto makers = core_.trusted_makers(); !as_it_was && makers) {
    check_signature(what.file, *makers);
  }
  auto given = core_.services_for(id);
  std::unique_ptr<loaded_plugin> made;
  try {
    made = std::make_unique<loaded_plugin>(what, given->raw(), as_it_was);
    const auto call = core_.own_call("web", "en");
    call->also_stop_on(&core_.stopping());
    const dms_progress steps{&item, [](void *context, std::uint64_t, std::uint64_t made_steps) noexcept {
                               static_cast<entry *>(context)->steps = made_steps;
                             }};
    item.steps = 0;
    made->activate(call->raw(), &steps);
    if (item.steps > 0) core_.log().info("plugin {}: {} steps of an upgrade of its data", id, item.steps);
    {
      const std::lock_guard lock(shown_mutex_);
      item.shown.name = what.name;
      item.shown.version = what.version;
      item.running = what;
      item.given = std::move(given);
      item.instance = std::move(made);
    }
    show(item, plugin_state::enabled, {});
    core_.registry().open(id);
    core_.jobs().changed();
    core_.log().info("plugin {} {} enabled", id, what.version);
  } catch (const std::exception &) {
    core_.registry().drop(id);
    core_.jobs().changed();
    made.reset();  // before the services that it was given
    throw;
  }
}

void plugin_manager::start_as_it_was(entry &item) {
  start_guarded(item, [&, same = item.running] { start(item, same, true); });
}

bool plugin_manager::stop(entry &item, std::chrono::milliseconds limit) {
  if (item.instance) {
    if (!core_.registry().close(item.shown.id, limit)) {
      if (item.shown.state == plugin_state::stuck) return false;
      show(item, plugin_state::stuck,
           item.shown.wanted
               ? "A call into this plugin does not end. Nobody can use it any more; it is started again as "
                 "soon as the call ends, at the latest with this host."
               : "A call into this plugin does not end. Nobody can use it any more; it is disabled as soon "
                 "as the call ends, at the latest when this host is started again.");
      core_.log().error("plugin {}: {}", item.shown.id, item.shown.reason);
      return false;
    }
    item.instance->deactivate();
    core_.registry().drop(item.shown.id);
    core_.jobs().changed();
    const std::lock_guard lock(shown_mutex_);
    item.instance.reset();
    item.given.reset();
    core_.log().info("plugin {} disabled", item.shown.id);
  }
  show(item, plugin_state::disabled, {});
  return true;
}

std::string plugin_manager::waiting() const {
  for (const auto &item : list()) {
    if (item.state == plugin_state::waiting && item.wanted) return item.name.empty() ? item.id : item.name;
  }
  return {};
}

std::string plugin_manager::waiting_version(std::string_view id) const {
  manifest running;
  std::filesystem::path file;
  {
    const std::lock_guard lock(shown_mutex_);
    const auto found = entries_.find(id);
    if (found == entries_.end() || !found->second->instance) return {};
    running = found->second->running;
    file = found->second->file;
  }
  try {
    const auto there = read_manifest(file);
    return there.sha256 == running.sha256 ? std::string{} : there.version;
  } catch (const failure &) {
    return {};  // half copied
  }
}

std::vector<declared_setting> plugin_manager::declared_settings(std::string_view id) const {
  std::filesystem::path file;
  {
    const std::lock_guard lock(shown_mutex_);
    const auto found = entries_.find(id);
    if (found == entries_.end()) return {};
    file = found->second->file;
  }
  try {
    return read_manifest(file).settings;
  } catch (const failure &) {
    return {};
  }
}

plugin_status plugin_manager::upgrade(std::string_view id, std::string_view actor) {
  const std::lock_guard lock(mutex_);
  auto &item = find(id);
  if (!item.instance) throw failure(dms_refused, "This plugin is not enabled; enabling it starts what is in place.");
  const auto fresh = read_manifest(item.file);
  const auto old = item.running;
  if (fresh.sha256 == old.sha256) throw failure(dms_refused, "What is in place runs already.");
  const auto audit = [&](const std::string &result) {
    core_.note(
        {std::string(actor), {}, "plugin.upgrade", std::string(id), old.version + " -> " + fresh.version + result});
  };
  if (!stop(item, core_.longest_end())) throw failure(dms_refused, item.shown.reason);
  std::optional<plugin_data_copy> before;
  try {
    before.emplace(core_.data_directory(), id);
    start(item, fresh, false);
  } catch (const std::exception &reason) {
    core_.log().error("plugin {}: version {} does not start: {}", id, fresh.version, reason.what());
    if (before) before->put_back();
    start_as_it_was(item);
    audit(" (not done)");
    throw failure(dms_failed, reason.what());
  }
  audit({});
  const auto known = wishes_->find(id);
  const auto wish = known ? known->wish : 0;
  wishes_->settle({std::string(id), true, wish, wish, "enabled", {}, item.shown.changed_us});
  return item.shown;
}

void plugin_manager::stop_all() {
  const std::lock_guard lock(mutex_);
  for (auto &[id, item] : entries_) {
    if (!item->instance || stop(*item, core_.longest_end())) continue;
    // Who is inside may still use it: it goes with the process.
    [[maybe_unused]] const auto *kept = item->instance.release();
    [[maybe_unused]] const auto *with = item->given.release();
  }
}

void plugin_manager::start_anew() {
  const std::lock_guard lock(mutex_);
  for (auto &each : entries_) {
    auto &item = *each.second;
    if (!item.instance || !item.shown.wanted || !stop(item, core_.longest_end())) continue;
    start_as_it_was(item);
    if (const auto wish = wishes_->find(each.first)) settle(item, wish->wish);
  }
}

const void *plugin_manager::extension_of(std::string_view id, const char *extension) const {
  const std::lock_guard lock(shown_mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end() || !found->second->instance) return nullptr;
  return found->second->instance->extension(extension);
}

}  // namespace dms::host_core
