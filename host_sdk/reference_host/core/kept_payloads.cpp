#include "reference_host/core/kept_payloads.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <functional>

#include "dms/cpp/basics.hpp"

namespace dms::reference {
namespace {

constexpr std::array folders{"done", "quarantine"};
constexpr const char *reason_suffix = ".reason.txt";

/// A descriptor that is closed.
class opened {
 public:
  explicit opened(int descriptor) : descriptor_(descriptor) {}
  opened(const opened &) = delete;
  opened &operator=(const opened &) = delete;
  ~opened() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  explicit operator bool() const noexcept { return descriptor_ >= 0; }
  int get() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

/// Folders of others may be exchanged for links at any time: each step is opened from the one before.
opened folder_in(int where, const std::string &name) {
  return opened(::openat(where, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

std::vector<std::string> names_in(int folder) {
  std::vector<std::string> names;
  const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  auto *list = copy < 0 ? nullptr : ::fdopendir(copy);
  if (list == nullptr) {
    if (copy >= 0) ::close(copy);
    return names;
  }
  while (const auto *entry = ::readdir(list)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  ::closedir(list);
  return names;
}

std::string sha256_of(int folder, const std::string &name) {
  const opened file(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!file) return {};
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::array<unsigned char, 65536> buffer;
  for (;;) {
    const auto count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return {};
    if (count == 0) break;
    crypto_hash_sha256_update(&state, buffer.data(), static_cast<unsigned long long>(count));
  }
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256_final(&state, digest.data());
  std::string hex(2 * digest.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

bool remove_file(int folder, const std::string &name) {
  const bool gone = ::unlinkat(folder, name.c_str(), 0) == 0 || errno == ENOENT;
  const bool reason_gone = ::unlinkat(folder, (name + reason_suffix).c_str(), 0) == 0 || errno == ENOENT;
  return gone && reason_gone;
}

using visit = std::function<void(const std::string &source, int folder, const std::string &name, const struct stat &)>;

/// Every plain file of done/ and quarantine/.
void each_file(const std::filesystem::path &inbox, const visit &use) {
  const opened root(::open(inbox.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!root) return;
  for (const auto &source : names_in(root.get())) {
    const auto of_source = folder_in(root.get(), source);
    if (!of_source) continue;
    for (const auto *inner : folders) {
      const auto folder = folder_in(of_source.get(), inner);
      if (!folder) continue;
      for (const auto &name : names_in(folder.get())) {
        struct stat about {};
        if (::fstatat(folder.get(), name.c_str(), &about, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(about.st_mode)) {
          continue;
        }
        use(source, folder.get(), name, about);
      }
    }
  }
}

}  // namespace

int kept_payloads::forget(const std::vector<payload_file> &which) const {
  if (which.empty()) return 0;
  int count = 0;
  std::string left;
  each_file(inbox_, [&](const std::string &source, int folder, const std::string &name, const struct stat &about) {
    const auto same_size = [&](const payload_file &one) { return one.source == source && one.bytes == about.st_size; };
    if (std::ranges::none_of(which, same_size)) return;
    const auto digest = sha256_of(folder, name);
    const auto same = [&](const payload_file &one) { return same_size(one) && one.sha256 == digest; };
    if (!digest.empty() && std::ranges::none_of(which, same)) return;
    if (!digest.empty() && remove_file(folder, name)) {
      ++count;
    } else {
      left = source + '/' + name;
    }
  });
  if (!left.empty()) {
    throw failure(dms_unavailable,
                  "The file \"" + left + "\" in the inbox cannot be removed: check the rights of its folder.");
  }
  return count;
}

int kept_payloads::drop_before(std::int64_t at_us) const {
  int count = 0;
  each_file(inbox_, [&](const std::string &, int folder, const std::string &name, const struct stat &about) {
    // When it was put there: its own time is its sender's.
    const auto put_us = std::int64_t{about.st_ctim.tv_sec} * 1'000'000 + about.st_ctim.tv_nsec / 1000;
    if (put_us < at_us && ::unlinkat(folder, name.c_str(), 0) == 0) ++count;
  });
  return count;
}

}  // namespace dms::reference
