// received_payload.hpp - the bytes of one payload as they came: in memory, or on disk where they are more than that.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "dms/cpp/contributions.hpp"
#include "intake/reader.hpp"
#include "intake/spool.hpp"

namespace lead_system::intake {

struct received_payload {
  std::string bytes;               ///< where they fit
  std::unique_ptr<spool> on_disk;  ///< where they do not, and the source's payloads can be cut
  std::string digest;              ///< SHA-256 of all of them, hex
  std::uint64_t size = 0;
  bool too_large = false;  ///< over the limit: only digest and size are kept
};

/// Reads to the end. `cut_above`: payloads of more bytes go to a file in `directory`; 0: none does. Throws
/// dms_cancelled, dms_unavailable when the disk is full.
received_payload receive(const dms::call &who, const dms::input &payload, std::size_t cut_above, std::size_t limit,
                         const std::filesystem::path &directory, const std::function<void(std::uint64_t)> &progress);

}  // namespace lead_system::intake
