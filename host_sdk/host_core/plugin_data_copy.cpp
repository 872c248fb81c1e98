#include "host_core/plugin_data_copy.hpp"

#include <vector>

#include "dms/cpp/basics.hpp"
#include "host_core/random_hex.hpp"

namespace dms::host_core {
namespace {

namespace fs = std::filesystem;

/// A database and what SQLite keeps beside it.
bool of_a_database(const fs::path &file) {
  const auto name = file.filename().string();
  return name.ends_with(".db") || name.ends_with(".db-wal") || name.ends_with(".db-shm");
}

std::vector<fs::path> databases_in(const fs::path &folder) {
  std::vector<fs::path> found;
  std::error_code none;
  for (const auto &item : fs::directory_iterator(folder, none)) {
    if (item.is_regular_file() && of_a_database(item.path())) found.push_back(item.path());
  }
  return found;
}

}  // namespace

plugin_data_copy::plugin_data_copy(const fs::path &data_directory, std::string_view plugin)
    : folder_(data_directory / "plugins" / plugin), aside_(data_directory / (".upgrade-" + random_hex(6))) {
  std::error_code reason;
  fs::create_directories(aside_, reason);
  for (const auto &file : databases_in(folder_)) {
    if (!reason) fs::copy_file(file, aside_ / file.filename(), reason);
  }
  if (!reason) return;
  std::error_code none;
  fs::remove_all(aside_, none);
  throw failure(dms_unavailable, "The plugin's data cannot be copied before the upgrade: is the disk full?");
}

plugin_data_copy::~plugin_data_copy() {
  std::error_code none;
  fs::remove_all(aside_, none);
}

void plugin_data_copy::put_back() const {
  for (const auto &file : databases_in(folder_)) fs::remove(file);
  for (const auto &file : databases_in(aside_)) fs::rename(file, folder_ / file.filename());  // needs no room
}

}  // namespace dms::host_core
