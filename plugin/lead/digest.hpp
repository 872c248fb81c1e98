// digest.hpp - SHA-256, by which payloads and contents are known again.
#pragma once

#include <openssl/evp.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace lead_system {

/// Takes bytes as they come. OpenSSL uses the processor's own instruction for it where there is one.
class sha256 {
 public:
  using bytes = std::array<unsigned char, 32>;

  sha256();
  void add(std::string_view more);
  /// Of all that was added, after which nothing more may be.
  bytes result();

  static bytes of(std::string_view whole);

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state_;
};

/// In small letters.
std::string hex(const sha256::bytes &digest);
inline std::string sha256_hex(std::string_view whole) {
  return hex(sha256::of(whole));
}

}  // namespace lead_system
