// state.hpp - the states of a lead, their transitions and reasons: product.md 4 as one table each.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace lead_system {

enum class lead_state {
  received,
  assigned,
  in_progress,
  appointment,
  test_drive_done,
  offer,
  won,
  lost,
  closed,
  invalid,
  erased
};

/// What a person does that may change the state.
enum class step { assign, reject, progress, close, reopen, erase };

/// received, assigned, … as stored, sent and written in addresses.
std::string_view key(lead_state state) noexcept;
std::optional<lead_state> state_from(std::string_view key) noexcept;
/// English title, a gettext key: "New", "Assigned", …
std::string_view title(lead_state state) noexcept;
std::span<const lead_state> all_states() noexcept;

/// won, lost, closed, invalid, erased.
bool is_terminal(lead_state state) noexcept;
inline bool is_open(lead_state state) noexcept {
  return !is_terminal(state);
}

/// One allowed transition.
struct transition {
  step by;
  lead_state from;
  lead_state to;
};
std::span<const transition> transitions() noexcept;
bool allowed(step by, lead_state from, lead_state to) noexcept;
/// The states that `by` can lead to, in the order in which screens offer them.
bool possible(step by, lead_state from) noexcept;
/// Importing is an event, possible from received or assigned on, in every open state.
bool may_import(lead_state state) noexcept;

/// Contact result: offen, versucht, erreicht; a field of its own beside the state.
enum class contact_result { open, tried, reached };
std::string_view key(contact_result result) noexcept;
std::optional<contact_result> contact_result_from(std::string_view key) noexcept;
std::string_view title(contact_result result) noexcept;

/// Why a lead ended. A terminal state needs one.
struct reason {
  std::string_view key;    ///< "no_further_contact"
  std::string_view title;  ///< English, a gettext key
  /// The terminal states that it goes with.
  bool for_won, for_lost, for_closed, for_invalid;
};
std::span<const reason> reasons() noexcept;
const reason *find_reason(std::string_view key) noexcept;
bool fits(const reason &why, lead_state terminal) noexcept;

/// The farthest stage that a lead has reached: product.md 8's funnel (received, contacted, appointment, test drive,
/// offer, sold).
enum class stage { received = 0, contacted = 1, appointment = 2, test_drive = 3, offer = 4, sold = 5 };
stage stage_of(lead_state state, contact_result result) noexcept;

}  // namespace lead_system
