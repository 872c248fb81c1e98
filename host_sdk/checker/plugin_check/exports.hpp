// exports.hpp - what a library exports, read from its ELF file: nothing of it is run.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dms::checking {

/// Names of the defined symbols that other libraries may use. Throws dms::failure for what is no 64-bit ELF library.
std::vector<std::string> exported_symbols(const std::filesystem::path &library);

}  // namespace dms::checking
