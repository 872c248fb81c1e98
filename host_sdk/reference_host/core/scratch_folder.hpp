// scratch_folder.hpp - a folder of this process that is gone afterwards, whatever happens.
#pragma once

#include <filesystem>
#include <string>

#include "reference_host/core/sessions.hpp"

namespace dms::reference {

class scratch_folder {
 public:
  scratch_folder(const std::filesystem::path &in, const std::string &name) : path_(in / (name + random_hex(6))) {
    std::filesystem::create_directories(path_);
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  scratch_folder(const scratch_folder &) = delete;
  scratch_folder &operator=(const scratch_folder &) = delete;
  ~scratch_folder() {
    std::error_code none;
    std::filesystem::remove_all(path_, none);
  }
  const std::filesystem::path &path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace dms::reference
