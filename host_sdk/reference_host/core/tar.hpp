// tar.hpp - the one file of a backup: POSIX tar, which any tar can unpack.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace dms::reference {

/// Writes ustar; what its fields cannot hold (names over 99 bytes, files of 8 GiB and more) stands in a pax header.
class tar_writer {
 public:
  /// Throws failure(dms_unavailable) when the file cannot be made; so do the others when it cannot be written.
  explicit tar_writer(const std::filesystem::path &file);
  /// `file` must not change meanwhile. Returns its SHA-256 in hex.
  std::string add(const std::filesystem::path &file, const std::string &name);
  void add_text(std::string_view text, const std::string &name);
  void finish();

 private:
  void header(const std::string &name, std::uint64_t size, char kind);
  void begin(const std::string &name, std::uint64_t size);
  void fill(std::uint64_t size);
  void put(const char *bytes, std::size_t count);
  std::ofstream out_;
};

struct tar_entry {
  std::string name;
  std::uint64_t size = 0;
};

/// Reads what tar_writer writes, and refuses everything else: links, devices, sparse files. Every fault is a
/// failure(dms_failed) whose sentence says what is wrong with the file.
class tar_reader {
 public:
  explicit tar_reader(const std::filesystem::path &file);
  /// The next file, or nothing behind the last. What was not read of the one before is skipped.
  std::optional<tar_entry> next();
  /// Reads on in the file; 0 at its end.
  std::size_t read(char *buffer, std::size_t capacity);
  std::string read_all(std::size_t largest);

 private:
  void take(char *buffer, std::size_t count);
  void skip_rest();
  std::ifstream in_;
  std::uint64_t left_ = 0, fill_ = 0;
};

}  // namespace dms::reference
