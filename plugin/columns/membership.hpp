// membership.hpp - "its value is one of these", answered on bit planes.
#pragma once

#include <vector>

#include "columns/lead_columns.hpp"

namespace lead_system::columns {

/// A decision by binary digits, highest first, with equal branches joined (a binary decision diagram): a single value
/// reads each plane once, a range about twice, whatever the number of leads.
class membership {
 public:
  /// `passes` by value; values that it does not reach do not occur.
  membership(column of, const std::vector<bool> &passes);

  bool nothing() const noexcept { return root_ == none; }
  bool everything() const noexcept { return root_ == all; }
  /// The leads of the block whose value passes; where there is no lead, anything.
  void of_block(const block &one, bits &result) const { decide(root_, one, result); }
  column of() const noexcept { return of_; }
  bool passes(std::uint32_t value) const { return value < passes_.size() && passes_[value]; }

 private:
  static constexpr int none = -1, all = -2, unused = -3;
  struct node {
    std::size_t digit;
    int low, high;
  };
  int build(std::size_t digits, std::size_t prefix);
  void decide(int which, const block &one, bits &result) const;

  column of_;
  std::vector<bool> passes_;
  std::vector<node> nodes_;
  int root_;
};

}  // namespace lead_system::columns
