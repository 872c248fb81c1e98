#include "intake/packed_parts.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "intake/mail_text.hpp"

namespace lead_system::intake {
namespace {

constexpr std::string_view zip_begins = "PK\x03\x04", gzip_begins = "\x1F\x8B";

struct closes {
  void operator()(archive *one) const noexcept { ::archive_read_free(one); }
};
using open_archive = std::unique_ptr<archive, closes>;

open_archive open(std::string_view bytes) {
  open_archive result(::archive_read_new());
  if (!result) return result;
  if (bytes.starts_with(zip_begins)) {
    ::archive_read_support_format_zip(result.get());
  } else {
    ::archive_read_support_filter_gzip(result.get());
    ::archive_read_support_format_tar(result.get());
    ::archive_read_support_format_raw(result.get());
  }
  if (::archive_read_open_memory(result.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) result.reset();
  return result;
}

std::string file_name(archive_entry *entry) {
  const auto *name = ::archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = ::archive_entry_pathname(entry);
  const std::string_view whole = name == nullptr ? "" : name;
  return lower_ascii(whole.substr(whole.find_last_of("/\\") + 1));
}

/// "leads.xml.gz" → "leads.xml".
std::string without_ending(std::string_view name) {
  return std::string(name.substr(0, name.ends_with(".gz") ? name.size() - 3 : name.size()));
}

/// Appends the file's bytes to `into` while `left` lasts.
bool read_file(archive *from, std::size_t &left, std::string &into) {
  std::array<char, std::size_t{1} << 16U> piece{};
  for (;;) {
    const auto count = ::archive_read_data(from, piece.data(), piece.size());
    if (count == 0) return true;
    if (count < 0 || static_cast<std::size_t>(count) > left) return false;
    left -= static_cast<std::size_t>(count);
    into.append(piece.data(), static_cast<std::size_t>(count));
  }
}

constexpr int most_entries = 10'000;

bool ends_with_one_of(std::string_view name, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view one) { return name.ends_with(one); });
}

bool is_picture(std::string_view name) {
  return ends_with_one_of(name, {".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".tif", ".tiff", ".bmp"});
}

bool is_of_an_office(const mail_leaf &part) {
  return part.type.starts_with("application/vnd.openxmlformats") ||
         part.type.starts_with("application/vnd.oasis.opendocument") ||
         ends_with_one_of(part.name, {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"});
}

}  // namespace

unpacking unpack_part(const mail_leaf &packed, unpack_limits &left, std::vector<mail_leaf> &into) {
  const std::string_view bytes = packed.bytes;
  if (!bytes.starts_with(zip_begins) && !bytes.starts_with(gzip_begins)) return unpacking::not_packed;
  if (is_of_an_office(packed)) return unpacking::not_packed;
  const auto from = open(bytes);
  for (int entries = 0; from; ++entries) {
    archive_entry *entry = nullptr;
    const int answer = ::archive_read_next_header(from.get(), &entry);
    if (answer == ARCHIVE_EOF) return entries == 0 ? unpacking::broken : unpacking::done;
    if (answer != ARCHIVE_OK && answer != ARCHIVE_WARN) return unpacking::broken;
    if (::archive_entry_is_encrypted(entry) != 0) return unpacking::locked;
    if (entries >= most_entries) return unpacking::broken;
    if (::archive_entry_filetype(entry) == AE_IFDIR) continue;
    // Stepped over by its length; without one it would have to be unpacked to find its end.
    if (is_picture(file_name(entry)) && ::archive_entry_size_is_set(entry) != 0) continue;
    if (--left.files < 0) return unpacking::broken;
    mail_leaf file;
    file.type = "application/octet-stream";
    const bool alone = ::archive_format(from.get()) == ARCHIVE_FORMAT_RAW;
    file.name = alone ? without_ending(packed.name) : file_name(entry);
    const bool whole = read_file(from.get(), left.bytes, file.bytes);
    if (!whole) return unpacking::broken;
    into.push_back(std::move(file));
  }
  return unpacking::broken;
}

}  // namespace lead_system::intake
