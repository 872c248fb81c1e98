#include "columns/membership.hpp"

namespace lead_system::columns {

membership::membership(column of, const std::vector<bool> &passes) : of_(of), passes_(passes) {
  std::size_t digits = 0;
  while (std::size_t{1} << digits < passes_.size()) ++digits;
  root_ = build(digits, 0);
  if (root_ == unused) root_ = none;
}

int membership::build(std::size_t digits, std::size_t prefix) {
  if (prefix << digits >= passes_.size()) return unused;
  if (digits == 0) return passes_[prefix] ? all : none;
  const auto low = build(digits - 1, prefix * 2), high = build(digits - 1, prefix * 2 + 1);
  if (high == unused || low == high) return low;
  for (std::size_t at = 0; at < nodes_.size(); ++at) {
    const auto &known = nodes_[at];
    if (known.digit == digits - 1 && known.low == low && known.high == high) return static_cast<int>(at);
  }
  nodes_.push_back({digits - 1, low, high});
  return static_cast<int>(nodes_.size()) - 1;
}

void membership::decide(int which, const block &one, bits &result) const {
  if (which < 0) {
    result.fill(which == all ? ~std::uint64_t{0} : 0);
    return;
  }
  const auto &[digit, low, high] = nodes_[static_cast<std::size_t>(which)];
  decide(low, one, result);
  if (!one.has(of_, digit)) return;
  const auto &plane = one.planes[of_][digit];
  if (high == none) return drop(result, plane);
  if (high == all) return add(result, plane);
  bits other;
  decide(high, one, other);
  for (std::size_t at = 0; at < result.size(); ++at) {
    result[at] = (other[at] & plane[at]) | (result[at] & ~plane[at]);
  }
}

}  // namespace lead_system::columns
