// What a plugin says about itself, before anything of it is trusted.
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "dms/cpp/basics.hpp"
#include "loader/manifest.hpp"
#include "reading.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
  static const auto file =
      std::filesystem::temp_directory_path() / ("manifest_fuzz_" + std::to_string(::getpid()) + ".info");
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char *>(bytes), static_cast<std::streamsize>(size));
  try {
    const auto read = dms::read_manifest(file);
    fuzz::require(read.library.parent_path() == read.file.parent_path());
    fuzz::require(!read.id.empty() && read.id.find('/') == std::string::npos);
  } catch (const dms::failure &) {
    // The answer to a bad manifest.
  }
  return 0;
}
