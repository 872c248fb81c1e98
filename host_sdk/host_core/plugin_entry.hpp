// plugin_entry.hpp - what the manager knows of one plugin.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "host_core/contributor.hpp"
#include "host_core/plugin_manager.hpp"
#include "loader/loader.hpp"

namespace dms::host_core {

struct plugin_manager::entry {
  std::filesystem::path file;
  manifest running;  ///< what the instance was made of
  std::unique_ptr<contributor> given;
  std::unique_ptr<loaded_plugin> instance;  ///< while enabled
  plugin_status shown;
  std::chrono::steady_clock::time_point again_at{};  ///< while waiting
  std::chrono::seconds pause{0};
  std::uint64_t steps = 0;  ///< that its start reported
};

}  // namespace dms::host_core
