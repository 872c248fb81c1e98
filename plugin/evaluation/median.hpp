// median.hpp - exact medians of whole minutes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace lead_system::evaluation {

/// The middle value; the mean of the two middle ones for an even number. Reorders `values`.
inline std::optional<double> median(std::vector<std::uint32_t> &values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  const auto below = *std::max_element(values.begin(), middle);
  return (static_cast<double>(below) + static_cast<double>(*middle)) / 2;
}

/// The same for many values: those of the first days are counted by the minute, only the rest is kept.
class minute_counter {
 public:
  void add(std::uint32_t minutes) {
    ++total_;
    if (minutes < counted) {
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
  static constexpr std::uint32_t counted = 16384;
  /// The value at that place in order.
  std::uint32_t at(std::size_t place) {
    for (std::uint32_t minute = 0; minute < counted; ++minute) {
      if (place < low_[minute]) return minute;
      place -= low_[minute];
    }
    const auto found = high_.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(high_.begin(), found, high_.end());
    return *found;
  }

  std::vector<std::uint32_t> low_ = std::vector<std::uint32_t>(counted), high_;
  std::size_t total_ = 0;
};

}  // namespace lead_system::evaluation
