// scratch_folder.hpp - a folder of this process that is gone afterwards, whatever happens: at its end, or where the
// process was killed, when the next one looks. A lock on the folder, which ends with its process, says whose it is.
#pragma once

#include <filesystem>
#include <string>

namespace dms::reference {

class scratch_folder {
 public:
  /// in/name… with a name of its own; for this account alone.
  scratch_folder(const std::filesystem::path &in, const std::string &name);
  scratch_folder(const scratch_folder &) = delete;
  scratch_folder &operator=(const scratch_folder &) = delete;
  ~scratch_folder();
  const std::filesystem::path &path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
  int lock_ = -1;
};

/// Removes what processes that are gone left in a data directory: half a backup, half a restored one.
void forget_abandoned(const std::filesystem::path &data_directory) noexcept;

}  // namespace dms::reference
