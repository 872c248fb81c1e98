#include "reference_host/core/data/scratch_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/people/sessions.hpp"

namespace dms::reference {
namespace {

constexpr std::array<std::string_view, 2> scratch_names{".backup-", ".restore-"};

/// Negative: somebody else has it, or it is gone.
int lock_folder(const std::filesystem::path &folder) noexcept {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0 || ::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  ::close(descriptor);
  return -1;
}

}  // namespace

scratch_folder::scratch_folder(const std::filesystem::path &in, const std::string &name) {
  constexpr int most_tries = 10;
  for (int number = 0; number < most_tries; ++number) {
    path_ = in / (name + random_hex(6));
    std::filesystem::create_directories(path_);
    lock_ = lock_folder(path_);
    // Between the two somebody may have taken it for abandoned.
    if (lock_ >= 0 && std::filesystem::exists(path_)) break;
    if (lock_ >= 0) ::close(lock_);
    lock_ = -1;
  }
  if (lock_ < 0) throw failure(dms_unavailable, "No folder for temporary files can be made in the data directory.");
  std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
}

scratch_folder::~scratch_folder() {
  std::error_code none;
  std::filesystem::remove_all(path_, none);
  if (lock_ >= 0) ::close(lock_);
}

void forget_abandoned(const std::filesystem::path &data_directory) noexcept {
  barrier(nullptr, [&] {
    std::vector<std::filesystem::path> found;
    std::error_code none;
    for (const auto &item : std::filesystem::directory_iterator(data_directory, none)) {
      const auto name = item.path().filename().string();
      const bool ours = std::ranges::any_of(scratch_names, [&](auto begin) { return name.starts_with(begin); });
      if (ours && item.symlink_status(none).type() == std::filesystem::file_type::directory) {
        found.push_back(item.path());
      }
    }
    for (const auto &folder : found) {
      const int lock = lock_folder(folder);
      if (lock < 0) continue;
      std::filesystem::remove_all(folder, none);
      ::close(lock);
    }
  });
}

}  // namespace dms::reference
