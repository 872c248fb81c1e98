#include "reference_host/core/plugins/host_signature.hpp"

#include <sodium.h>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/encoding.hpp"

namespace dms::reference {

host_signature::host_signature(settings kept, std::string_view name) {
  static_assert(sizeof key_ == crypto_auth_KEYBYTES);
  const auto text = kept.made_once("host", name, crypto_auth_KEYBYTES);
  std::size_t bytes = 0;
  const bool read = sodium_hex2bin(key_.data(), key_.size(), text.data(), text.size(), nullptr, &bytes, nullptr) == 0;
  if (!read || bytes != key_.size()) throw failure(dms_failed, "A key that this host signs with is damaged.");
}

std::string host_signature::of(std::string_view text) const {
  std::array<unsigned char, crypto_auth_BYTES> made{};
  crypto_auth(made.data(), reinterpret_cast<const unsigned char *>(text.data()), text.size(), key_.data());
  return hex(made.data(), made.size());
}

}  // namespace dms::reference
