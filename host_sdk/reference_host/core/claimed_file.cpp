#include "reference_host/core/claimed_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <utility>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/sessions.hpp"

namespace dms::reference {
namespace {

constexpr std::size_t longest_name = 220;  ///< of 255, with the claim's own sign and "-2"
constexpr int most_names = 100'000;

/// False with errno; `reason` survives whatever was cleaned up meanwhile.
bool failed_with(int reason) noexcept {
  errno = reason;
  return false;
}

/// The second half of a move: where the old name cannot go, the new one goes again, so that the file stands once.
bool drop_old_name(const std::filesystem::path &from, const std::filesystem::path &to) noexcept {
  if (::unlink(from.c_str()) == 0 || errno == ENOENT) return true;
  const int reason = errno;
  ::unlink(to.c_str());
  return failed_with(reason);
}

bool copy_bytes(int from, int to) noexcept {
  std::array<char, 65536> buffer;
  for (off_t at = 0;;) {
    const auto count = ::pread(from, buffer.data(), buffer.size(), at);
    if (count == 0) return true;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    for (ssize_t written = 0; written < count;) {
      const auto more = ::write(to, buffer.data() + written, static_cast<std::size_t>(count - written));
      if (more < 0 && errno != EINTR) return false;
      if (more > 0) written += more;
    }
    at += count;
  }
}

bool sync_folder(const std::filesystem::path &folder) noexcept {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  // EINVAL: this file system has nothing to sync for a folder.
  const bool done = ::fsync(descriptor) == 0 || errno == EINVAL;
  const int reason = errno;
  ::close(descriptor);
  return done || failed_with(reason);
}

/// Across mounts. The old name goes only after the bytes and the new name are on the disk.
bool copy_without_replacing(int opened, const std::filesystem::path &from, const std::filesystem::path &to) noexcept {
  const int target = ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (target < 0) return false;
  bool kept = copy_bytes(opened, target) && ::fsync(target) == 0;
  int reason = kept ? 0 : errno;
  if (::close(target) != 0 && kept) {
    kept = false;
    reason = errno;
  }
  if (kept && !sync_folder(to.parent_path())) {
    kept = false;
    reason = errno;
  }
  if (kept) return drop_old_name(from, to);
  ::unlink(to.c_str());
  return failed_with(reason);
}

/// Not every file system knows RENAME_NOREPLACE, and not every one knows hard links. False with errno: EEXIST when
/// the name is taken.
bool move_without_replacing(int opened, const std::filesystem::path &from, const std::filesystem::path &to) noexcept {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP) {
    if (::link(from.c_str(), to.c_str()) == 0) return drop_old_name(from, to);
    if (errno == EPERM || errno == ENOSYS || errno == EOPNOTSUPP || errno == EMLINK) errno = EXDEV;
  }
  return errno == EXDEV && copy_without_replacing(opened, from, to);
}

/// The lock is worth something only while the name still leads to the file that was locked.
bool same_file(int descriptor, const std::filesystem::path &path) noexcept {
  struct stat opened {
  }, named{};
  return ::fstat(descriptor, &opened) == 0 && ::lstat(path.c_str(), &named) == 0 && S_ISREG(opened.st_mode) &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

/// Negative when it is gone. Throws where it is there and cannot be read: another one may read it, or this one later.
int open_to_read(const std::filesystem::path &file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (descriptor >= 0 || errno == ENOENT) return descriptor;
  const bool too_many = errno == EMFILE || errno == ENFILE;
  const auto name = file.filename().string();
  throw failure(dms_unavailable, "The file \"" + name.substr(name.find('~') + 1) + "\" cannot be read: " +
                                     (too_many ? "too many files are open." : "check its rights."));
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

std::optional<claimed_file> claimed_file::take(const std::filesystem::path &folder, const std::filesystem::path &file) {
  const auto name = file.filename().string();
  const auto kept = name.size() <= longest_name ? name : name.substr(name.size() - longest_name);
  const auto in_work = folder / ".work" / (random_hex(8) + '~' + kept);
  // Opened first: what cannot be read now stays where people see it.
  const int descriptor = open_to_read(folder / file);
  if (descriptor < 0) return std::nullopt;
  if (::rename((folder / file).c_str(), in_work.c_str()) != 0) {
    const int reason = errno;
    ::close(descriptor);
    if (reason == ENOENT) return std::nullopt;
    throw failure(dms_unavailable,
                  "The file \"" + name + "\" cannot be moved in its folder: check the folder's rights.");
  }
  return locked(descriptor, in_work);
}

std::optional<claimed_file> claimed_file::take_over(const std::filesystem::path &in_work) {
  const int descriptor = open_to_read(in_work);
  if (descriptor < 0) return std::nullopt;
  return locked(descriptor, in_work);
}

/// Nothing where another process has it, or was quicker.
std::optional<claimed_file> claimed_file::locked(int descriptor, const std::filesystem::path &in_work) {
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
    auto to = folder /
              (number == 1 ? name_ : plain.stem().string() + '-' + std::to_string(number) + plain.extension().string());
    if (move_without_replacing(descriptor_, in_work_, to)) return to;
    if (errno != EEXIST) break;
  }
  throw failure(dms_unavailable, "The file \"" + name_ + "\" cannot be moved into \"" + folder.filename().string() +
                                     "\": check that folder's rights and the space on its disk.");
}

bool claimed_file::put_back(const std::filesystem::path &folder) noexcept {
  return move_without_replacing(descriptor_, in_work_, folder / name_);
}

}  // namespace dms::reference
