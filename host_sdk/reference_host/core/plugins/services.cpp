#include "reference_host/core/plugins/services.hpp"

#include <algorithm>

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

services::services(host &of, std::string owner)
    : contributor(of, std::move(owner), "Reference DMS", host_version), host_(of) {
  fill_basics();
  fill_absences();
  fill_records();
  fill_mail();
}

void services::fill_basics() {
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

const void *services::service(std::string_view id) const noexcept {
  const std::pair<std::string_view, const void *> table[] = {{DMS_SETTINGS_ID, &settings_},
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
                                                             {DMS_ERASURE_ID, &erasure_}};
  for (const auto &[known, offered] : table) {
    if (known == id) return offered;
  }
  return nullptr;
}

}  // namespace dms::reference
