// sources.hpp - every source that this installation knows: the shipped definitions and the admin's.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "dms/cpp/host.hpp"
#include "intake/known_sources.hpp"
#include "store/store.hpp"

namespace lead_system::intake {

struct sources {
  catalog types;
  intake::definitions definitions;
  std::map<std::string, std::string> texts;  ///< by source id: what stands in the file
  std::vector<std::string> problems;         ///< one sentence a file that could not be used, with file and line
};

/// The shipped lead types and definitions, then every *.info of `admin_directory` (empty or missing: none) in the order
/// of names; a file of the admin replaces the shipped definition of the same id (the first such file does),
/// "lead_types.info" adds to the types. A file that cannot be used is left out whole and named in `problems`; the
/// others work.
sources load_sources(const std::filesystem::path &admin_directory);

/// Ids of those that bring the open leads of an old system.
std::vector<std::string> old_lists(const definitions &among);

/// Leads of a type whose definition was taken away stay where people see them: under their category, in the matrix.
/// Their types are added as retired ones, each with a line in the log.
void keep_types_in_use(store::store &from, catalog &types, const dms::log &log);

}  // namespace lead_system::intake
