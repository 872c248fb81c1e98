// question.hpp - the overview's filter, answered on the columns. It says the same as tests/integration/overview_oracle;
// a test compares them on random data.
#pragma once

#include <optional>
#include <vector>

#include "columns/found_words.hpp"
#include "columns/sight.hpp"

namespace lead_system::columns {

/// By the number of the assignee: somebody who is none of those.
std::vector<bool> absent_ones(const lead_columns &leads, const std::vector<std::string> &present);

/// Immutable; belongs to the present state of the columns.
class question {
 public:
  /// `found`: what the filter's text finds.
  question(const lead_columns &leads, const store::lead_filter &filter, const access::visibility &who, time_us now,
           found_text found);

  /// Whose question it is.
  const sight &sees() const noexcept { return sight_; }
  /// What the filter lets pass of what one sees of the block.
  void of_block(const block &one, const bits &seen, bits &passing) const;
  /// Bounds of a value among the leads that pass, as far as the filter and the rights tell at once.
  bool may_pass(column of, std::uint32_t value) const;

 private:
  void add_membership(column of, const std::vector<bool> &passes);
  void filter_period(const block &one, bits &passing) const;
  void filter_deadline(const block &one, bits &passing) const;
  void filter_responses(const block &one, bits &passing) const;
  void filter_text(const block &one, bits &passing) const;

  time_us now_, from_, to_;
  bool by_sale_;  ///< from and to are of the day of the sale
  sight sight_;
  std::vector<membership> all_of_;
  bool nothing_ = false;
  bool only_open_ = false, only_overdue_ = false, only_silent_ = false;  ///< the tab
  std::optional<deadline> due_;
  std::optional<membership> answered_;  ///< of the responses; with `late_` also those that are late now
  bool late_ = false;
  std::uint32_t answered_within_;  ///< minutes; never: at any time, or not at all
  std::uint32_t answered_open_;    ///< the same in opening hours
  found_text text_;
};

}  // namespace lead_system::columns
