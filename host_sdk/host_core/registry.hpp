// registry.hpp - what plugins and the host itself contribute: menu, screens, import hooks, jobs, events, rights.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dms/sdk.h"

namespace dms::host_core {

/// Counts the calls that run inside one contributor. Closing it lets nobody in any more and waits for those inside.
class gate {
 public:
  bool enter();
  void leave();
  /// Lets nobody in any more; true when nobody is inside, false when somebody still is after `limit`.
  bool close(std::chrono::milliseconds limit);
  void open();
  const std::atomic<bool> *closing() const noexcept { return &closing_; }

 private:
  std::mutex mutex_;
  std::condition_variable empty_;
  int inside_ = 0;
  std::atomic<bool> closing_{false};
};

/// A contribution in use: as long as this lives, its plugin is not deactivated. Empty when there is none.
template <typename Item>
class lease {
 public:
  lease() = default;
  lease(std::shared_ptr<gate> through, const Item *item, std::string owner)
      : gate_(std::move(through)), item_(item), owner_(std::move(owner)) {}
  lease(lease &&other) noexcept
      : gate_(std::move(other.gate_)), item_(std::exchange(other.item_, nullptr)), owner_(std::move(other.owner_)) {}
  lease &operator=(lease &&) = delete;
  lease(const lease &) = delete;
  lease &operator=(const lease &) = delete;
  ~lease() {
    if (gate_ && item_ != nullptr) gate_->leave();
  }
  explicit operator bool() const noexcept { return item_ != nullptr; }
  const Item &operator*() const noexcept { return *item_; }
  const Item *operator->() const noexcept { return item_; }
  const std::string &owner() const noexcept { return owner_; }
  const std::atomic<bool> *closing() const noexcept { return gate_->closing(); }

 private:
  std::shared_ptr<gate> gate_;
  const Item *item_ = nullptr;
  std::string owner_;
};

struct menu_item {
  dms_handle handle = 0;
  std::string owner;  ///< plugin id, or "host"
  int order = 0;
  std::string path, label, right, screen;
  std::string group{};       ///< the word for the path, in the reader's language; host::menu says it
  std::int64_t waiting = 0;  ///< how much waits there for the user; the host asks for it with each menu
};
struct right_item {
  dms_handle handle = 0;
  std::string owner, id, label;
  std::vector<std::string> default_roles;
};
struct hook_item {
  std::string owner, source, label;
};

/// Thread-safe. Handles are unique over all kinds and never used again.
class registry {
 public:
  /// Lets calls into `owner` and names it as one that may contribute.
  void open(const std::string &owner);
  /// No new calls go into `owner`, and the running ones are asked to stop. False when one still runs after `limit`.
  /// Registrations stay until drop.
  bool close(const std::string &owner, std::chrono::milliseconds limit);
  void drop(const std::string &owner);

  dms_handle add(const std::string &owner, const dms_menu_entry &entry);
  dms_handle add(const std::string &owner, const dms_right &right);
  /// These keep the pointer; 0 when the id is taken.
  dms_handle add(const std::string &owner, const dms_screen *item);
  dms_handle add(const std::string &owner, const dms_import_hook *item);
  dms_handle add(const std::string &owner, const dms_job *item);
  dms_handle add(const std::string &owner, const dms_event_handler *item);
  dms_handle add(const std::string &owner, const dms_reference_guard *item);
  void remove(const std::string &owner, dms_handle handle);

  std::vector<menu_item> menu() const;  ///< by order, of open owners
  std::vector<right_item> rights() const;
  std::vector<hook_item> hooks() const;
  lease<dms_screen> screen(std::string_view id) const;
  lease<dms_import_hook> hook(std::string_view source) const;
  std::vector<lease<dms_event_handler>> handlers(std::string_view event) const;
  /// The guard of the reference's prefix; empty where nobody can answer for it now.
  lease<dms_reference_guard> guard(std::string_view reference) const;
  struct job_entry {
    dms_handle handle = 0;
    std::string owner, id;
    std::uint32_t interval_s = 0;
  };
  std::vector<job_entry> jobs() const;
  lease<dms_job> job(dms_handle handle) const;
  /// Keeps a contributor from being deactivated while its extensions are used; empty when it is not open.
  lease<gate> use(std::string_view owner) const;
  /// Grows with every change.
  std::int64_t generation() const noexcept { return generation_; }

 private:
  template <typename Item>
  struct kept {
    std::string owner, id;
    const Item *item = nullptr;
  };
  template <typename Item>
  using kept_items = std::map<dms_handle, kept<Item>>;
  template <typename Item>
  dms_handle keep(kept_items<Item> &items, const std::string &owner, dms_str id, const Item *item, bool unique);
  template <typename Item>
  lease<Item> enter(const kept<Item> &found) const;
  template <typename Item>
  lease<Item> find(const kept_items<Item> &items, std::string_view id) const;

  mutable std::mutex mutex_;
  std::atomic<std::int64_t> generation_{0};
  dms_handle last_ = 0;
  std::map<std::string, std::shared_ptr<gate>, std::less<>> gates_;
  std::map<dms_handle, menu_item> menu_;
  std::map<dms_handle, right_item> rights_;
  kept_items<dms_screen> screens_;
  kept_items<dms_import_hook> hooks_;
  kept_items<dms_job> jobs_;
  kept_items<dms_event_handler> handlers_;
  kept_items<dms_reference_guard> guards_;
};

}  // namespace dms::host_core
