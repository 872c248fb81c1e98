#include "host_core/random_hex.hpp"

#include <sodium.h>

#include <vector>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/digest.hpp"

namespace dms::host_core {

std::string random_hex(std::size_t bytes) {
  if (sodium_init() < 0) throw failure(dms_failed, "The cryptography library cannot be started.");
  std::vector<unsigned char> buffer(bytes);
  randombytes_buf(buffer.data(), buffer.size());
  return hex(buffer.data(), buffer.size());
}

}  // namespace dms::host_core
