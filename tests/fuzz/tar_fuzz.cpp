// A backup that somebody else may have made: looked through, and read a second time by the same descriptor.
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/data/backup.hpp"
#include "reference_host/core/data/tar.hpp"
#include "require.hpp"

namespace {

/// Name and length of each file, up to the first fault.
std::vector<std::string> look_through(dms::reference::tar_reader &from) {
  std::vector<std::string> seen;
  try {
    while (const auto entry = from.next()) {
      fuzz::require(!entry->name.empty());
      std::array<char, 1000> buffer;
      std::uint64_t length = 0;
      for (auto count = from.read(buffer.data(), buffer.size()); count > 0;
           count = from.read(buffer.data(), buffer.size())) {
        length += count;
        if (length > (1U << 24U)) return seen;
      }
      seen.push_back(entry->name + ' ' + std::to_string(length));
    }
  } catch (const dms::failure &) {
    // The answer to what is no backup.
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
  const int memory = ::memfd_create("tar_fuzz", MFD_CLOEXEC);
  fuzz::require(memory >= 0 && ::write(memory, bytes, size) == static_cast<ssize_t>(size));
  const auto file = "/proc/self/fd/" + std::to_string(memory);
  try {
    dms::reference::tar_reader from(file);
    const auto first = look_through(from);
    from.start();
    fuzz::require(look_through(from) == first);
  } catch (const dms::failure &) {
    // What is no tar is said to be none.
  }
  try {
    dms::reference::check_backup(file);
  } catch (const dms::failure &) {
    // The same.
  }
  ::close(memory);
  return 0;
}
