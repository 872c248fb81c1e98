// known_sources.hpp - the definitions that hold now. They may change while the plugin runs: who works with one asks
// once, and goes on with what he got.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "intake/definition.hpp"

namespace lead_system::intake {

using definitions = std::map<std::string, definition>;  ///< by source id

/// A handle, cheap to copy. [any]
class known_sources {
 public:
  using snapshot = std::shared_ptr<const definitions>;

  /// Those of `fixed`, which outlives the handle.
  known_sources(const definitions &fixed)  // NOLINT(google-explicit-constructor): a map of them is all that most need
      : now_([&fixed] { return snapshot(std::shared_ptr<const void>(), &fixed); }) {}
  /// Those that `ask` answers with, never null.
  explicit known_sources(std::function<snapshot()> ask) : now_(std::move(ask)) {}

  /// Immutable; lives as long as it is held.
  snapshot now() const { return now_(); }

 private:
  std::function<snapshot()> now_;
};

}  // namespace lead_system::intake
