// claimed_file.hpp - a file that this process alone works on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace dms::reference {

/// Locked as long as it lives; the lock ends with the process, however that ends.
class claimed_file {
 public:
  /// Renames `file` (where it is relative: of `folder`) into folder/.work/; nothing when somebody else was quicker.
  /// Throws failure(dms_unavailable) where it cannot be read or moved: then it stays where it is.
  static std::optional<claimed_file> take(const std::filesystem::path &folder, const std::filesystem::path &file);
  /// Takes over folder/.work/name when whoever claimed it is gone.
  static std::optional<claimed_file> take_over(const std::filesystem::path &in_work);
  claimed_file(claimed_file &&other) noexcept;
  claimed_file &operator=(claimed_file &&) = delete;
  claimed_file(const claimed_file &) = delete;
  claimed_file &operator=(const claimed_file &) = delete;
  ~claimed_file();

  const std::string &name() const noexcept { return name_; }  ///< as it was put there
  const std::filesystem::path &path() const noexcept { return in_work_; }
  std::int64_t read(char *buffer, std::uint64_t capacity) noexcept;
  /// Moves it into `folder` under its name, or name-2, name-3 …; returns where it stands.
  std::filesystem::path move_to(const std::filesystem::path &folder);
  /// Puts it back under its name; false when another file has that name now.
  bool put_back(const std::filesystem::path &folder) noexcept;

 private:
  claimed_file(int descriptor, std::filesystem::path in_work);
  static std::optional<claimed_file> locked(int descriptor, const std::filesystem::path &in_work);
  int descriptor_;
  std::filesystem::path in_work_;
  std::string name_;
};

}  // namespace dms::reference
