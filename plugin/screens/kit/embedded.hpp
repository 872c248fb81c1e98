// embedded.hpp - the files that travel inside the library: text catalogues, help pages and their pictures.
#pragma once

#include <span>
#include <string_view>

namespace lead_system::screens {

struct embedded_file {
  std::string_view name;  ///< "locale/de.mo", "help/de/overview.md", "help/pictures/overview_de.png"
  std::string_view bytes;
};

std::span<const embedded_file> embedded_files() noexcept;

/// The bytes of a file, or nothing.
inline std::string_view embedded(std::string_view name) noexcept {
  for (const auto &file : embedded_files()) {
    if (file.name == name) return file.bytes;
  }
  return {};
}

}  // namespace lead_system::screens
