// spool.hpp - a payload that is larger than the memory, on disk while it is read.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace lead_system::intake {

/// A file of ours that is gone with its owner, however that ends: it has no name. Written once, then read as often as
/// needed. Faults throw dms::failure with dms_unavailable: the disk may have room again later.
class spool {
 public:
  explicit spool(const std::filesystem::path &directory);

  void write(std::string_view bytes);
  /// Reading begins at the first byte again.
  void rewind();
  /// The next bytes, at most `most`; empty at the end.
  std::string read(std::size_t most);

 private:
  struct closer {
    void operator()(std::FILE *file) const noexcept { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, closer> file_;
};

}  // namespace lead_system::intake
