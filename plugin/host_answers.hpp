// host_answers.hpp - what the host is asked once, as the plugin is activated: where its data lies, its settings.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "dms/cpp/host.hpp"
#include "store/store.hpp"

namespace lead_system {

inline std::string data_directory(const dms::host &host) {
  const auto &storage = host.required<dms_storage>(DMS_STORAGE_ID);
  return dms::written(
      [&](const dms_sink *sink, dms_error *error) { return storage.data_directory(storage.context, sink, error); });
}

/// The database that the host names, else a file in the plugin's own directory.
inline store::options options_of(const dms::host &host, const std::string &directory,
                                 std::function<void(std::uint64_t)> migrated) {
  const auto &storage = host.required<dms_storage>(DMS_STORAGE_ID);
  store::options how;
  how.migrated = std::move(migrated);
  how.database = dms::written(
      [&](const dms_sink *sink, dms_error *error) { return storage.database(storage.context, sink, error); });
  if (how.database.empty()) how.database = directory + "/lead_system.db";
  return how;
}

inline dms::settings host_settings(const dms::host &host) {
  return dms::settings(host.service<dms_settings>(DMS_SETTINGS_ID), host.service<dms_secrets>(DMS_SECRETS_ID));
}

/// The language of notifications and of what manufacturers read: the host's setting "locale", else German.
inline std::string dealership_locale(const dms::host &host) {
  const auto *settings = host.service<dms_settings>(DMS_SETTINGS_ID);
  if (settings == nullptr) return "de-AT";
  return dms::written_if_found([&](const dms_sink *sink, dms_error *error) {
           return settings->get(settings->context, dms::str("locale"), sink, error);
         })
      .value_or("de-AT");
}

/// Where drop folders may lie that an admin names: what whoever runs the host says, else the plugin's own outbox.
inline std::string drop_root(const dms::host &host, const std::string &directory) {
  auto named = host_settings(host).get("drop_root").value_or("");
  return named.empty() ? directory + "/outbox" : named;
}

}  // namespace lead_system
