// One consistent file with everything of a data directory that cannot be made again.
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>

#include "reference_host/core/host.hpp"
#include "reference_host/core/sessions.hpp"

namespace dms::reference {
namespace {

constexpr std::size_t block = 512;
constexpr std::uint64_t largest_octal = 077777777777ULL;  ///< what eleven octal digits hold: 8 GiB

/// Writes POSIX ustar: any tar can unpack it.
class tar_writer {
 public:
  explicit tar_writer(const std::filesystem::path &file) : out_(file, std::ios::binary) {}
  void add(const std::filesystem::path &file, const std::string &name) {
    const auto size = std::filesystem::file_size(file);
    if (name.size() > 99 || size > largest_octal)
      throw failure(dms_too_large, "The file \"" + name + "\" is too large for a backup file.");
    std::array<char, block> head{};
    const auto put = [&](std::size_t at, const std::string &text) {
      std::memcpy(head.data() + at, text.data(), text.size());
    };
    const auto octal = [](std::uint64_t value, int digits) {
      std::array<char, 24> text{};
      std::snprintf(text.data(), text.size(), "%0*llo", digits, static_cast<unsigned long long>(value));
      return std::string(text.data());
    };
    put(0, name);
    put(100, "0000600");
    put(108, "0000000");
    put(116, "0000000");
    put(124, octal(size, 11));
    put(136, octal(0, 11));
    put(148, "        ");
    put(156, "0");
    put(257, std::string("ustar\00000", 8));
    unsigned sum = 0;
    for (const char c : head) sum += static_cast<unsigned char>(c);
    put(148, octal(sum, 6) + std::string("\0 ", 2));
    out_.write(head.data(), block);
    copy(file, size);
  }
  void finish() {
    const std::array<char, 2 * block> end{};
    out_.write(end.data(), end.size());
    out_.close();
    if (!out_) throw failure(dms_unavailable, "The backup file cannot be written: is the disk full?");
  }

 private:
  void copy(const std::filesystem::path &file, std::uint64_t size) {
    std::ifstream in(file, std::ios::binary);
    std::array<char, 65536> buffer{};
    std::uint64_t left = size;
    while (left > 0 && in) {
      in.read(buffer.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(left, buffer.size())));
      out_.write(buffer.data(), in.gcount());
      left -= static_cast<std::uint64_t>(in.gcount());
    }
    if (left != 0) throw failure(dms_unavailable, "The file \"" + file.filename().string() + "\" cannot be read.");
    const std::array<char, block> fill{};
    out_.write(fill.data(), static_cast<std::streamsize>((block - size % block) % block));
  }
  std::ofstream out_;
};

/// A folder of this process that is gone afterwards, whatever happens.
class scratch_folder {
 public:
  explicit scratch_folder(const std::filesystem::path &in) : path_(in / (".backup-" + random_hex(6))) {
    std::filesystem::create_directories(path_);
  }
  scratch_folder(const scratch_folder &) = delete;
  scratch_folder &operator=(const scratch_folder &) = delete;
  ~scratch_folder() {
    std::error_code none;
    std::filesystem::remove_all(path_, none);
  }
  const std::filesystem::path &path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

void copy_database(const std::filesystem::path &from, const std::filesystem::path &to) {
  soci::session sql(soci::sqlite3, "dbname=\"" + from.string() + "\" timeout=10 readonly=true");
  const auto name = to.string();
  sql << "vacuum into :name", soci::use(name);
}

bool side_file(const std::filesystem::path &file) {
  const auto name = file.filename().string();
  return name.ends_with("-wal") || name.ends_with("-shm") || name.ends_with("-journal");
}

}  // namespace

void host::backup(const std::filesystem::path &to) {
  if (std::filesystem::exists(to)) throw failure(dms_refused, "The file \"" + to.string() + "\" is already there.");
  const scratch_folder scratch(how_.data_directory);
  const auto unfinished = scratch.path() / "backup.tar";
  tar_writer tar(unfinished);
  // The plugins first: what they refer to in the host was there before, so that it is in the later copy as well.
  const auto plugins = how_.data_directory / "plugins";
  if (std::filesystem::is_directory(plugins)) {
    for (const auto &item : std::filesystem::recursive_directory_iterator(plugins)) {
      if (!item.is_regular_file() || item.is_symlink() || side_file(item.path())) continue;
      const auto name = std::filesystem::relative(item.path(), how_.data_directory).string();
      auto file = item.path();
      if (file.extension() == ".db") {
        file = scratch.path() / "copy.db";
        copy_database(item.path(), file);
      }
      tar.add(file, name);
      if (file != item.path()) std::filesystem::remove(file);
    }
  }
  database_->backup_to(scratch.path() / "host.db");
  tar.add(scratch.path() / "host.db", "host.db");
  tar.finish();
  std::filesystem::permissions(unfinished, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::filesystem::copy_file(unfinished, to);
}

}  // namespace dms::reference
