// name_order.hpp - all leads in the order of their names, then ids.
#pragma once

#include <absl/container/btree_set.h>

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

/// Not synchronised: its owner is. A B-tree of 4 bytes a lead: a new name moves few others, and a page is read on from
/// any place in both directions.
class name_order {
 public:
  explicit name_order(const lead_columns &leads) : leads_(leads) {}
  name_order(const name_order &) = delete;
  name_order &operator=(const name_order &) = delete;
  ~name_order() = default;
  /// Everything anew.
  void build();
  /// Before a lead changes, where the columns know it, and after it has.
  void take_out(std::int64_t id);
  void put_in(std::int64_t id) { order_.insert(handle_of(id)); }

  const std::vector<const block *> &blocks() const noexcept { return blocks_; }
  /// Calls `visit` with the block's place in blocks() and the lead's in the block, for each lead behind `from` (from
  /// the first on where null), until it says false.
  template <typename Visit>
  void walk(const name_place *from, bool down, Visit &&visit) const;

 private:
  /// A lead as its block's number in blocks_ and the place in it.
  using handle = std::uint32_t;
  name_place place(handle one) const noexcept;
  name_place place(const name_place &itself) const noexcept { return itself; }
  handle handle_of(std::int64_t id);

  struct by_place {
    using is_transparent = void;
    const name_order *of;
    template <typename Left, typename Right>
    bool operator()(const Left &left, const Right &right) const noexcept {
      return of->place(left) < of->place(right);
    }
  };

  const lead_columns &leads_;
  std::vector<const block *> blocks_;
  absl::btree_set<handle, by_place> order_{by_place{this}};
};

template <typename Visit>
void name_order::walk(const name_place *from, bool down, Visit &&visit) const {
  const auto on = [&](handle one) { return visit(one / block_leads, one % block_leads); };
  if (down) {
    auto at = from == nullptr ? order_.end() : order_.lower_bound(*from);
    while (at != order_.begin()) {
      if (!on(*--at)) return;
    }
  } else {
    for (auto at = from == nullptr ? order_.begin() : order_.upper_bound(*from); at != order_.end(); ++at) {
      if (!on(*at)) return;
    }
  }
}

}  // namespace lead_system::columns
