// feed_row.hpp - what leads are filtered, sorted and counted by, and the feed's positions.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lead/time.hpp"

namespace lead_system::store {

/// Column due_at: the date of what the lead waits for (lead/next_step.hpp); these two where nothing is planned, and
/// where it has ended.
constexpr time_us due_never = std::numeric_limits<time_us>::max() - 1;
constexpr time_us due_kept = std::numeric_limits<time_us>::max();

/// Feedback of a lead that is not settled, as bits of feed_row::feedback.
constexpr unsigned feedback_pending = 1, feedback_rejected = 2, feedback_failed = 4;

struct feed_row {
  std::int64_t id = 0;
  std::string type, category, location, assignee, source;
  std::string model;     ///< of the first wanted vehicle; empty: none
  std::string campaign;  ///< empty: none
  std::string state;
  std::string outcome;  ///< state in which the lead ended, also after an erasure; empty while it is open
  std::string reason;
  unsigned reached = 0;  ///< stage_set::bits
  time_us created_at = 0;
  time_us due_at = 0;  ///< of what it waits for; else due_never or due_kept
  time_us reminder_at = 0;
  time_us escalation_at = 0, first_contact_at = 0, ended_at = 0;
  unsigned feedback = 0;
  std::string name_key;    ///< what it is sorted by
  std::string search_key;  ///< the other words that it is found by
};

/// Between whose company and where from, and which vehicles, in search_key: so that there are few different texts of
/// each.
constexpr char search_key_parts = '|';
constexpr std::pair<std::string_view, std::string_view> split_search_key(std::string_view key) noexcept {
  const auto at = key.find(search_key_parts);
  if (at == std::string_view::npos) return {key, {}};
  return {key.substr(0, at), key.substr(at + 1)};
}

/// Up to where a reader knows the changes; only the feed reads it.
struct feed_position {
  std::int64_t seq = 0;  ///< SQLite: the last line that is known
  std::string snapshot;  ///< PostgreSQL: what was committed for it is known
};

struct feed_changes {
  std::vector<feed_row> rows;  ///< as they are now; each lead once
  feed_position position;      ///< to go on from
  bool forgotten = false;      ///< lines are missing: read everything anew
};

}  // namespace lead_system::store
