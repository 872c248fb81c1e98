#include "host_core/contributor.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "dms/cpp/events.hpp"
#include "host_core/core.hpp"

namespace dms::host_core {
namespace {

contributor &self(void *context) {
  return *static_cast<contributor *>(context);
}

/// What a contribution of interface 1.0 holds: an older plugin's is not smaller.
constexpr std::uint32_t size_1_0(const dms_screen *) {
  return DMS_SCREEN_SIZE_1_0;
}
constexpr std::uint32_t size_1_0(const dms_import_hook *) {
  return DMS_IMPORT_HOOK_SIZE_1_0;
}
constexpr std::uint32_t size_1_0(const dms_job *) {
  return DMS_JOB_SIZE_1_0;
}
constexpr std::uint32_t size_1_0(const dms_event_handler *) {
  return DMS_EVENT_HANDLER_SIZE_1_0;
}
constexpr std::uint32_t size_1_0(const dms_reference_guard *) {
  return DMS_REFERENCE_GUARD_SIZE_1_0;
}
constexpr std::uint32_t size_1_0(const dms_menu_entry *) {
  return DMS_MENU_ENTRY_SIZE_1_0;
}
constexpr std::uint32_t size_1_0(const dms_right *) {
  return DMS_RIGHT_SIZE_1_0;
}

template <typename Item>
const Item &whole(const Item *item) {
  if (item == nullptr || item->struct_size < size_1_0(item)) {
    throw failure(dms_invalid, "The contribution's struct is too small.");
  }
  return *item;
}

/// Nobody waits for what never comes.
void check_known(const dms_event_handler &item) {
  if (!is_event(view(item.event))) {
    throw failure(dms_unsupported, "This host has no event \"" + std::string(view(item.event)) + "\".");
  }
}

/// It names a folder and stands in addresses.
void check_source(const dms_import_hook &item) {
  const auto source = view(item.source);
  const bool plain =
      std::ranges::all_of(source, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
  if (source.empty() || source.size() > 64 || !plain) {
    throw failure(dms_invalid, "The name of a source has a-z, 0-9 and _ alone, at most 64 of them.");
  }
}

/// A registry's `add` for the contributions of which the pointer is kept.
template <typename Item>
dms_handle keep(void *context, const Item *item, dms_error *error) noexcept {
  dms_handle handle = 0;
  barrier(error, [&] {
    whole(item);
    if constexpr (std::is_same_v<Item, dms_event_handler>) check_known(*item);
    if constexpr (std::is_same_v<Item, dms_import_hook>) check_source(*item);
    handle = self(context).heart().registry().add(self(context).owner(), item);
    if (handle == 0) throw failure(dms_refused, "A contribution with this id is there already, or has no id.");
    if constexpr (std::is_same_v<Item, dms_job>) self(context).heart().jobs().changed();
  });
  return handle;
}

/// The same where the host copies the values.
template <typename Item>
dms_handle copy(void *context, const Item *item, dms_error *error) noexcept {
  dms_handle handle = 0;
  barrier(error, [&] { handle = self(context).heart().registry().add(self(context).owner(), whole(item)); });
  return handle;
}

void take_back(void *context, dms_handle handle) noexcept {
  barrier(nullptr, [&] { self(context).heart().registry().remove(self(context).owner(), handle); });
}

void log_line(void *context, std::int32_t level, dms_str message) noexcept {
  constexpr spdlog::level::level_enum levels[] = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                                  spdlog::level::err};
  barrier(nullptr, [&] {
    const auto index = level < dms_log_debug || level > dms_log_error ? dms_log_info : level;
    const auto text = view(message);
    std::uint64_t kept_quiet = 0;
    if (index >= dms_log_warning) {
      // Of the same thing about a thousand leads the first says enough.
      std::string kind;
      for (const char letter : text) {
        if (letter < '0' || letter > '9') kind += letter;
      }
      const auto more = self(context).complaints().ask(kind);
      if (!more) return;
      kept_quiet = *more;
    }
    self(context).heart().log().log(levels[index], "{}: {}{}", self(context).owner(), text, seldom::said(kept_quiet));
  });
}

}  // namespace

contributor::contributor(core &of, std::string owner, std::string_view host_name, std::string_view host_version)
    : core_(of), owner_(std::move(owner)) {
  raw_ = dms_host{
      sizeof(dms_host),
      DMS_ABI_MAJOR,
      DMS_ABI_MINOR,
      0,
      this,
      str(host_name),
      str(host_version),
      [](const dms_host *from, dms_str id) noexcept -> const void * { return self(from->context).find(view(id)); }};
  log_ = {this, &log_line};
  fill_registries();
}

void contributor::fill_registries() {
  menu_ = {this, &copy<dms_menu_entry>, &take_back};
  rights_ = {this, &copy<dms_right>, &take_back};
  screens_ = {this, &keep<dms_screen>, &take_back};
  imports_ = {this, &keep<dms_import_hook>, &take_back};
  events_ = {this, &keep<dms_event_handler>, &take_back};
  references_ = {this, &keep<dms_reference_guard>, &take_back};
  jobs_ = {this, &keep<dms_job>,
           [](void *context, dms_handle handle) noexcept {
             take_back(context, handle);
             barrier(nullptr, [&] { self(context).heart().jobs().changed(); });
           },
           [](void *context, dms_str id) noexcept {
             barrier(nullptr, [&] { self(context).heart().jobs().wake(view(id)); });
           }};
}

const void *contributor::find(std::string_view id) const noexcept {
  const std::pair<std::string_view, const void *> table[] = {
      {DMS_LOG_ID, &log_},   {DMS_MENU_ID, &menu_},     {DMS_SCREENS_ID, &screens_}, {DMS_IMPORTS_ID, &imports_},
      {DMS_JOBS_ID, &jobs_}, {DMS_EVENTS_ID, &events_}, {DMS_RIGHTS_ID, &rights_},   {DMS_REFERENCES_ID, &references_}};
  for (const auto &[known, service] : table) {
    if (known == id) return service;
  }
  return service(id);
}

}  // namespace dms::host_core
