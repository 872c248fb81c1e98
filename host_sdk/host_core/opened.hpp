// opened.hpp - files and folders as descriptors. Where others may write, a name leads somewhere else a moment later;
// what is open does not.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace dms::host_core {

/// An open file or folder, closed with the object; false where it could not be opened.
class opened {
 public:
  explicit opened(int descriptor = -1) noexcept : descriptor_(descriptor) {}
  opened(opened &&other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  opened &operator=(opened &&other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  opened(const opened &) = delete;
  opened &operator=(const opened &) = delete;
  ~opened();
  explicit operator bool() const noexcept { return descriptor_ >= 0; }
  int get() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

/// The folder of that path; links on the way are those of whoever runs the host.
opened open_folder(const std::filesystem::path &path) noexcept;
/// The folder `name` right in `where`; never behind a link.
opened open_folder(const opened &where, const std::string &name) noexcept;
/// The plain file `name` right in `where`, to be read; never behind a link. Else nothing, and errno (ELOOP: not plain).
opened open_plain_file(const opened &where, const std::string &name) noexcept;
/// The same, of a file that has no second name (else EMLINK): by a hard link somebody could hand in what he may not
/// read himself.
opened open_handed_in(const opened &where, const std::string &name) noexcept;
/// What lies in a folder, in order, without "." and "..".
std::vector<std::string> names_in(const opened &folder);
/// Writes all of it; false with errno.
bool write_all(const opened &to, const char *bytes, std::size_t count) noexcept;
/// All of a file, from its beginning, into another; false with errno.
bool copy_bytes(const opened &from, const opened &to) noexcept;

}  // namespace dms::host_core
