#include "host_core/inbox_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "dms/cpp/basics.hpp"

namespace dms::host_core {
namespace {

using part = inbox_folder::part;
constexpr mode_t of_others = S_IWGRP | S_IWOTH;

[[noreturn]] void refuse(const std::filesystem::path &folder, bool foreign) {
  throw failure(dms_unavailable,
                foreign ? "The folder \"" + folder.string() +
                              "\" in the inbox belongs to another account: remove it, the host makes its own."
                        : "The folder \"" + folder.string() +
                              "\" in the inbox cannot be opened: it must be a folder, no link, and open to the host.");
}

/// A folder of the host's own account, in which nobody else writes.
opened own_folder(const opened &where, const std::string &name, const std::filesystem::path &path) {
  if (::mkdirat(where.get(), name.c_str(), S_IRWXU) != 0 && errno != EEXIST) refuse(path, false);
  auto folder = open_folder(where, name);
  struct stat about {};
  if (!folder || ::fstat(folder.get(), &about) != 0) refuse(path, false);
  if (about.st_uid != ::geteuid()) refuse(path, true);
  if ((about.st_mode & of_others) != 0) ::fchmod(folder.get(), about.st_mode & 07777U & ~of_others);
  return folder;
}

}  // namespace

std::string_view name_of(part which) noexcept {
  constexpr std::array<std::string_view, 5> names{"", "new", ".work", "done", "quarantine"};
  return names[static_cast<std::size_t>(which)];
}

inbox_folder::inbox_folder(std::filesystem::path path) : path_(std::move(path)) {
  std::error_code said_below;
  std::filesystem::create_directories(path_.parent_path(), said_below);
  const auto inbox = open_folder(path_.parent_path());
  const auto name = path_.filename().string();
  if (inbox && ::mkdirat(inbox.get(), name.c_str(), S_IRWXU) != 0 && errno != EEXIST) refuse(path_, false);
  auto &itself = parts_[static_cast<std::size_t>(part::itself)];
  itself = open_folder(inbox, name);
  if (!itself) refuse(path_, false);
  for (const auto which : {part::work, part::done, part::quarantine}) {
    const std::string inner(name_of(which));
    parts_[static_cast<std::size_t>(which)] = own_folder(itself, inner, path_ / inner);
  }
  parts_[static_cast<std::size_t>(part::delivered)] = open_folder(itself, std::string(name_of(part::delivered)));
}

std::filesystem::path inbox_folder::path_of(part which, const std::string &name) const {
  return which == part::itself ? path_ / name : path_ / name_of(which) / name;
}

std::vector<std::string> inbox_folder::files_in(part which) const {
  std::vector<std::string> files;
  for (auto &name : names_in(in(which))) {
    struct stat about {};
    const bool plain =
        ::fstatat(in(which).get(), name.c_str(), &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(about.st_mode);
    if (plain) files.push_back(std::move(name));
  }
  return files;
}

}  // namespace dms::host_core
