// What admins want of plugins, here or in a process beside this one, is done and written back.
#include <spdlog/spdlog.h>

#include <chrono>
#include <thread>

#include "host_core/core.hpp"
#include "host_core/plugin_entry.hpp"
#include "host_core/plugin_manager.hpp"

namespace dms::host_core {
namespace {

constexpr std::chrono::seconds longest_confirmation{60};

}  // namespace

plugin_status plugin_manager::carry_out(std::string_view id, bool wanted, std::int64_t wish) {
  auto &item = find(id);
  {
    const std::lock_guard lock(shown_mutex_);
    item.shown.wanted = wanted;
  }
  if (wanted) {
    start(item);
  } else {
    stop(item, core_.longest_end());
  }
  settle(item, wish);
  return item.shown;
}

void plugin_manager::settle(const entry &item, std::int64_t wish) {
  wishes_->settle({item.shown.id, item.shown.wanted, wish, wish, std::string(to_string(item.shown.state)),
                   item.shown.reason, item.shown.changed_us});
}

void plugin_manager::expect_wanted() {
  const std::lock_guard lock(mutex_);
  for (const auto &wish : wishes_->all()) {
    if (!wish.wanted || !entries_.contains(wish.id)) continue;
    auto &item = find(wish.id);
    if (!item.instance) show(item, plugin_state::waiting, {});
  }
}

void plugin_manager::tend() {
  for (const auto &seen : list()) {
    if (seen.state == plugin_state::stuck) {
      const std::lock_guard lock(mutex_);
      auto &item = find(seen.id);
      if (item.shown.state != plugin_state::stuck || !stop(item, std::chrono::milliseconds(0))) continue;
      if (item.shown.wanted) start_as_it_was(item);
      if (const auto wish = wishes_->find(seen.id)) settle(item, wish->done);
      continue;
    }
    if (seen.state != plugin_state::waiting || !seen.wanted) continue;
    const std::lock_guard lock(mutex_);
    auto &item = find(seen.id);
    // While this waited, the admin may have decided anew.
    if (item.shown.state != plugin_state::waiting || std::chrono::steady_clock::now() < item.again_at) continue;
    start(item);
    if (const auto wish = wishes_->find(seen.id); wish && wish->done >= wish->wish) settle(item, wish->wish);
  }
}

plugin_status plugin_manager::enable(std::string_view id, std::string_view actor) {
  const std::lock_guard lock(mutex_);
  find(id);
  auto result = carry_out(id, true, wishes_->wish(id, true));
  core_.note({std::string(actor), {}, "plugin.enable", std::string(id), std::string(to_string(result.state))});
  return result;
}

plugin_status plugin_manager::disable(std::string_view id, std::string_view actor) {
  const std::lock_guard lock(mutex_);
  find(id);
  auto result = carry_out(id, false, wishes_->wish(id, false));
  core_.note({std::string(actor), {}, "plugin.disable", std::string(id), {}});
  return result;
}

plugin_status plugin_manager::ask_serving_process(std::string_view id, bool enabled, std::string_view actor) {
  {
    const std::lock_guard lock(mutex_);
    find(id);
  }
  const auto wish = wishes_->wish(id, enabled);
  core_.note({std::string(actor), "command_line", enabled ? "plugin.enable" : "plugin.disable", std::string(id), {}});
  const auto until = std::chrono::steady_clock::now() + longest_confirmation;
  while (std::chrono::steady_clock::now() < until && core_.served_elsewhere()) {
    if (const auto now = wishes_->find(id); now && now->done >= wish) {
      auto result = *status(id);
      result.wanted = now->wanted;
      result.state = plugin_state_of(now->state);
      result.reason = now->reason;
      return result;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  throw failure(dms_unavailable, "The serving process did not confirm; look at its log. The wish is kept.");
}

void plugin_manager::start_wanted() {
  const std::lock_guard lock(mutex_);
  const bool ours = !core_.served_elsewhere();
  for (const auto &wish : wishes_->all()) {
    if (!wish.wanted || !entries_.contains(wish.id)) continue;
    auto &item = find(wish.id);
    start(item);
    // Beside a serving process, that one's state is what the admin sees.
    if (ours) settle(item, wish.wish);
  }
}

void plugin_manager::follow_wishes() {
  for (const auto &seen : wishes_->all()) {
    if (seen.done >= seen.wish) continue;
    const std::lock_guard lock(mutex_);
    // While this waited, the admin may have decided anew: only what stands now counts.
    const auto now = wishes_->find(seen.id);
    if (!now || now->done >= now->wish) continue;
    const auto &wish = *now;
    try {
      carry_out(wish.id, wish.wanted, wish.wish);
    } catch (const failure &reason) {
      wishes_->settle({wish.id, wish.wanted, wish.wish, wish.wish, "failed", reason.what(), core_.now_us()});
    }
  }
}

}  // namespace dms::host_core
