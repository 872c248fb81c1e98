#include "host_core/registry.hpp"

#include <algorithm>
#include <sstream>

#include "dms/cpp/basics.hpp"

namespace dms::host_core {

bool gate::enter() {
  const std::lock_guard lock(mutex_);
  if (closing_) return false;
  ++inside_;
  return true;
}

void gate::leave() {
  const std::lock_guard lock(mutex_);
  if (--inside_ == 0) empty_.notify_all();
}

bool gate::close(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  closing_ = true;
  return empty_.wait_for(lock, limit, [&] { return inside_ == 0; });
}

void gate::open() {
  const std::lock_guard lock(mutex_);
  closing_ = false;
}

void registry::open(const std::string &owner) {
  const std::lock_guard lock(mutex_);
  auto &entrance = gates_[owner];
  if (!entrance) entrance = std::make_shared<gate>();
  entrance->open();
  ++generation_;
}

bool registry::close(const std::string &owner, std::chrono::milliseconds limit) {
  std::shared_ptr<gate> entrance;
  {
    const std::lock_guard lock(mutex_);
    const auto found = gates_.find(owner);
    if (found == gates_.end()) return true;
    entrance = found->second;
    ++generation_;
  }
  return entrance->close(limit);  // outside the lock: who is inside may still need the registry
}

void registry::drop(const std::string &owner) {
  const std::lock_guard lock(mutex_);
  const auto theirs = [&](const auto &entry) { return entry.second.owner == owner; };
  std::erase_if(menu_, theirs);
  std::erase_if(rights_, theirs);
  std::erase_if(screens_, theirs);
  std::erase_if(hooks_, theirs);
  std::erase_if(jobs_, theirs);
  std::erase_if(handlers_, theirs);
  std::erase_if(guards_, theirs);
  ++generation_;
}

dms_handle registry::add(const std::string &owner, const dms_menu_entry &entry) {
  const std::lock_guard lock(mutex_);
  menu_[++last_] = {last_,
                    owner,
                    entry.order,
                    std::string(view(entry.path)),
                    std::string(view(entry.label)),
                    std::string(view(entry.right)),
                    std::string(view(entry.screen))};
  ++generation_;
  return last_;
}

dms_handle registry::add(const std::string &owner, const dms_right &right) {
  const std::lock_guard lock(mutex_);
  right_item item{++last_, owner, std::string(view(right.id)), std::string(view(right.label)), {}};
  std::istringstream roles{std::string(view(right.default_roles))};
  for (std::string role; roles >> role;) item.default_roles.push_back(role);
  rights_[last_] = std::move(item);
  ++generation_;
  return last_;
}

template <typename Item>
dms_handle registry::keep(kept_items<Item> &items, const std::string &owner, dms_str id, const Item *item,
                          bool unique) {
  const std::lock_guard lock(mutex_);
  const auto name = std::string(view(id));
  if (name.empty() ||
      (unique && std::ranges::any_of(items, [&](const auto &entry) { return entry.second.id == name; }))) {
    return 0;
  }
  items[++last_] = {owner, name, item};
  ++generation_;
  return last_;
}

dms_handle registry::add(const std::string &owner, const dms_screen *item) {
  return keep(screens_, owner, item->id, item, true);
}
dms_handle registry::add(const std::string &owner, const dms_import_hook *item) {
  return keep(hooks_, owner, item->source, item, true);
}
dms_handle registry::add(const std::string &owner, const dms_job *item) {
  return keep(jobs_, owner, item->id, item, true);
}
dms_handle registry::add(const std::string &owner, const dms_event_handler *item) {
  return keep(handlers_, owner, item->event, item, false);
}
dms_handle registry::add(const std::string &owner, const dms_reference_guard *item) {
  return keep(guards_, owner, item->prefix, item, true);
}

void registry::remove(const std::string &owner, dms_handle handle) {
  const std::lock_guard lock(mutex_);
  const auto take = [&](auto &from) {
    const auto found = from.find(handle);
    if (found != from.end() && found->second.owner == owner) from.erase(found);
  };
  take(menu_);
  take(rights_);
  take(screens_);
  take(hooks_);
  take(jobs_);
  take(handlers_);
  take(guards_);
  ++generation_;
}

std::vector<menu_item> registry::menu() const {
  const std::lock_guard lock(mutex_);
  std::vector<menu_item> items;
  for (const auto &[handle, item] : menu_) {
    if (const auto found = gates_.find(item.owner); found != gates_.end() && !*found->second->closing()) {
      items.push_back(item);
    }
  }
  std::ranges::stable_sort(items, {}, &menu_item::order);
  return items;
}

std::vector<right_item> registry::rights() const {
  const std::lock_guard lock(mutex_);
  std::vector<right_item> items;
  for (const auto &[handle, item] : rights_) items.push_back(item);
  return items;
}

std::vector<hook_item> registry::hooks() const {
  std::vector<hook_item> items;
  const std::lock_guard lock(mutex_);
  for (const auto &[handle, hook] : hooks_) {
    if (const auto entered = enter(hook)) items.push_back({hook.owner, hook.id, std::string(view(entered->label))});
  }
  return items;
}

/// With mutex_ held.
template <typename Item>
lease<Item> registry::enter(const kept<Item> &found) const {
  const auto entrance = gates_.find(found.owner);
  if (entrance == gates_.end() || !entrance->second->enter()) return {};
  return lease<Item>(entrance->second, found.item, found.owner);
}

template <typename Item>
lease<Item> registry::find(const kept_items<Item> &items, std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find_if(items, [&](const auto &entry) { return entry.second.id == id; });
  return found == items.end() ? lease<Item>{} : enter(found->second);
}

lease<gate> registry::use(std::string_view owner) const {
  const std::lock_guard lock(mutex_);
  const auto found = gates_.find(owner);
  if (found == gates_.end() || !found->second->enter()) return {};
  return lease<gate>(found->second, found->second.get(), std::string(owner));
}

lease<dms_screen> registry::screen(std::string_view id) const {
  return find(screens_, id);
}
lease<dms_import_hook> registry::hook(std::string_view source) const {
  return find(hooks_, source);
}

std::vector<lease<dms_event_handler>> registry::handlers(std::string_view event) const {
  const std::lock_guard lock(mutex_);
  std::vector<lease<dms_event_handler>> found;
  for (const auto &[handle, entry] : handlers_) {
    if (entry.id != event) continue;
    if (auto entered = enter(entry)) found.push_back(std::move(entered));
  }
  return found;
}

lease<dms_reference_guard> registry::guard(std::string_view reference) const {
  const std::lock_guard lock(mutex_);
  const auto found =
      std::ranges::find_if(guards_, [&](const auto &entry) { return reference.starts_with(entry.second.id); });
  return found == guards_.end() ? lease<dms_reference_guard>{} : enter(found->second);
}

std::vector<registry::job_entry> registry::jobs() const {
  const std::lock_guard lock(mutex_);
  std::vector<job_entry> items;
  for (const auto &[handle, entry] : jobs_) {
    if (const auto entered = enter(entry)) items.push_back({handle, entry.owner, entry.id, entered->interval_s});
  }
  return items;
}

lease<dms_job> registry::job(dms_handle handle) const {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(handle);
  return found == jobs_.end() ? lease<dms_job>{} : enter(found->second);
}

}  // namespace dms::host_core
