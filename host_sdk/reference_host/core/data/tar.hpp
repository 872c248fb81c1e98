// tar.hpp - the one file of a backup: POSIX tar, which any tar can unpack. Written and read by libarchive.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "host_core/opened.hpp"
#include "reference_host/core/host_core.hpp"

struct archive;

namespace dms::reference {

struct archive_closer {
  void operator()(::archive *one) const noexcept;
};
using archive_pointer = std::unique_ptr<::archive, archive_closer>;

/// Plain files, for their owner alone. Throws failure(dms_unavailable) where the file cannot be made or written.
class tar_writer {
 public:
  explicit tar_writer(const std::filesystem::path &file);
  /// `file` must not change meanwhile. Returns its SHA-256 in hex.
  std::string add(const std::filesystem::path &file, const std::string &name);
  void add_text(std::string_view text, const std::string &name);
  void finish();

 private:
  void begin(const std::string &name, std::uint64_t size);
  void put(const char *bytes, std::size_t count);
  void check(int answer);
  archive_pointer out_;
};

struct tar_entry {
  std::string name;
  std::uint64_t size = 0;
};

/// Plain files, and nothing else: links, devices, folders, sparse files and more than a million entries are refused,
/// and so is what does not end as a tar ends. The file is opened once, however often it is read. Every fault is a
/// failure(dms_failed) whose sentence says what is wrong with it.
class tar_reader {
 public:
  explicit tar_reader(const std::filesystem::path &file);
  /// Reads it from the first entry again.
  void start();
  /// The next file, or nothing behind the last. What was not read of the one before is skipped.
  std::optional<tar_entry> next();
  /// Reads on in the file; 0 at its end.
  std::size_t read(char *buffer, std::size_t capacity);
  std::string read_all(std::size_t largest);

 private:
  void check_end() const;
  opened file_;
  archive_pointer in_;
  std::uint64_t size_ = 0;  ///< of the entry
  int entries_ = 0;
};

}  // namespace dms::reference
