// question.hpp - the overview's filter and what one may see, answered on the columns. It says the same as filter_sql
// and access::sees; a test compares them on random data.
#pragma once

#include <optional>
#include <vector>

#include "columns/found_words.hpp"
#include "columns/membership.hpp"
#include "store/records.hpp"

namespace lead_system::columns {

/// Who sees what, as bits of a block.
class sight {
 public:
  sight(const lead_columns &leads, const access::visibility &who);
  void of_block(const block &one, bits &result) const;
  /// Whether somebody else's lead with that value may be seen; true where the rights do not ask for the column.
  bool may_see(column of, std::uint32_t value) const;

 private:
  struct term {
    membership types, locations;
  };
  bool everything_ = false;
  std::vector<term> terms_;
  std::optional<membership> own_;
};

/// Immutable; belongs to the present state of the columns.
class question {
 public:
  /// `found`: what the filter's text finds.
  question(const lead_columns &leads, const store::lead_filter &filter, const access::visibility &who, time_us now,
           found_text found);

  /// Both: what one may see of the block, and what of it the filter lets pass.
  void of_block(const block &one, bits &seen, bits &passing) const;
  /// Bounds of a value among the leads that pass, as far as the filter and the rights tell at once.
  bool may_pass(column of, std::uint32_t value) const;

 private:
  void add_membership(column of, const std::vector<bool> &passes);
  void filter_deadline(const block &one, bits &passing) const;
  void filter_responses(const block &one, bits &passing) const;
  void filter_text(const block &one, bits &passing) const;

  time_us now_, from_, to_;
  sight sight_;
  std::vector<membership> all_of_;
  bool nothing_ = false;
  bool only_open_ = false, only_overdue_ = false;  ///< the tab
  std::optional<deadline> due_;
  std::optional<membership> answered_;  ///< of the responses; with `late_` also those that are overdue now
  bool late_ = false;
  found_text text_;
};

/// Running deadlines that have passed.
void overdue_of_block(const block &one, time_us now, bits &result);

/// The tabs' numbers of the leads that were seen.
class tab_counter {
 public:
  tab_counter(const lead_columns &leads, const access::visibility &who, time_us now);
  void add(const block &one, const bits &seen);
  const store::tab_counts &counts() const noexcept { return counts_; }

 private:
  time_us now_;
  membership open_, unassigned_;
  std::optional<membership> mine_;
  store::tab_counts counts_;
};

}  // namespace lead_system::columns
