// median.hpp - exact medians of whole minutes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace lead_system::evaluation {

/// The middle value; the mean of the two middle ones for an even number. Those of the first `counted` minutes are
/// counted by the minute, only the rest is kept.
class minute_counter {
 public:
  explicit minute_counter(std::uint32_t counted = 16384) : low_(counted) {}
  void add(std::uint32_t minutes) {
    ++total_;
    if (minutes < low_.size()) {
      ++low_[minutes];
    } else {
      high_.push_back(minutes);
    }
  }
  std::optional<double> median() {
    if (total_ == 0) return std::nullopt;
    const auto upper = at(total_ / 2);
    if (total_ % 2 == 1) return upper;
    return (static_cast<double>(at(total_ / 2 - 1)) + static_cast<double>(upper)) / 2;
  }
  std::size_t size() const noexcept { return total_; }

 private:
  /// The value at that place in order.
  std::uint32_t at(std::size_t place) {
    for (std::uint32_t minute = 0; minute < low_.size(); ++minute) {
      if (place < low_[minute]) return minute;
      place -= low_[minute];
    }
    const auto found = high_.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(high_.begin(), found, high_.end());
    return *found;
  }

  std::vector<std::uint32_t> low_, high_;
  std::size_t total_ = 0;
};

/// Of some hundred values.
inline std::optional<double> median(const std::vector<std::uint32_t> &values) {
  constexpr std::uint32_t most_often = 2048;  // a few days of opening hours
  minute_counter counter(most_often);
  for (const auto value : values) counter.add(value);
  return counter.median();
}

}  // namespace lead_system::evaluation
