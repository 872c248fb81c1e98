// one_moment.hpp - several SQLite databases as they are at one moment: what one says of another is true in the copies
// too.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

namespace dms::reference {

/// Nobody writes while the moment is taken, which is short; copying may take long and disturbs nobody. Not
/// synchronised.
class one_moment {
 public:
  /// `files` in the order in which their writers lock them. Throws dms_unavailable where one stays locked.
  explicit one_moment(std::vector<std::filesystem::path> files);
  one_moment(const one_moment &) = delete;
  one_moment &operator=(const one_moment &) = delete;
  ~one_moment();
  /// One of the files as it was then, to a file that is not there yet.
  void copy(const std::filesystem::path &file, const std::filesystem::path &to) const;

 private:
  struct reader;
  std::vector<std::unique_ptr<reader>> readers_;
};

}  // namespace dms::reference
