#include "reference_host/core/data/tar.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <vector>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/digest.hpp"

namespace dms::reference {
namespace {

constexpr std::size_t piece = std::size_t{1} << 16U, block = 512;
constexpr int most_entries = 1'000'000;

/// libarchive translates names between UTF-8 and the thread's locale, which may know no such letters.
class utf8_names {
 public:
  utf8_names() : own_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (own_ != nullptr) before_ = ::uselocale(own_);
  }
  utf8_names(const utf8_names &) = delete;
  utf8_names &operator=(const utf8_names &) = delete;
  ~utf8_names() {
    if (own_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(own_);
  }

 private:
  locale_t own_, before_ = nullptr;
};

struct entry_closer {
  void operator()(archive_entry *one) const noexcept { ::archive_entry_free(one); }
};

[[noreturn]] void damaged() {
  throw failure(dms_failed, "The backup file is damaged or cut off. Take another copy of it.");
}

[[noreturn]] void no_tar() {
  throw failure(dms_failed, "This is not a backup of this program: it is not a tar file.");
}

}  // namespace

void archive_closer::operator()(::archive *one) const noexcept {
  ::archive_free(one);
}

tar_writer::tar_writer(const std::filesystem::path &file) : out_(::archive_write_new()) {
  // What plain ustar cannot hold (long names, files of 8 GiB and more) stands in a pax header.
  check(::archive_write_set_format_pax_restricted(out_.get()));
  check(::archive_write_set_bytes_in_last_block(out_.get(), 1));
  check(::archive_write_open_filename(out_.get(), file.c_str()));
}

void tar_writer::check(int answer) {
  if (answer != ARCHIVE_OK) throw failure(dms_unavailable, "The backup file cannot be written: is the disk full?");
}

void tar_writer::begin(const std::string &name, std::uint64_t size) {
  const utf8_names names;
  const std::unique_ptr<archive_entry, entry_closer> entry(::archive_entry_new());
  ::archive_entry_set_pathname(entry.get(), name.c_str());
  ::archive_entry_set_filetype(entry.get(), AE_IFREG);
  ::archive_entry_set_perm(entry.get(), S_IRUSR | S_IWUSR);
  ::archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
  ::archive_entry_set_mtime(entry.get(), 0, 0);
  check(::archive_write_header(out_.get(), entry.get()));
}

void tar_writer::put(const char *bytes, std::size_t count) {
  check(::archive_write_data(out_.get(), bytes, count) == static_cast<la_ssize_t>(count) ? ARCHIVE_OK : ARCHIVE_FATAL);
}

std::string tar_writer::add(const std::filesystem::path &file, const std::string &name) {
  const auto size = std::filesystem::file_size(file);
  begin(name, size);
  std::ifstream in(file, std::ios::binary);
  std::vector<char> buffer(piece);
  sha256_sum digest;
  std::uint64_t left = size;
  while (left > 0 && in) {
    in.read(buffer.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(left, buffer.size())));
    const auto count = static_cast<std::size_t>(in.gcount());
    digest.add(buffer.data(), count);
    put(buffer.data(), count);
    left -= count;
  }
  if (left != 0) throw failure(dms_unavailable, "The file \"" + file.filename().string() + "\" cannot be read.");
  return digest.hex();
}

void tar_writer::add_text(std::string_view text, const std::string &name) {
  begin(name, text.size());
  put(text.data(), text.size());
}

void tar_writer::finish() {
  check(::archive_write_close(out_.get()));
}

tar_reader::tar_reader(const std::filesystem::path &file)
    : file_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  struct stat about {};
  if (!file_ || ::fstat(file_.get(), &about) != 0 || !S_ISREG(about.st_mode)) {
    throw failure(dms_not_found, "The file \"" + file.string() + "\" cannot be read.");
  }
  start();
}

void tar_reader::start() {
  in_.reset(::archive_read_new());
  entries_ = 0;
  ::archive_read_support_format_tar(in_.get());
  if (::lseek(file_.get(), 0, SEEK_SET) != 0) damaged();
  if (::archive_read_open_fd(in_.get(), file_.get(), piece) != ARCHIVE_OK) no_tar();
}

/// libarchive is content where a file ends in the middle of nothing; two blocks of zeros say that it was meant to.
void tar_reader::check_end() const {
  struct stat about {};
  const auto read = ::archive_filter_bytes(in_.get(), 0);
  if (::fstat(file_.get(), &about) != 0 || about.st_size % static_cast<off_t>(block) != 0) damaged();
  std::array<char, piece> bytes;
  for (off_t at = std::min<off_t>(read, about.st_size - 2 * static_cast<off_t>(block)); at < about.st_size;) {
    const auto count = at < 0 ? -1 : ::pread(file_.get(), bytes.data(), bytes.size(), at);
    if (count <= 0 || std::any_of(bytes.data(), bytes.data() + count, [](char c) { return c != '\0'; })) damaged();
    at += count;
  }
}

std::optional<tar_entry> tar_reader::next() {
  const utf8_names names;
  archive_entry *found = nullptr;
  const int answer = ::archive_read_next_header(in_.get(), &found);
  if (answer == ARCHIVE_EOF && entries_ > 0) {
    check_end();
    return std::nullopt;
  }
  if (answer != ARCHIVE_OK && entries_ == 0) no_tar();
  const char *name = answer == ARCHIVE_OK ? ::archive_entry_pathname(found) : nullptr;
  if (name == nullptr || *name == '\0' || ++entries_ > most_entries) damaged();
  const bool plain = ::archive_entry_filetype(found) == AE_IFREG && ::archive_entry_hardlink(found) == nullptr &&
                     ::archive_entry_symlink(found) == nullptr && ::archive_entry_sparse_count(found) == 0 &&
                     ::archive_entry_size_is_set(found) != 0 && ::archive_entry_size(found) >= 0;
  if (!plain) {
    throw failure(dms_failed,
                  "This is not a backup of this program: \"" + std::string(name) + "\" is not a plain file.");
  }
  size_ = static_cast<std::uint64_t>(::archive_entry_size(found));
  return tar_entry{name, size_};
}

std::size_t tar_reader::read(char *buffer, std::size_t capacity) {
  const auto count = ::archive_read_data(in_.get(), buffer, capacity);
  if (count < 0) damaged();
  return static_cast<std::size_t>(count);
}

std::string tar_reader::read_all(std::size_t largest) {
  if (size_ > largest) damaged();
  std::string text(static_cast<std::size_t>(size_), '\0');
  std::size_t got = 0;
  for (std::size_t count = 1; got < text.size() && count > 0; got += count) {
    count = read(text.data() + got, text.size() - got);
  }
  if (got != text.size()) damaged();
  return text;
}

}  // namespace dms::reference
