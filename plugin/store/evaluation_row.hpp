// evaluation_row.hpp - what the evaluation needs of one lead. No personal data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lead/time.hpp"

namespace lead_system::store {

/// Feedback of a lead that is not settled, as bits of evaluation_row::feedback.
constexpr unsigned feedback_pending = 1, feedback_rejected = 2, feedback_failed = 4;

struct evaluation_row {
  std::int64_t id = 0;
  std::string type, category, location, assignee, source;
  std::string model;     ///< of the first wanted vehicle; empty: none
  std::string campaign;  ///< empty: none
  std::string state;
  std::string outcome;  ///< state in which the lead ended, also after an erasure; empty while it is open
  std::string reason;
  int reached = 0;  ///< stage
  time_us created_at = 0;
  time_us due_at = 0;  ///< as column due_at: the escalation while it runs; else later than any time
  time_us escalation_at = 0, first_contact_at = 0, ended_at = 0;
  unsigned feedback = 0;
};

/// Up to where a reader knows the changes; only the feed reads it.
struct evaluation_position {
  std::int64_t seq = 0;  ///< SQLite: the last line that is known
  std::string snapshot;  ///< PostgreSQL: what was committed for it is known
};

struct evaluation_changes {
  std::vector<evaluation_row> rows;  ///< as they are now; each lead once
  evaluation_position position;      ///< to go on from
  bool forgotten = false;            ///< lines are missing: read everything anew
};

}  // namespace lead_system::store
