// plugin_data_copy.hpp - the database files of a plugin that is not running, put aside while a new version tries them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace dms::host_core {

/// Files only: what lies on PostgreSQL is the admin's to save, and migrations that only add leave it usable.
class plugin_data_copy {
 public:
  /// Throws failure(dms_unavailable) when there is no room for it.
  plugin_data_copy(const std::filesystem::path &data_directory, std::string_view plugin);
  plugin_data_copy(const plugin_data_copy &) = delete;
  plugin_data_copy &operator=(const plugin_data_copy &) = delete;
  ~plugin_data_copy();
  /// As they were.
  void put_back() const;

 private:
  std::filesystem::path folder_, aside_;
};

}  // namespace dms::host_core
