#include "host_core/kept_payloads.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <functional>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/digest.hpp"
#include "host_core/inbox_folder.hpp"
#include "host_core/opened.hpp"

namespace dms::host_core {
namespace {

constexpr std::array folders{"done", "quarantine"};

std::string sha256_of(const opened &folder, const std::string &name) {
  const auto file = open_plain_file(folder, name);
  if (!file) return {};
  sha256_sum digest;
  std::array<unsigned char, 65536> buffer;
  for (;;) {
    const auto count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return {};
    if (count == 0) break;
    digest.add(buffer.data(), static_cast<std::size_t>(count));
  }
  return digest.hex();
}

bool remove_file(const opened &folder, const std::string &name) {
  const bool gone = ::unlinkat(folder.get(), name.c_str(), 0) == 0 || errno == ENOENT;
  const bool reason_gone = ::unlinkat(folder.get(), (name + reason_suffix).c_str(), 0) == 0 || errno == ENOENT;
  return gone && reason_gone;
}

using visit =
    std::function<void(const std::string &source, const opened &folder, const std::string &name, const struct stat &)>;

/// Every plain file of done/ and quarantine/.
void each_file(const std::filesystem::path &inbox, const visit &use) {
  const auto root = open_folder(inbox);
  for (const auto &source : names_in(root)) {
    const auto of_source = open_folder(root, source);
    if (!of_source) continue;
    for (const auto *inner : folders) {
      const auto folder = open_folder(of_source, inner);
      if (!folder) continue;
      for (const auto &name : names_in(folder)) {
        struct stat about {};
        if (::fstatat(folder.get(), name.c_str(), &about, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(about.st_mode)) {
          continue;
        }
        use(source, folder, name, about);
      }
    }
  }
}

}  // namespace

int kept_payloads::forget(const std::vector<payload_file> &which) const {
  if (which.empty()) return 0;
  int count = 0;
  std::string left;
  each_file(inbox_, [&](const std::string &source, const opened &folder, const std::string &name,
                        const struct stat &about) {
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
  each_file(inbox_, [&](const std::string &, const opened &folder, const std::string &name, const struct stat &about) {
    // When it was put there: its own time is its sender's.
    const auto put_us = std::int64_t{about.st_ctim.tv_sec} * 1'000'000 + about.st_ctim.tv_nsec / 1000;
    if (put_us < at_us && ::unlinkat(folder.get(), name.c_str(), 0) == 0) ++count;
  });
  return count;
}

}  // namespace dms::host_core
