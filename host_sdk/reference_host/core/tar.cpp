#include "reference_host/core/tar.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <vector>

#include "dms/cpp/basics.hpp"

namespace dms::reference {
namespace {

constexpr std::size_t block = 512, name_bytes = 100, size_at = 124, sum_at = 148, kind_at = 156, magic_at = 257;
constexpr std::uint64_t largest_octal = 077777777777ULL;  ///< what eleven octal digits hold: 8 GiB
constexpr std::size_t largest_pax = 65536;
using block_bytes = std::array<char, block>;

std::string octal(std::uint64_t value, int digits) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%0*llo", digits, static_cast<unsigned long long>(value));
  return text.data();
}

/// The sum of a header, its own field counted as blanks.
unsigned sum_of(block_bytes head) {
  std::fill_n(head.begin() + sum_at, 8, ' ');
  unsigned sum = 0;
  for (const char c : head) sum += static_cast<unsigned char>(c);
  return sum;
}

std::uint64_t fill_of(std::uint64_t size) {
  return (block - size % block) % block;
}

/// "27 path=…\n": the length counts itself.
std::string pax_record(const std::string &key, const std::string &value) {
  const auto rest = " " + key + "=" + value + "\n";
  auto length = rest.size();
  while (length != rest.size() + std::to_string(length).size()) length = rest.size() + std::to_string(length).size();
  return std::to_string(length) + rest;
}

[[noreturn]] void damaged() {
  throw failure(dms_failed, "The backup file is damaged or cut off. Take another copy of it.");
}

std::uint64_t number_in(std::string_view text, int base) {
  while (!text.empty() && (text.back() == '\0' || text.back() == ' ')) text.remove_suffix(1);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc{} || end != text.data() + text.size()) damaged();
  return number;
}

struct pax_values {
  std::optional<std::string> path;
  std::optional<std::uint64_t> size;
};

pax_values read_pax(std::string_view text) {
  pax_values found;
  while (!text.empty()) {
    const auto blank = text.find(' ');
    if (blank == std::string_view::npos) damaged();
    const auto length = number_in(text.substr(0, blank), 10);
    if (length <= blank + 1 || length > text.size() || text[length - 1] != '\n') damaged();
    const auto record = text.substr(blank + 1, length - blank - 2);
    const auto sign = record.find('=');
    if (sign == std::string_view::npos) damaged();
    if (record.substr(0, sign) == "path") found.path = std::string(record.substr(sign + 1));
    if (record.substr(0, sign) == "size") found.size = number_in(record.substr(sign + 1), 10);
    text.remove_prefix(length);
  }
  return found;
}

}  // namespace

tar_writer::tar_writer(const std::filesystem::path &file) : out_(file, std::ios::binary) {
  put(nullptr, 0);
}

void tar_writer::put(const char *bytes, std::size_t count) {
  out_.write(bytes, static_cast<std::streamsize>(count));
  if (!out_) throw failure(dms_unavailable, "The backup file cannot be written: is the disk full?");
}

void tar_writer::header(const std::string &name, std::uint64_t size, char kind) {
  block_bytes head{};
  const auto set = [&](std::size_t at, const std::string &text) { text.copy(head.data() + at, text.size()); };
  set(0, name.substr(0, name_bytes - 1));
  set(100, "0000600");
  set(108, "0000000");
  set(116, "0000000");
  set(size_at, octal(std::min(size, largest_octal), 11));
  set(136, octal(0, 11));
  head[kind_at] = kind;
  set(magic_at, std::string("ustar\00000", 8));
  set(sum_at, octal(sum_of(head), 6) + std::string("\0 ", 2));
  put(head.data(), block);
}

void tar_writer::begin(const std::string &name, std::uint64_t size) {
  std::string pax;
  if (name.size() >= name_bytes) pax += pax_record("path", name);
  if (size > largest_octal) pax += pax_record("size", std::to_string(size));
  if (!pax.empty()) {
    header("pax", pax.size(), 'x');
    put(pax.data(), pax.size());
    fill(pax.size());
  }
  header(name, size, '0');
}

