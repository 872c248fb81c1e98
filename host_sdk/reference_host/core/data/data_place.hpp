// data_place.hpp - where the dealership of a data directory is: in DIR/host.db, or in the database that DIR/database
// names, which any number of hosts share.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace dms::reference {

/// The file that holds the host's own data where no database is named.
std::filesystem::path host_file(const std::filesystem::path &data_directory);
/// The address in DIR/database; empty: none.
std::string remembered_database(const std::filesystem::path &data_directory);
/// For this account alone, and on the disk before it returns; an empty address forgets it.
/// Throws failure(dms_unavailable).
void remember_database(const std::filesystem::path &data_directory, const std::string &address);

/// Where to look, for `wish` ("postgresql://…", "sqlite", or nothing: as it was). Throws failure(dms_refused) with the
/// command that moves the dealership where it is somewhere else than the wish says.
std::string place_of_data(const std::filesystem::path &data_directory, const std::optional<std::string> &wish);

/// The database as people may see it: without its password.
std::string shown_database(const std::string &address);
/// Whether "postgresql://…" or "user=… password=…" tells a password.
bool holds_password(const std::string &address);

}  // namespace dms::reference
