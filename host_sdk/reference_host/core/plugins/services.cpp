#include "reference_host/core/plugins/services.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "dms/cpp/events.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/core/json_lists.hpp"
#include "reference_host/core/plugins/record_documents.hpp"
#include "reference_host/core/version.hpp"

namespace dms::reference {
namespace {

constexpr std::size_t longest_key = 200;
constexpr std::size_t longest_secret = std::size_t{16} << 10;

services &self(void *context) {
  return *static_cast<services *>(context);
}

template <typename Items>
dms_status write_list(const dms_sink *sink, dms_error *error, const Items &items) {
  return barrier(error, [&] {
    auto list = nlohmann::json::array();
    for (const auto &item : items()) list.push_back(to_document(item));
    write(*sink, list.dump());
  });
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
    handle = host_of(context).registry().add(self(context).owner(), item);
    if (handle == 0) throw failure(dms_refused, "A contribution with this id is there already, or has no id.");
    if constexpr (std::is_same_v<Item, dms_job>) host_of(context).jobs().changed();
  });
  return handle;
}

/// The same where the host copies the values.
template <typename Item>
dms_handle copy(void *context, const Item *item, dms_error *error) noexcept {
  dms_handle handle = 0;
  barrier(error, [&] { handle = host_of(context).registry().add(self(context).owner(), whole(item)); });
  return handle;
}

void take_back(void *context, dms_handle handle) noexcept {
  barrier(nullptr, [&] { host_of(context).registry().remove(self(context).owner(), handle); });
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
    host_of(context).log().log(levels[index], "{}: {}{}", self(context).owner(), text, seldom::said(kept_quiet));
  });
}

dms_status set_secret(void *context, const dms_call *call, dms_str key, dms_str value, dms_error *error) noexcept {
  return barrier(error, [&] {
    const auto name = view(key);
    if (name.empty() || name.size() > longest_key || value.len > longest_secret) {
      throw failure(dms_invalid, "A secret needs a key, and neither may be too long.");
    }
    host_of(context).data().settings.set(self(context).owner(), name, view(value));
    host_of(context).data().audit.write(
        {0, call->now_us, std::string(view(call->user)), std::string(view(call->channel)),
         value.len == 0 ? "secret.remove" : "secret.set", std::string(name), self(context).owner()});
  });
}

}  // namespace

services::services(host &of, std::string owner) : host_(of), owner_(std::move(owner)) {
  raw_ = dms_host{
      sizeof(dms_host),
      DMS_ABI_MAJOR,
      DMS_ABI_MINOR,
      0,
      this,
      str("Reference DMS"),
      str(host_version),
      [](const dms_host *from, dms_str id) noexcept -> const void * { return self(from->context).find(view(id)); }};
  fill_basics();
  fill_absences();
  fill_records();
  fill_mail();
  fill_registries();
}

void services::fill_basics() {
  log_ = {this, &log_line};
  settings_ = {this, [](void *context, dms_str key, const dms_sink *value, dms_error *error) noexcept {
                 return barrier(error, [&]() -> dms_status {
                   if (view(key) == "drop_root") {
                     write(*value, host_of(context).drop_root().string());
                     return dms_ok;
                   }
                   const auto found = host_of(context).data().settings.get(self(context).owner(), view(key));
                   if (!found) return fail(error, dms_not_found, "This setting is not set.");
                   write(*value, *found);
                   return dms_ok;
                 });
               }};
  secrets_ = {this, &set_secret};
  storage_ = {this,
              [](void *context, const dms_sink *path, dms_error *error) noexcept {
                return barrier(error, [&] {
                  const auto folder = host_of(context).data_directory() / "plugins" / self(context).owner();
                  std::filesystem::create_directories(folder);
                  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
                  write(*path, folder.string());
                });
              },
              [](void *context, const dms_sink *connection, dms_error *error) noexcept {
                return barrier(error, [&] {
                  const auto &own = host_of(context).database();
                  if (own.kind() == engine::postgresql) write(*connection, own.place());
                });
              }};
  directory_ = {this, [](void *context) noexcept { return host_of(context).directory_generation(); },
                [](void *context, const dms_sink *sink, dms_error *error) noexcept {
                  return write_list(sink, error, [&] { return host_of(context).data().users.all(); });
                },
                [](void *context, const dms_sink *sink, dms_error *error) noexcept {
                  return write_list(sink, error, [&] { return host_of(context).data().locations.all(); });
                }};
}

