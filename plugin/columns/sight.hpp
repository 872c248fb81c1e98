// sight.hpp - what one may see, answered on the columns, and how much of it stands behind each tab: access::sees is
// asked once for each combination of type and location that occurs.
#pragma once

#include <optional>
#include <vector>

#include "access/access.hpp"
#include "columns/latest.hpp"
#include "columns/membership.hpp"
#include "store/records.hpp"

namespace lead_system::columns {

/// By number of an assignee: whether his leads are worked by who asks.
std::vector<bool> worked_by(const lead_columns &leads, const access::visibility &who);

/// Who sees what, as bits of a block.
class sight {
 public:
  sight(const lead_columns &leads, const access::visibility &who);
  void of_block(const block &one, bits &result) const;
  /// Whether somebody else's lead with that value may be seen; true where the rights do not ask for the column.
  bool may_see(column of, std::uint32_t value) const;

 private:
  bool everything_ = false;
  std::vector<std::uint8_t> places_;     ///< by number of a place: 1 where everybody's leads there are seen
  std::vector<bool> types_, locations_;  ///< by number: whether there is such a place
  std::vector<bool> own_;                ///< by number of an assignee: who asks, and whom he represents
  bool any_own_ = false;
};

/// What one sees of a block.
struct seen_block {
  std::int64_t first_id = 0;
  std::uint32_t version = 0;
  bits leads{};
  store::tab_counts tabs{};
  time_us counted_from = 0, counted_until = 0;  ///< while the same deadlines have passed; the end is outside
};

/// What the tabs of one person hold of a block.
class tab_counter {
 public:
  tab_counter(const lead_columns &leads, const access::visibility &who, time_us now);
  /// Of the leads of `seen`, which are the block's.
  void count_in(const block &one, seen_block &seen) const;

 private:
  time_us now_;
  membership open_, unassigned_;
  std::optional<membership> mine_;
};

/// What one sees of all blocks.
class seen_leads {
 public:
  /// Works out what changed since `before` (null: everything). `seen` is the sight of `who`.
  seen_leads(const lead_columns &leads, const sight &seen, const access::visibility &who, time_us now,
             const seen_leads *before);
  /// One a block, in the order of lead_columns::blocks().
  const pieces<seen_block> &blocks() const noexcept { return blocks_; }
  store::tab_counts tabs() const noexcept;

 private:
  pieces<seen_block> blocks_;
};

/// Of those who asked last.
using seen_by = latest<access::visibility, seen_leads>;

/// Leads whose next step was due before.
void overdue_of_block(const block &one, time_us now, bits &result);
/// Leads whose first contact was not made by its deadline; all of them are overdue.
void late_of_block(const block &one, time_us now, bits &result);
/// Open leads for which nothing is planned.
void silent_of_block(const block &one, bits &result);

}  // namespace lead_system::columns
