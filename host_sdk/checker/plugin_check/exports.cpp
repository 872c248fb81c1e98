#include "checker/plugin_check/exports.hpp"

#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>

#include "dms/cpp/basics.hpp"

namespace dms::checking {
namespace {

/// The part of `file` at an offset, as a struct; throws where it reaches over the end.
template <typename Struct>
Struct at(const std::string &file, std::uint64_t offset) {
  if (offset > file.size() || file.size() - offset < sizeof(Struct)) throw failure(dms_invalid, "The file is cut off.");
  Struct read;
  std::memcpy(&read, file.data() + offset, sizeof read);
  return read;
}

}  // namespace

std::vector<std::string> exported_symbols(const std::filesystem::path &library) {
  std::ifstream in(library, std::ios::binary);
  const std::string file{std::istreambuf_iterator<char>(in), {}};
  const auto head = at<Elf64_Ehdr>(file, 0);
  if (std::memcmp(head.e_ident, ELFMAG, SELFMAG) != 0 || head.e_ident[EI_CLASS] != ELFCLASS64) {
    throw failure(dms_invalid, "The library is no 64-bit ELF file.");
  }
  const auto section = [&](std::uint64_t number) {
    return at<Elf64_Shdr>(file, head.e_shoff + number * sizeof(Elf64_Shdr));
  };
  std::vector<std::string> found;
  for (std::uint64_t number = 0; number < head.e_shnum; ++number) {
    const auto table = section(number);
    if (table.sh_type != SHT_DYNSYM) continue;
    const auto names = section(table.sh_link);
    for (std::uint64_t offset = 0; offset + sizeof(Elf64_Sym) <= table.sh_size; offset += sizeof(Elf64_Sym)) {
      const auto symbol = at<Elf64_Sym>(file, table.sh_offset + offset);
      const auto binding = ELF64_ST_BIND(symbol.st_info), seen = ELF64_ST_VISIBILITY(symbol.st_other);
      const bool ours = symbol.st_shndx != SHN_UNDEF && symbol.st_shndx != SHN_ABS && binding != STB_LOCAL;
      if (!ours || seen == STV_HIDDEN || seen == STV_INTERNAL) continue;
      const auto begin = names.sh_offset + symbol.st_name;
      if (begin < file.size()) found.emplace_back(file.c_str() + begin);
    }
  }
  return found;
}

}  // namespace dms::checking
