#include "reference_host/core/claimed_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/sessions.hpp"

namespace dms::reference {
namespace {

constexpr std::size_t longest_name = 220;  ///< of 255, with the claim's own sign and "-2"
constexpr int most_names = 100'000;

bool rename_without_replacing(const std::filesystem::path &from, const std::filesystem::path &to) noexcept {
  return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0;
}

/// The lock is worth something only while the name still leads to the file that was locked.
bool same_file(int descriptor, const std::filesystem::path &path) noexcept {
  struct stat opened {
  }, named{};
  return ::fstat(descriptor, &opened) == 0 && ::lstat(path.c_str(), &named) == 0 && S_ISREG(opened.st_mode) &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

}  // namespace

claimed_file::claimed_file(int descriptor, std::filesystem::path in_work)
    : descriptor_(descriptor), in_work_(std::move(in_work)) {
  const auto whole = in_work_.filename().string();
  const auto sign = whole.find('~');
  name_ = sign == std::string::npos ? whole : whole.substr(sign + 1);
}

claimed_file::claimed_file(claimed_file &&other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      in_work_(std::move(other.in_work_)),
      name_(std::move(other.name_)) {}

claimed_file::~claimed_file() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<claimed_file> claimed_file::take(const std::filesystem::path &folder, const std::string &name) {
  const auto kept = name.size() <= longest_name ? name : name.substr(name.size() - longest_name);
  const auto in_work = folder / ".work" / (random_hex(8) + '~' + kept);
  if (::rename((folder / name).c_str(), in_work.c_str()) != 0) {
    if (errno == ENOENT) return std::nullopt;
    throw failure(dms_unavailable, "The file " + name + " cannot be moved in its folder: check the folder's rights.");
  }
  return take_over(in_work);
}

std::optional<claimed_file> claimed_file::take_over(const std::filesystem::path &in_work) {
  const int descriptor = ::open(in_work.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return std::nullopt;
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 || !same_file(descriptor, in_work)) {
    ::close(descriptor);
    return std::nullopt;
  }
  return claimed_file(descriptor, in_work);
}

std::int64_t claimed_file::read(char *buffer, std::uint64_t capacity) noexcept {
  while (true) {
    const auto count = ::read(descriptor_, buffer, capacity);
    if (count >= 0 || errno != EINTR) return count;
  }
}

std::filesystem::path claimed_file::move_to(const std::filesystem::path &folder) {
  const std::filesystem::path plain(name_);
  for (int number = 1; number < most_names; ++number) {
    const auto to =
        folder /
        (number == 1 ? name_ : plain.stem().string() + '-' + std::to_string(number) + plain.extension().string());
    if (rename_without_replacing(in_work_, to)) return to;
    if (errno != EEXIST) break;
  }
  throw failure(dms_unavailable, "The file " + name_ + " cannot be moved into " + folder.filename().string() + '.');
}

bool claimed_file::put_back(const std::filesystem::path &folder) noexcept {
  return rename_without_replacing(in_work_, folder / name_);
}

}  // namespace dms::reference
