// columns.hpp - all leads as the evaluation counts them, in memory: 32 bytes a lead, so that a million of them are
// scanned in milliseconds and no filter needs an index.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evaluation/figures.hpp"
#include "store/evaluation_row.hpp"

namespace lead_system::evaluation {

/// Texts that occur again and again, as small numbers. The empty text is always number 0.
class dictionary {
 public:
  static constexpr std::uint32_t unknown = 0xFFFFFFFF;
  dictionary() { number_of(""); }
  std::uint32_t number_of(const std::string &text);
  std::uint32_t find(const std::string &text) const;
  const std::string &text(std::uint32_t number) const { return texts_[number]; }
  std::size_t size() const noexcept { return texts_.size(); }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> texts_;
};

/// What many leads share; what filters and rights ask for, besides the assignee and the period.
struct profile {
  std::uint32_t type = 0, category = 0, location = 0, source = 0, model = 0, campaign = 0;
  bool operator==(const profile &) const = default;
};
struct profile_hash {
  std::size_t operator()(const profile &of) const noexcept;
};

/// A lead. Minutes are whole ones since the epoch, or of a span.
struct column_row {
  static constexpr std::uint32_t never = 0xFFFFFFFF;
  time_us due_at = 0;
  std::uint32_t created_minute = 0;
  std::uint32_t profile = 0;
  std::uint32_t clock_minutes = never;    ///< to the first response
  std::uint32_t opening_minutes = never;  ///< the same in opening hours
  status_code status = 0;
  std::uint16_t assignee = 0;
  std::uint8_t reason = 0;  ///< as reason_number
  std::uint8_t feedback = 0;
  bool present = false;
};
static_assert(sizeof(column_row) == 32);

/// 0 none, 1 and on: reasons() in their order, 255: not one of them.
std::uint8_t reason_number(std::string_view reason) noexcept;

/// Not synchronised: its owner is.
class lead_columns {
 public:
  static constexpr std::size_t page_size = 4096;
  using page = std::array<column_row, page_size>;

  /// Takes the lead as it is now, in place of what was known of it. `opening_minutes` counts only where there was a
  /// first contact. Throws std::length_error beyond 65,536 different assignees.
  void put(const store::evaluation_row &item, std::uint32_t opening_minutes);
  /// Beside what put() said; for leads that are known.
  void add_feedback(std::int64_t id, unsigned bits);

  std::size_t size() const noexcept { return size_; }
  std::uint32_t oldest_minute() const noexcept { return oldest_minute_; }  ///< never: no lead
  const std::map<std::int64_t, std::unique_ptr<page>> &pages() const noexcept { return pages_; }
  const std::vector<profile> &profiles() const noexcept { return profiles_; }

  dictionary types, categories, locations, sources, models, campaigns, assignees;

 private:
  column_row &slot(std::int64_t id);
  std::uint32_t profile_of(const store::evaluation_row &item);

  std::map<std::int64_t, std::unique_ptr<page>> pages_;
  std::vector<profile> profiles_;
  std::unordered_map<profile, std::uint32_t, profile_hash> profile_numbers_;
  std::size_t size_ = 0;
  std::uint32_t oldest_minute_ = column_row::never;
};

}  // namespace lead_system::evaluation
