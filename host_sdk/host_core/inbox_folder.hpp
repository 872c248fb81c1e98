// inbox_folder.hpp - inbox/{source}/ and what the host keeps in it. The folder itself may be another account's, who
// puts payloads there; .work/, done/ and quarantine/ are the host's. Whoever owns the outer folder can rename those
// away and put links or folders of his own in their place, so they are opened once, without following links, and looked
// at.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "host_core/opened.hpp"

namespace dms::host_core {

/// What the reasons stand in, beside a payload that was set aside.
constexpr const char *reason_suffix = ".reason.txt";

class inbox_folder {
 public:
  enum class part { itself, delivered, work, done, quarantine };

  /// Makes the host's folders where they are missing. Throws failure(dms_unavailable) with a sentence where one is a
  /// link, or somebody else's.
  explicit inbox_folder(std::filesystem::path path);

  /// False for `delivered` (a maildir's new/) where it is none.
  const opened &in(part which) const noexcept { return parts_[static_cast<std::size_t>(which)]; }
  /// As people see it, and as whatever is kept about a file is called.
  std::filesystem::path path_of(part which, const std::string &name) const;
  /// Plain files by their kind; which links they have is seen when one is opened.
  std::vector<std::string> files_in(part which) const;

 private:
  std::filesystem::path path_;
  std::array<opened, 5> parts_;
};

/// "done"; empty for the folder itself.
std::string_view name_of(inbox_folder::part which) noexcept;

}  // namespace dms::host_core