void tar_writer::fill(std::uint64_t size) {
  const block_bytes zeros{};
  put(zeros.data(), static_cast<std::size_t>(fill_of(size)));
}

std::string tar_writer::add(const std::filesystem::path &file, const std::string &name) {
  const auto size = std::filesystem::file_size(file);
  begin(name, size);
  std::ifstream in(file, std::ios::binary);
  std::vector<char> buffer(std::size_t{1} << 16U);
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::uint64_t left = size;
  while (left > 0 && in) {
    in.read(buffer.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(left, buffer.size())));
    const auto count = static_cast<std::size_t>(in.gcount());
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char *>(buffer.data()), count);
    put(buffer.data(), count);
    left -= count;
  }
  if (left != 0) throw failure(dms_unavailable, "The file \"" + file.filename().string() + "\" cannot be read.");
  fill(size);
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  std::string hex(2 * digest.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

void tar_writer::add_text(std::string_view text, const std::string &name) {
  begin(name, text.size());
  put(text.data(), text.size());
  fill(text.size());
}

void tar_writer::finish() {
  const block_bytes zeros{};
  put(zeros.data(), block);
  put(zeros.data(), block);
  out_.close();
  if (!out_) throw failure(dms_unavailable, "The backup file cannot be written: is the disk full?");
}

tar_reader::tar_reader(const std::filesystem::path &file) : in_(file, std::ios::binary) {
  if (!std::filesystem::is_regular_file(file) || !in_) {
    throw failure(dms_not_found, "The file \"" + file.string() + "\" cannot be read.");
  }
}

void tar_reader::take(char *buffer, std::size_t count) {
  in_.read(buffer, static_cast<std::streamsize>(count));
  if (static_cast<std::size_t>(in_.gcount()) != count) damaged();
}

void tar_reader::skip_rest() {
  std::array<char, 65536> nothing{};
  for (auto skip = left_ + fill_; skip > 0;) {
    const auto count = std::min<std::uint64_t>(skip, nothing.size());
    take(nothing.data(), static_cast<std::size_t>(count));
    skip -= count;
  }
  left_ = fill_ = 0;
}

std::optional<tar_entry> tar_reader::next() {
  pax_values longer;
  for (;;) {
    skip_rest();
    block_bytes head{};
    take(head.data(), block);
    const bool end = std::ranges::all_of(head, [](char c) { return c == '\0'; });
    if (end) {
      take(head.data(), block);
      if (std::ranges::any_of(head, [](char c) { return c != '\0'; }) || in_.peek() != EOF) damaged();
      return std::nullopt;
    }
    const std::string_view whole(head.data(), block);
    if (whole.substr(magic_at, 5) != "ustar") {
      throw failure(dms_failed, "This is not a backup of this program: it is not a tar file.");
    }
    if (number_in(whole.substr(sum_at, 6), 8) != sum_of(head)) damaged();
    tar_entry entry;
    entry.name = whole.substr(0, std::min(whole.find('\0'), name_bytes));
    entry.size = number_in(whole.substr(size_at, 12), 8);
    if (head[kind_at] == 'x') {
      left_ = entry.size;
      fill_ = fill_of(left_);
      longer = read_pax(read_all(largest_pax));
      continue;
    }
    if (head[kind_at] != '0') {
      throw failure(dms_failed, "This is not a backup of this program: \"" + entry.name + "\" is not a plain file.");
    }
    if (longer.path) entry.name = *longer.path;
    if (longer.size) entry.size = *longer.size;
    left_ = entry.size;
    fill_ = fill_of(left_);
    return entry;
  }
}

std::size_t tar_reader::read(char *buffer, std::size_t capacity) {
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(capacity, left_));
  take(buffer, count);
  left_ -= count;
  return count;
}

std::string tar_reader::read_all(std::size_t largest) {
  if (left_ > largest) damaged();
  std::string text(static_cast<std::size_t>(left_), '\0');
  read(text.data(), text.size());
  return text;
}

}  // namespace dms::reference
