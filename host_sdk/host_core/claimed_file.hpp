// claimed_file.hpp - a file that this process alone works on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "host_core/inbox_folder.hpp"

namespace dms::host_core {

/// Locked as long as it lives; the lock ends with the process, however that ends. Its folder outlives it.
class claimed_file {
 public:
  using part = inbox_folder::part;
  /// Renames a file from the folder itself, or as delivered to it, into .work/; nothing when somebody else was quicker.
  /// Throws failure(dms_unavailable) where it cannot be read or moved: then it stays where it is.
  static std::optional<claimed_file> take(const inbox_folder &of, part from, const std::string &name);
  /// Takes over .work/name when whoever claimed it is gone.
  static std::optional<claimed_file> take_over(const inbox_folder &of, const std::string &in_work);
  claimed_file(claimed_file &&other) noexcept = default;
  claimed_file &operator=(claimed_file &&) = delete;
  claimed_file(const claimed_file &) = delete;
  claimed_file &operator=(const claimed_file &) = delete;
  ~claimed_file() = default;

  const std::string &name() const noexcept { return name_; }  ///< as it was put there
  const std::string &in_work() const noexcept { return in_work_; }
  std::filesystem::path path() const { return folder_->path_of(part::work, in_work_); }
  std::int64_t read(char *buffer, std::uint64_t capacity) noexcept;
  /// Moves it to done/ or quarantine/ under its name, or name-2, name-3 …; returns how it is called there.
  std::string move_to(part which);
  /// Puts it back under its name; false when another file has that name now.
  bool put_back() noexcept;

 private:
  claimed_file(const inbox_folder &of, opened file, std::string in_work);
  static std::optional<claimed_file> locked(const inbox_folder &of, opened file, const std::string &in_work);
  const inbox_folder *folder_;
  opened file_;
  std::string in_work_, name_;
};

}  // namespace dms::host_core
