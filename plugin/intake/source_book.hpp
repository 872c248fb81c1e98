// source_book.hpp - the definitions of this installation as they are now: shipped ones, files of the data directory,
// and above them those that admins made on the screen (plugin/intake/README.md "Definitions of one's own").
#pragma once

#include <atomic>
#include <mutex>

#include "intake/known_sources.hpp"
#include "intake/sources.hpp"
#include "store/definition_rows.hpp"

namespace lead_system::intake {

/// [any]
class source_book {
 public:
  /// Both outlive it. Knows the shipped definitions and the files until look() is called.
  source_book(const sources &shipped, store::definition_rows &rows);
  source_book(const source_book &) = delete;
  source_book &operator=(const source_book &) = delete;
  ~source_book() = default;

  /// Takes over what was changed since, here or by another host: one small question, and more only where something was.
  /// Throws store::store_unavailable; then all is as it was.
  void look();

  known_sources::snapshot now() const;
  /// A handle on now().
  known_sources known() const {
    return known_sources([this] { return now(); });
  }
  /// Ids of own definitions whose active version cannot be used by this plugin: their sources are closed.
  std::vector<std::string> unusable() const;
  /// Definitions as they are without the own ones, with their texts.
  const sources &shipped() const noexcept { return shipped_; }

 private:
  struct state {
    std::int64_t revision = -1;
    definitions all;
    std::vector<std::string> unusable;
  };
  std::shared_ptr<const state> built(std::int64_t revision) const;
  void put(const store::own_definition &one, state &into) const;

  const sources &shipped_;
  store::definition_rows &rows_;
  mutable std::mutex mutex_;
  std::shared_ptr<const state> state_;
};

}  // namespace lead_system::intake
