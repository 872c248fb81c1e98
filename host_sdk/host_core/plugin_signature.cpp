#include "host_core/plugin_signature.hpp"

#include <sodium.h>

#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "dms/cpp/basics.hpp"

namespace dms::host_core {
namespace {

using signature_bytes = std::array<unsigned char, crypto_sign_BYTES>;
using maker_bytes = std::array<unsigned char, crypto_sign_PUBLICKEYBYTES>;

/// The bytes that the hexadecimal digits say, where they are as many as wanted.
template <typename Bytes>
std::optional<Bytes> bytes_of(std::string_view digits) {
  Bytes bytes{};
  std::size_t count = 0;
  const char *end = nullptr;
  if (sodium_hex2bin(bytes.data(), bytes.size(), digits.data(), digits.size(), nullptr, &count, &end) != 0) return {};
  if (count != bytes.size() || end != digits.data() + digits.size()) return {};
  return bytes;
}

std::string first_word(const std::filesystem::path &file) {
  std::ifstream from(file);
  std::string word;
  from >> word;
  return word;
}

}  // namespace

std::string maker_key_in(const std::filesystem::path &file) {
  auto key = first_word(file);
  if (!bytes_of<maker_bytes>(key)) {
    throw failure(dms_invalid, "The file \"" + file.string() + "\" holds no public key: 64 hexadecimal digits.");
  }
  return key;
}

void check_signature(const std::filesystem::path &manifest, std::string_view makers) {
  std::istringstream keys{std::string(makers)};
  std::ifstream from(manifest, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(from)), {});
  const auto signature = bytes_of<signature_bytes>(first_word(std::filesystem::path(manifest).concat(".sig")));
  for (std::string key; signature && keys >> key;) {
    const auto maker = bytes_of<maker_bytes>(key);
    if (maker && crypto_sign_verify_detached(signature->data(), reinterpret_cast<const unsigned char *>(text.data()),
                                             text.size(), maker->data()) == 0) {
      return;
    }
  }
  throw failure(dms_refused,
                "The manifest \"" + manifest.string() +
                    "\" is signed by none of the makers that this host trusts; get it from one of them, or "
                    "name its maker with \"plugin trust\".");
}

}  // namespace dms::host_core
