#include "columns/status.hpp"

#include <algorithm>

namespace lead_system::columns {

namespace {

std::uint8_t standing_of(lead_state state, std::string_view outcome) noexcept {
  if (state != lead_state::erased) return static_cast<std::uint8_t>(state);
  for (const auto stands : {erased_won, erased_lost, erased_closed, erased_invalid}) {
    if (outcome == key(outcome_of(stands))) return stands;
  }
  return erased_unknown;
}

decided_deadline deadline_of(const store::feed_row &item, bool ended) noexcept {
  if (item.escalation_at == 0) return undecided;
  if (item.first_contact_at != 0) return item.first_contact_at < item.escalation_at ? kept_in_time : passed;
  return ended && item.ended_at >= item.escalation_at ? passed : undecided;
}

}  // namespace

std::vector<bool> open_ones() {
  std::vector<bool> result(standings);
  for (unsigned stands = 0; stands < standings; ++stands) result[stands] = is_open(state_of(stands));
  return result;
}

status status_of(const store::feed_row &item) noexcept {
  const auto state = state_from(item.state).value_or(lead_state::received);
  return {standing_of(state, item.outcome), static_cast<std::uint8_t>(stage_set::from_bits(item.reached).bits()),
          deadline_of(item, is_terminal(state)), item.first_contact_at != 0};
}

}  // namespace lead_system::columns
