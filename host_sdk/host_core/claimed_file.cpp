#include "host_core/claimed_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "dms/cpp/basics.hpp"
#include "host_core/random_hex.hpp"

namespace dms::host_core {
namespace {

constexpr std::size_t longest_name = 220;  ///< of 255, with the claim's own sign and "-2"
constexpr int most_names = 100'000;

/// Where a file is called what.
struct place {
  const opened &folder;
  const std::string &name;
};

/// `reason` survives whatever is cleaned up.
bool take_back(const place &made, int reason) noexcept {
  ::unlinkat(made.folder.get(), made.name.c_str(), 0);
  errno = reason;
  return false;
}

/// EINVAL: this file system has nothing to sync for a folder.
bool sync_folder(const opened &folder) noexcept {
  return ::fsync(folder.get()) == 0 || errno == EINVAL;
}

/// Across mounts, and where the file system cannot refuse a name that is taken. The old name goes only after the bytes
/// and the new name are on the disk; where it cannot go, the new one goes again, so that the file stands once.
bool copy_without_replacing(const opened &file, const place &from, const place &to) noexcept {
  const opened target(::openat(to.folder.get(), to.name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                               S_IRUSR | S_IWUSR));
  if (!target) return false;
  if (!copy_bytes(file, target) || ::fsync(target.get()) != 0 || !sync_folder(to.folder)) return take_back(to, errno);
  if (::unlinkat(from.folder.get(), from.name.c_str(), 0) == 0 || errno == ENOENT) return true;
  return take_back(to, errno);
}

/// False with errno: EEXIST when the name is taken.
bool move_without_replacing(const opened &file, const place &from, const place &to) noexcept {
  if (::renameat2(from.folder.get(), from.name.c_str(), to.folder.get(), to.name.c_str(), RENAME_NOREPLACE) == 0) {
    return true;
  }
  const bool cannot = errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP;
  return cannot && copy_without_replacing(file, from, to);
}

/// The lock is worth something only while the name still leads to the file that was locked.
bool same_file(const opened &file, const place &where) noexcept {
  struct stat held {
  }, named{};
  return ::fstat(file.get(), &held) == 0 &&
         ::fstatat(where.folder.get(), where.name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

/// False when it is gone. Throws where it is there and cannot be read: another one may read it, or this one later.
opened open_to_read(const place &file) {
  auto found = open_handed_in(file.folder, file.name);
  if (found || errno == ENOENT) return found;
  const auto reason = [] {
    if (errno == EMFILE || errno == ENFILE) return "too many files are open.";
    return errno == EMLINK ? "it has a second name elsewhere (a hard link); put a copy there." : "check its rights.";
  };
  throw failure(dms_unavailable,
                "The file \"" + file.name.substr(file.name.find('~') + 1) + "\" cannot be read: " + reason());
}

}  // namespace

claimed_file::claimed_file(const inbox_folder &of, opened file, std::string in_work)
    : folder_(&of),
      file_(std::move(file)),
      in_work_(std::move(in_work)),
      name_(in_work_.substr(in_work_.find('~') + 1)) {}

std::optional<claimed_file> claimed_file::take(const inbox_folder &of, part from, const std::string &name) {
  const auto kept = name.size() <= longest_name ? name : name.substr(name.size() - longest_name);
  const auto in_work = random_hex(8) + '~' + kept;
  // Opened first: what cannot be read now stays where people see it.
  auto file = open_to_read({of.in(from), name});
  if (!file) return std::nullopt;
  if (::renameat(of.in(from).get(), name.c_str(), of.in(part::work).get(), in_work.c_str()) != 0) {
    if (errno == ENOENT) return std::nullopt;
    throw failure(dms_unavailable,
                  "The file \"" + name + "\" cannot be moved in its folder: check the folder's rights.");
  }
  return locked(of, std::move(file), in_work);
}

std::optional<claimed_file> claimed_file::take_over(const inbox_folder &of, const std::string &in_work) {
  auto file = open_to_read({of.in(part::work), in_work});
  if (!file) return std::nullopt;
  return locked(of, std::move(file), in_work);
}

/// Nothing where another process has it, or was quicker.
std::optional<claimed_file> claimed_file::locked(const inbox_folder &of, opened file, const std::string &in_work) {
  const bool ours = ::flock(file.get(), LOCK_EX | LOCK_NB) == 0 && same_file(file, {of.in(part::work), in_work});
  if (!ours) return std::nullopt;
  return claimed_file(of, std::move(file), in_work);
}

std::int64_t claimed_file::read(char *buffer, std::uint64_t capacity) noexcept {
  while (true) {
    const auto count = ::read(file_.get(), buffer, capacity);
    if (count >= 0 || errno != EINTR) return count;
  }
}

std::string claimed_file::move_to(part which) {
  const std::filesystem::path plain(name_);
  for (int number = 1; number < most_names; ++number) {
    const auto to =
        number == 1 ? name_ : plain.stem().string() + '-' + std::to_string(number) + plain.extension().string();
    if (move_without_replacing(file_, {folder_->in(part::work), in_work_}, {folder_->in(which), to})) return to;
    if (errno != EEXIST) break;
  }
  throw failure(dms_unavailable, "The file \"" + name_ + "\" cannot be moved into \"" + std::string(name_of(which)) +
                                     "\": check that folder's rights and the space on its disk.");
}

bool claimed_file::put_back() noexcept {
  return move_without_replacing(file_, {folder_->in(part::work), in_work_}, {folder_->in(part::itself), name_});
}

}  // namespace dms::host_core
