// name_order.hpp - all leads in the order of their names, then ids.
#pragma once

#include <algorithm>
#include <compare>
#include <tuple>
#include <vector>

#include "columns/lead_columns.hpp"

namespace lead_system::columns {

/// A name with an id: where a lead stands, or a page ends.
struct name_place {
  std::string_view family, given;
  std::int64_t id = 0;
  bool operator==(const name_place &) const noexcept = default;
  auto operator<=>(const name_place &other) const noexcept {
    return std::tie(family, given, id) <=> std::tie(other.family, other.given, other.id);
  }
};
name_place place_of(const block &one, std::size_t at, const lead_columns &leads) noexcept;

/// Not synchronised: its owner is. 4 bytes a lead, in runs, so that a new name moves few others.
class name_order {
 public:
  explicit name_order(const lead_columns &leads) : leads_(leads) {}
  /// Everything anew.
  void build();
  /// Before a lead changes, where the columns know it, and after it has.
  void take_out(std::int64_t id);
  void put_in(std::int64_t id);

  const std::vector<const block *> &blocks() const noexcept { return blocks_; }
  /// Calls `visit` with the block's place in blocks() and the lead's in the block, for each lead behind `from` (from
  /// the first on where null), until it says false.
  template <typename Visit>
  void walk(const name_place *from, bool down, Visit &&visit) const;

 private:
  /// A lead as its block's number in blocks_ and the place in it.
  using handle = std::uint32_t;
  static constexpr std::size_t longest_run = 2048;
  name_place place(handle one) const noexcept;
  handle handle_of(std::int64_t id);
  std::size_t run_of(const name_place &wanted) const;

  const lead_columns &leads_;
  std::vector<const block *> blocks_;
  std::vector<std::vector<handle>> runs_;  ///< none is empty
};

template <typename Visit>
void name_order::walk(const name_place *from, bool down, Visit &&visit) const {
  if (runs_.empty()) return;
  const auto on = [&](handle one) { return visit(one / block_leads, one % block_leads); };
  auto run = from == nullptr ? (down ? runs_.size() - 1 : 0) : run_of(*from);
  bool first = from != nullptr;
  for (;; run += down ? -1 : 1) {
    const auto &all = runs_[run];
    if (down) {
      auto end = all.end();
      if (first) {
        end = std::lower_bound(all.begin(), all.end(), *from,
                               [&](handle one, const name_place &wanted) { return place(one) < wanted; });
      }
      while (end != all.begin()) {
        if (!on(*--end)) return;
      }
      if (run == 0) return;
    } else {
      auto begin = all.begin();
      if (first) {
        begin = std::upper_bound(all.begin(), all.end(), *from,
                                 [&](const name_place &wanted, handle one) { return wanted < place(one); });
      }
      for (; begin != all.end(); ++begin) {
        if (!on(*begin)) return;
      }
      if (run + 1 == runs_.size()) return;
    }
    first = false;
  }
}

}  // namespace lead_system::columns
