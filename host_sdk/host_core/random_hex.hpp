// random_hex.hpp - names and tokens that nobody can guess.
#pragma once

#include <cstddef>
#include <string>

namespace dms::host_core {

/// `bytes` random bytes as hex.
std::string random_hex(std::size_t bytes);

}  // namespace dms::host_core
