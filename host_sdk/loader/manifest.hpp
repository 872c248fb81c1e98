// manifest.hpp - what a plugin says about itself before anything of it is loaded: PropertyTree INFO here, the same as
// JSON beside it for hosts without Boost (schema/manifest.schema.json).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace dms {

/// A value that the plugin asks dms.settings/1 for.
struct declared_setting {
  std::string key;   ///< "{source}" in it stands for the name of each source that the plugin takes in
  std::string kind;  ///< "text", "address", "email", "locale", "file", "folder"
  bool secret = false;
  std::map<std::string, std::string, std::less<>> label;  ///< by language
};

struct manifest {
  std::filesystem::path file;  ///< absolute
  std::string id, name, version;
  std::uint32_t abi_major = 0, abi_minor = 0;
  std::filesystem::path library;                ///< absolute; beside the manifest
  std::string sha256;                           ///< of the library file, hex
  std::vector<std::string> required, optional;  ///< host services: "dms.storage/1"
  std::vector<declared_setting> settings;
};

/// Throws dms::failure(dms_invalid) with one sentence that names the file and, where known, the line.
manifest read_manifest(const std::filesystem::path &file);

/// Every *.info in the folders themselves and in their direct subfolders, by path. Folders that are not there are
/// left out.
std::vector<std::filesystem::path> find_manifests(const std::vector<std::filesystem::path> &folders);

/// SHA-256 of a file as hex; throws dms::failure when it cannot be read.
std::string sha256_of_file(const std::filesystem::path &file);

}  // namespace dms
