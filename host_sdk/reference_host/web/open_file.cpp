#include "reference_host/web/open_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "dms/cpp/basics.hpp"

namespace dms::reference::web {
namespace {

[[noreturn]] void no_room_for_file() {
  throw failure(dms_unavailable, "The file cannot be written just now.");
}

}  // namespace

open_file::open_file() {
  auto name = (std::filesystem::temp_directory_path() / "dms-XXXXXX").string();
  descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor_ < 0) no_room_for_file();
  ::unlink(name.c_str());
}

open_file::open_file(const std::filesystem::path &written)
    : descriptor_(::open(written.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {
  if (descriptor_ < 0) no_room_for_file();
  ::unlink(written.c_str());
}

open_file::~open_file() {
  ::close(descriptor_);
}

void open_file::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) no_room_for_file();
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::uint64_t open_file::size() const {
  struct stat seen {};
  if (::fstat(descriptor_, &seen) != 0) no_room_for_file();
  return static_cast<std::uint64_t>(seen.st_size);
}

int open_file::duplicate() const noexcept {
  return ::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0);
}

}  // namespace dms::reference::web
