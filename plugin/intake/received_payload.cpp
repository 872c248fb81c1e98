#include "intake/received_payload.hpp"

#include <sodium.h>

namespace lead_system::intake {

received_payload receive(const dms::call &who, const dms::input &payload, std::size_t cut_above, std::size_t limit,
                         const std::filesystem::path &directory, const std::function<void(std::uint64_t)> &progress) {
  received_payload result;
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::string buffer(std::size_t{64} << 10U, '\0');
  while (const auto count = payload.read(buffer.data(), buffer.size())) {
    if (who.cancelled()) throw dms::failure(dms_cancelled, "The import was cancelled. Nothing was stored.");
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char *>(buffer.data()), count);
    result.size += count;
    const std::string_view bytes(buffer.data(), count);
    if (!result.on_disk && cut_above > 0 && result.size > cut_above) {
      result.on_disk = std::make_unique<spool>(directory);
      result.on_disk->write(result.bytes);
      std::string().swap(result.bytes);
    }
    if (result.on_disk) {
      result.on_disk->write(bytes);
    } else if (result.size > limit) {
      result.too_large = true;
      std::string().swap(result.bytes);
    } else {
      result.bytes += bytes;
    }
    if (progress) progress(result.size);
  }
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_final(&state, digest);
  char hex[sizeof digest * 2 + 1];
  result.digest = sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
  return result;
}

}  // namespace lead_system::intake
