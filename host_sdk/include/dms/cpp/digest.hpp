// digest.hpp - SHA-256 of what comes in pieces. Needs libsodium.
#pragma once

#include <array>

#include "encoding.hpp"

namespace dms {

class sha256_sum {
 public:
  sha256_sum() { crypto_hash_sha256_init(&state_); }
  void add(const void *bytes, std::size_t count) {
    crypto_hash_sha256_update(&state_, static_cast<const unsigned char *>(bytes), count);
  }
  /// Of all that was added, in hexadecimal; nothing is added after it.
  std::string hex() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state_, digest.data());
    return dms::hex(digest.data(), digest.size());
  }

 private:
  crypto_hash_sha256_state state_{};
};

}  // namespace dms
