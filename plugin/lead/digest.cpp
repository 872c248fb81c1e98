#include "lead/digest.hpp"

#include <stdexcept>

namespace lead_system {

namespace {

void check(int done) {
  if (done != 1) throw std::runtime_error("The cryptographic library cannot work out a SHA-256.");
}

}  // namespace

sha256::sha256() : state_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
  check(EVP_DigestInit_ex(state_.get(), EVP_sha256(), nullptr));
}

void sha256::add(std::string_view more) {
  check(EVP_DigestUpdate(state_.get(), more.data(), more.size()));
}

sha256::bytes sha256::result() {
  bytes digest{};
  check(EVP_DigestFinal_ex(state_.get(), digest.data(), nullptr));
  return digest;
}

sha256::bytes sha256::of(std::string_view whole) {
  sha256 digest;
  digest.add(whole);
  return digest.result();
}

std::string hex(const sha256::bytes &digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  result.reserve(2 * digest.size());
  for (const auto byte : digest) {
    result += digits[byte >> 4U];
    result += digits[byte & 0xFU];
  }
  return result;
}

}  // namespace lead_system
