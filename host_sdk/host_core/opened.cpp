#include "host_core/opened.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

namespace dms::host_core {
namespace {

constexpr int a_folder = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

opened open_linked(const opened &where, const std::string &name, nlink_t most_names) noexcept {
  opened file(::openat(where.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  struct stat about {};
  if (!file || ::fstat(file.get(), &about) != 0) return opened();
  const bool plain = S_ISREG(about.st_mode);
  if (plain && about.st_nlink <= most_names) return file;
  file = opened();
  errno = plain ? EMLINK : ELOOP;
  return opened();
}

}  // namespace

opened::~opened() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

opened open_folder(const std::filesystem::path &path) noexcept {
  return opened(::open(path.c_str(), a_folder));
}

opened open_folder(const opened &where, const std::string &name) noexcept {
  return opened(::openat(where.get(), name.c_str(), a_folder | O_NOFOLLOW));
}

opened open_plain_file(const opened &where, const std::string &name) noexcept {
  return open_linked(where, name, std::numeric_limits<nlink_t>::max());
}

opened open_handed_in(const opened &where, const std::string &name) noexcept {
  return open_linked(where, name, 1);
}

std::vector<std::string> names_in(const opened &folder) {
  std::vector<std::string> names;
  const int again = folder ? ::openat(folder.get(), ".", a_folder) : -1;
  auto *list = again < 0 ? nullptr : ::fdopendir(again);
  if (list == nullptr) {
    if (again >= 0) ::close(again);
    return names;
  }
  while (const auto *entry = ::readdir(list)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  ::closedir(list);
  std::ranges::sort(names);
  return names;
}

bool write_all(const opened &to, const char *bytes, std::size_t count) noexcept {
  while (count > 0) {
    const auto written = ::write(to.get(), bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

bool copy_bytes(const opened &from, const opened &to) noexcept {
  std::array<char, 65536> buffer;
  for (off_t at = 0;;) {
    const auto count = ::pread(from.get(), buffer.data(), buffer.size(), at);
    if (count == 0) return true;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 || !write_all(to, buffer.data(), static_cast<std::size_t>(count))) return false;
    at += count;
  }
}

}  // namespace dms::host_core
