// plugin_signature.hpp - who made a plugin: a signature over its manifest, which names the digest of its library. Asked
// for where an administrator named the makers whose plugins may run.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace dms::host_core {

/// Setting of the host: public keys (Ed25519) in hexadecimal, parted by blanks; none: every plugin may run.
inline constexpr auto trusted_makers = "plugin.makers";

/// The key that a file holds: 64 hexadecimal digits. Throws failure(dms_invalid).
std::string maker_key_in(const std::filesystem::path &file);
/// Throws failure(dms_refused) where MANIFEST.sig beside the manifest, 128 hexadecimal digits, is of none of the
/// makers.
void check_signature(const std::filesystem::path &manifest, std::string_view makers);

}  // namespace dms::host_core
