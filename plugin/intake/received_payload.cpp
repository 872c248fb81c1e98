#include "intake/received_payload.hpp"

#include "lead/digest.hpp"

namespace lead_system::intake {

received_payload receive(const dms::call &who, const dms::input &payload, std::size_t cut_above, std::size_t limit,
                         const std::filesystem::path &directory, const std::function<void(std::uint64_t)> &progress) {
  received_payload result;
  sha256 digest;
  std::string buffer(std::size_t{64} << 10U, '\0');
  while (const auto count = payload.read(buffer.data(), buffer.size())) {
    if (who.cancelled()) throw dms::failure(dms_cancelled, "The import was cancelled. Nothing was stored.");
    const std::string_view bytes(buffer.data(), count);
    digest.add(bytes);
    result.size += count;
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
  result.digest = hex(digest.result());
  return result;
}

}  // namespace lead_system::intake
