// data_move.hpp - a dealership from the files of its data directory into a PostgreSQL database, and back: the host's
// own data and that of its plugins.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "reference_host/core/data/table_copy.hpp"

namespace dms::reference {

struct move_wish {
  std::filesystem::path data_directory;
  std::string database{};  ///< "postgresql://…"; empty: back into files
  std::vector<std::filesystem::path> plugin_folders{};
  bool dry_run = false;  ///< only looks whether it can be done, and counts
};

struct moved_schema {
  std::string name;  ///< "dms_host", or a plugin's id
  std::vector<copied_table> tables;
};

/// Nobody may serve the data meanwhile. The goal holds nothing before, and all or nothing after; the source stays, put
/// aside as *.moved or as it is in the database. Throws failure(dms_refused) with what stands in the way.
std::vector<moved_schema> move_data(const move_wish &wish);

}  // namespace dms::reference
