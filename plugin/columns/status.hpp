// status.hpp - how a lead stands, in the few numbers that decide what counts it and which filter keeps it.
#pragma once

#include <cstdint>
#include <vector>

#include "lead/state.hpp"
#include "store/feed_row.hpp"

namespace lead_system::columns {

/// Its state, and for an anonymised one as what it ended: the first ten are those of lead_state.
enum standing : std::uint8_t { erased_unknown = 10, erased_won, erased_lost, erased_closed, erased_invalid, standings };
/// What cannot change any more; a deadline that still runs is undecided.
enum decided_deadline : std::uint8_t { undecided, kept_in_time, passed, deadlines };
/// How the bits of a stage_set can be set.
constexpr unsigned stages = stage_set::most_bits + 1;

struct status {
  std::uint8_t stands = 0;    ///< standing
  std::uint8_t reached = 0;   ///< stage_set::bits
  std::uint8_t deadline = 0;  ///< decided_deadline
  bool responded = false;     ///< a first contact was made
};
status status_of(const store::feed_row &item) noexcept;

constexpr lead_state state_of(unsigned stands) noexcept {
  return stands < erased_unknown ? static_cast<lead_state>(stands) : lead_state::erased;
}
/// By standing: whether the lead has not ended.
std::vector<bool> open_ones();
/// The state in which a lead of that standing ended; erased: unknown, or it has not ended.
constexpr lead_state outcome_of(unsigned stands) noexcept {
  switch (stands) {
    case static_cast<unsigned>(lead_state::won):
    case erased_won:
      return lead_state::won;
    case static_cast<unsigned>(lead_state::lost):
    case erased_lost:
      return lead_state::lost;
    case static_cast<unsigned>(lead_state::closed):
    case erased_closed:
      return lead_state::closed;
    case static_cast<unsigned>(lead_state::invalid):
    case erased_invalid:
      return lead_state::invalid;
    default:
      return lead_state::erased;
  }
}

}  // namespace lead_system::columns
