// checks.hpp - what a plugin has to keep to, one check each. A check runs in a process of its own: a plugin that
// crashes fails that check alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "loader/manifest.hpp"

namespace dms::checking {

/// What is checked: the plugin, and a folder of the check's own.
struct subject {
  const manifest &plugin;
  std::filesystem::path folder;
  std::uint64_t seed = 0;  ///< of what goes by a die
};

struct check {
  std::string name, promise;
  /// Throws what is not so, as a sentence.
  std::function<void(const subject &)> body;
};

/// All checks of a plugin; some stand once for each of its optional or required services.
std::vector<check> checks_of(const manifest &plugin);

/// How a check ended; `trouble` is empty where the promise is kept.
struct outcome {
  std::string name, promise, trouble;
  double seconds = 0;
};

/// Runs it in a child process, which is ended after `limit_s` seconds.
outcome carry_out(const check &one, const manifest &plugin, int limit_s, std::uint64_t seed);

}  // namespace dms::checking
