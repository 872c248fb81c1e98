// backup.hpp - everything of a data directory that cannot be made again, as one file, and back.
//
// The file is a tar with inbox/… (payloads that wait), plugins/…, host.db, and last backup.json, which names every file
// with its SHA-256. Databases are copied as of one moment while they are in use. Plugins whose data is on PostgreSQL
// keep that to themselves: `on_postgresql` says so.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "reference_host/core/database.hpp"

namespace dms::reference {

struct backup_summary {
  std::int64_t files = 0, bytes = 0;
  std::int64_t made_us = 0;
  std::string host_version;
  bool on_postgresql = false;
};
nlohmann::json to_document(const backup_summary &made);

/// Throws failure: dms_refused when `to` exists; dms_unavailable when it cannot be written. Then there is no file.
backup_summary write_backup(const database &of, const std::filesystem::path &data_directory,
                            const std::filesystem::path &to, std::int64_t now_us);

/// Reads all of a backup and checks every byte of it; dms_failed with what is wrong.
backup_summary check_backup(const std::filesystem::path &file);

struct restore_wish {
  std::filesystem::path file, data_directory;
  std::optional<std::string> database{};  ///< as host_options::database: instead of the one that the backup names
};
/// Into a directory that is not there or empty (dms_refused). Checks first, writes then; where it fails, or the process
/// dies before the end, there is no dealership in the directory. Nobody is signed in afterwards.
backup_summary restore_backup(const restore_wish &wish, std::int64_t now_us);

}  // namespace dms::reference
