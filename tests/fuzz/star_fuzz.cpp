#include "reading.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
  return fuzz::read("star", bytes, size);
}
