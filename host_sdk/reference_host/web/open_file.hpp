// open_file.hpp - a file that only this process can see: it has no name any more.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace dms::reference::web {

class open_file {
 public:
  /// A new and empty one in the temporary folder; throws failure(dms_unavailable) where there is no room.
  open_file();
  /// Takes over what was written to `written`; its name goes away.
  explicit open_file(const std::filesystem::path &written);
  open_file(const open_file &) = delete;
  open_file &operator=(const open_file &) = delete;
  ~open_file();

  void write(std::string_view bytes);  ///< at the end; throws failure(dms_unavailable) on a full disk
  std::uint64_t size() const;
  /// A descriptor of its own, which the caller closes; -1 where there are no more.
  int duplicate() const noexcept;

 private:
  int descriptor_ = -1;
};

}  // namespace dms::reference::web
