// backup.hpp - everything of a data directory that cannot be made again, as one file, and back.
//
// The file is a tar with inbox/… (payloads that wait), plugins/…, then host.db, and last backup.json, which names every
// file with its SHA-256. Databases are copied as of one moment while they are in use. Of a dealership on PostgreSQL
// there is postgresql.dump in the place of host.db: the schemas of the host and of its plugins, all of one moment.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

struct backup_summary {
  std::int64_t files = 0, bytes = 0;
  std::int64_t made_us = 0;
  std::string host_version;
  bool on_postgresql = false;
  std::vector<std::string> schemas;  ///< of PostgreSQL
};
nlohmann::json to_document(const backup_summary &made);

/// Throws failure: dms_refused when `to` exists; dms_unavailable when it cannot be written. Then there is no file.
backup_summary write_backup(const database &of, const std::filesystem::path &data_directory,
                            const std::filesystem::path &to, std::int64_t now_us);

/// Reads all of a backup and checks every byte of it; dms_failed with what is wrong.
backup_summary check_backup(const std::filesystem::path &file);

struct restore_wish {
  std::filesystem::path file, data_directory;
  /// Of a backup of PostgreSQL: "postgresql://…", where nothing of a dealership is yet; else nothing.
  std::optional<std::string> database{};
};
/// Into a directory that is not there or empty, and a database without these schemas (dms_refused): never over what
/// somebody works with. Checks first, writes then; where it fails, or the process dies before the end, there is no
/// dealership in the directory. Nobody is signed in afterwards.
backup_summary restore_backup(const restore_wish &wish, std::int64_t now_us);

}  // namespace dms::reference
