// postgresql_dump.hpp - schemas of a PostgreSQL database as one file, all of one moment, and back: by PostgreSQL's own
// pg_dump and pg_restore (packages.txt: postgresql-client), which know every kind of thing that a schema holds.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dms::reference {

/// Those of the schemas that are in the database.
std::vector<std::string> schemas_there(const std::string &address, const std::vector<std::string> &schemas);

/// Writes the schemas as of one moment, also while hosts work on them. Throws failure(dms_unavailable) with the tool's
/// own words.
void dump_schemas(const std::string &address, const std::vector<std::string> &schemas, const std::filesystem::path &to);

/// All of it or nothing. Throws failure(dms_unavailable).
void restore_dump(const std::string &address, const std::filesystem::path &from);

}  // namespace dms::reference
