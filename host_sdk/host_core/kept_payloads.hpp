// kept_payloads.hpp - the files that were taken in: inbox/SOURCE/done/ and quarantine/. They hold personal data, so
// they go when their person is erased, and by their age.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace dms::host_core {

/// What a payload was: the source, and the digest (SHA-256, hexadecimal) and length of its bytes.
struct payload_file {
  std::string source, sha256;
  std::int64_t bytes = 0;
};

/// The plugins archive what they take in; what could not be taken in is looked at within this time, or sent again.
constexpr std::chrono::days kept_payloads_for{90};

class kept_payloads {
 public:
  explicit kept_payloads(std::filesystem::path inbox) : inbox_(std::move(inbox)) {}

  /// Removes the files with these bytes, and the reasons beside them; returns how many payloads' files there were.
  /// Links are never followed. Throws failure(dms_unavailable) where one cannot be removed.
  int forget(const std::vector<payload_file> &which) const;
  /// Removes what was put there before; returns how many. What cannot be removed stays for the next time.
  int drop_before(std::int64_t at_us) const;

 private:
  std::filesystem::path inbox_;
};

}  // namespace dms::host_core
