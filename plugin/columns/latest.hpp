// latest.hpp - answers that take long the first time, kept for what was asked last and brought up to date block by
// block: who turns a page, sorts or looks again asks for the same, and in between few leads change.
#pragma once

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "columns/lead_columns.hpp"

namespace lead_system::columns {

/// What was found in each block, in the order of ids. A Piece names its block (`first_id`) and how that stood
/// (`version`).
template <typename Piece>
using pieces = std::vector<std::shared_ptr<const Piece>>;

/// For the columns as they are now: the pieces of `before` (null: none) whose blocks stand as they did, if they still
/// `hold`; the others as `find` makes them of their blocks.
template <typename Piece, typename Holds, typename Find>
pieces<Piece> renew(const lead_columns &leads, const pieces<Piece> *before, Holds &&hold, Find &&find) {
  pieces<Piece> result;
  result.reserve(leads.blocks().size());
  static const pieces<Piece> none;
  const auto &old = before == nullptr ? none : *before;
  auto known = old.begin();
  for (const auto &[number, one] : leads.blocks()) {
    while (known != old.end() && (*known)->first_id < one->first_id) ++known;
    const bool same =
        known != old.end() && (*known)->first_id == one->first_id && (*known)->version == one->version && hold(**known);
    result.push_back(same ? *known : std::make_shared<const Piece>(find(*one)));
  }
  return result;
}

/// The answers to the last few keys.
template <typename Key, typename Answer>
class latest {
 public:
  explicit latest(std::size_t most) : most_(most) {}

  /// [any] What `renew` makes of the answer before (null: there was none); kept for the next time. Several threads may
  /// make the same one at once.
  template <typename Renew>
  std::shared_ptr<const Answer> of(const Key &key, Renew &&renew) {
    const auto place = [&] {
      return std::find_if(kept_.begin(), kept_.end(), [&](const auto &each) { return each.first == key; });
    };
    std::shared_ptr<const Answer> before;
    {
      const std::lock_guard lock(mutex_);
      if (const auto known = place(); known != kept_.end()) before = known->second;
    }
    auto now = std::make_shared<const Answer>(renew(before.get()));
    const std::lock_guard lock(mutex_);
    if (const auto known = place(); known != kept_.end()) kept_.erase(known);
    if (kept_.size() >= most_) kept_.erase(kept_.begin());
    kept_.emplace_back(key, now);
    return now;
  }

  /// [any]
  void clear() {
    const std::lock_guard lock(mutex_);
    kept_.clear();
  }

 private:
  std::size_t most_;
  std::mutex mutex_;
  std::vector<std::pair<Key, std::shared_ptr<const Answer>>> kept_;  ///< the latest last
};

}  // namespace lead_system::columns
