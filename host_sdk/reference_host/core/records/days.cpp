#include "reference_host/core/records/days.hpp"

#include <charconv>
#include <chrono>

namespace dms::reference {

bool is_day(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = -1;
    const auto *const end = text.data() + at + length;
    const auto [read, error] = std::from_chars(text.data() + at, end, value);
    return error == std::errc{} && read == end ? value : -1;
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (year < 1 || month < 1 || day < 1) return false;
  return (std::chrono::year{year} / month / day).ok();
}

}  // namespace dms::reference
