// bits.hpp - one bit a lead: what a question asks of a block of leads is answered 64 leads at a time.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace lead_system::columns {

/// Leads whose ids follow one another are one block.
constexpr std::size_t block_leads = 4096;
using bits = std::array<std::uint64_t, block_leads / 64>;

inline bool holds(const bits &all, std::size_t at) noexcept {
  return (all[at / 64] >> (at % 64) & 1U) != 0;
}

inline void put(bits &into, std::size_t at, bool value) noexcept {
  const auto one = std::uint64_t{1} << (at % 64);
  into[at / 64] = value ? into[at / 64] | one : into[at / 64] & ~one;
}

inline void keep(bits &into, const bits &only) noexcept {
  for (std::size_t at = 0; at < into.size(); ++at) into[at] &= only[at];
}

inline void drop(bits &from, const bits &these) noexcept {
  for (std::size_t at = 0; at < from.size(); ++at) from[at] &= ~these[at];
}

inline void add(bits &into, const bits &more) noexcept {
  for (std::size_t at = 0; at < into.size(); ++at) into[at] |= more[at];
}

/// How many are set. In the compiler's own terms: it counts several words at once, where a call a word would be most of
/// the time that a question takes.
inline std::uint32_t count(const bits &all) noexcept {
  std::uint64_t sums = 0;
  for (auto word : all) {
    word -= word >> 1 & 0x5555555555555555U;
    word = (word & 0x3333333333333333U) + (word >> 2 & 0x3333333333333333U);
    word = (word + (word >> 4)) & 0x0F0F0F0F0F0F0F0FU;
    word += word >> 8;
    word += word >> 16;
    sums += (word + (word >> 32)) & 0xFFU;
  }
  return static_cast<std::uint32_t>(sums);
}

inline bool any(const bits &all) noexcept {
  std::uint64_t result = 0;
  for (const auto word : all) result |= word;
  return result != 0;
}

/// Calls `take` with each place that is set, ascending.
template <typename Take>
void for_each(const bits &all, Take &&take) {
  for (std::size_t at = 0; at < all.size(); ++at) {
    for (auto word = all[at]; word != 0; word &= word - 1) {
      take(at * 64 + static_cast<std::size_t>(std::countr_zero(word)));
    }
  }
}

/// Drops what `keeps` says no to.
template <typename Keeps>
void keep_where(bits &into, Keeps &&keeps) {
  for (std::size_t at = 0; at < into.size(); ++at) {
    std::uint64_t kept = 0;
    for (auto word = into[at]; word != 0; word &= word - 1) {
      const auto low = word & (~word + 1);
      if (keeps(at * 64 + static_cast<std::size_t>(std::countr_zero(word)))) kept |= low;
    }
    into[at] = kept;
  }
}

}  // namespace lead_system::columns