void services::fill_absences() {
  absences_ = {this,
               [](void *context) noexcept {
                 std::int64_t generation = 0;
                 // 0 where the database cannot be reached: another number, so the list is asked for and says why.
                 barrier(nullptr, [&] { generation = host_of(context).data().absences.generation(); });
                 return generation;
               },
               [](void *context, dms_str since, const dms_sink *sink, dms_error *error) noexcept {
                 return barrier(error, [&]() -> dms_status {
                   if (!is_day(view(since))) return fail(error, dms_invalid, "A day is written as 2026-12-05.");
                   auto list = nlohmann::json::array();
                   for (const auto &one : host_of(context).data().absences.since(view(since))) {
                     list.push_back({{"user", one.user}, {"from", one.from}, {"to", one.to}});
                     if (!one.deputy.empty()) list.back()["deputy"] = one.deputy;
                   }
                   write(*sink, list.dump());
                   return dms_ok;
                 });
               }};
}

void services::fill_registries() {
  menu_ = {this, &copy<dms_menu_entry>, &take_back};
  rights_ = {this, &copy<dms_right>, &take_back};
  screens_ = {this, &keep<dms_screen>, &take_back};
  imports_ = {this, &keep<dms_import_hook>, &take_back};
  events_ = {this, &keep<dms_event_handler>, &take_back};
  references_ = {this, &keep<dms_reference_guard>, &take_back};
  jobs_ = {
      this, &keep<dms_job>,
      [](void *context, dms_handle handle) noexcept {
        take_back(context, handle);
        barrier(nullptr, [&] { host_of(context).jobs().changed(); });
      },
      [](void *context, dms_str id) noexcept { barrier(nullptr, [&] { host_of(context).jobs().wake(view(id)); }); }};
}

const void *services::find(std::string_view id) const noexcept {
  const std::pair<std::string_view, const void *> table[] = {{DMS_LOG_ID, &log_},
                                                             {DMS_SETTINGS_ID, &settings_},
                                                             {DMS_SECRETS_ID, &secrets_},
                                                             {DMS_STORAGE_ID, &storage_},
                                                             {DMS_DIRECTORY_ID, &directory_},
                                                             {DMS_ABSENCES_ID, &absences_},
                                                             {DMS_CUSTOMERS_ID, &customers_},
                                                             {DMS_CUSTOMER_CHANGES_ID, &customer_changes_},
                                                             {DMS_CONTACTS_ID, &contacts_},
                                                             {DMS_CONTACT_COMPLETION_ID, &contact_completion_},
                                                             {DMS_SALES_ID, &sales_},
                                                             {DMS_MAIL_ID, offers_mail() ? &mail_ : nullptr},
                                                             {DMS_NOTIFICATIONS_ID, &notifications_},
                                                             {DMS_AUDIT_ID, &audit_},
                                                             {DMS_ERASURE_ID, &erasure_},
                                                             {DMS_MENU_ID, &menu_},
                                                             {DMS_SCREENS_ID, &screens_},
                                                             {DMS_IMPORTS_ID, &imports_},
                                                             {DMS_JOBS_ID, &jobs_},
                                                             {DMS_EVENTS_ID, &events_},
                                                             {DMS_RIGHTS_ID, &rights_},
                                                             {DMS_REFERENCES_ID, &references_}};
  for (const auto &[known, service] : table) {
    if (known == id) return service;
  }
  return nullptr;
}

}  // namespace dms::reference
