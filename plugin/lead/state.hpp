// state.hpp - the states of a lead, their transitions and reasons: plugin/README.md "States" as one table each.
#pragma once

#include <array>
#include <initializer_list>
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

/// What a person does that may change the state; the last two are what a deal in the host does (lead/sale.hpp).
enum class step { assign, reject, progress, close, reopen, erase, sell, fall_through };

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
  lead_state ends_as;      ///< the terminal state that follows from it
  lead_state also;         ///< another one that a program may ask for with it; the same where there is none
};
std::span<const reason> reasons() noexcept;
const reason *find_reason(std::string_view key) noexcept;
/// Whether a lead may end in that state for that reason.
bool fits(const reason &why, lead_state terminal) noexcept;

/// The funnel of plugin/README.md "Evaluation". A lead has reached a stage because it happened: a sale without a test
/// drive had none.
enum class stage { received = 0, contacted = 1, appointment = 2, test_drive = 3, offer = 4, sold = 5 };

inline constexpr std::array all_stages{stage::received,   stage::contacted, stage::appointment,
                                       stage::test_drive, stage::offer,     stage::sold};

/// The stages that a lead has reached; every lead was received. As `bits`: 1 contacted, 2 appointment, 4 test drive,
/// 8 offer, 16 sold.
class stage_set {
 public:
  static constexpr unsigned most_bits = 31;
  constexpr stage_set() noexcept = default;
  constexpr stage_set(std::initializer_list<stage> these) noexcept {
    for (const auto one : these) bits_ |= bit(one);
  }
  static constexpr stage_set from_bits(unsigned bits) noexcept {
    stage_set result;
    result.bits_ = bits & most_bits;
    return result;
  }
  constexpr unsigned bits() const noexcept { return bits_; }
  constexpr bool has(stage one) const noexcept { return one == stage::received || (bits_ & bit(one)) != 0; }
  constexpr void remove(stage one) noexcept { bits_ &= ~bit(one); }
  constexpr stage_set &operator|=(stage_set more) noexcept {
    bits_ |= more.bits_;
    return *this;
  }
  bool operator==(const stage_set &) const = default;
  /// 0 for received, which needs none.
  static constexpr unsigned bit(stage one) noexcept {
    return one == stage::received ? 0 : 1U << (static_cast<unsigned>(one) - 1);
  }

 private:
  unsigned bits_ = 0;
};

/// What has happened when a lead stands there: nobody agrees a test drive, makes an offer or sells without having
/// spoken to the person.
stage_set stages_of(lead_state state, contact_result result) noexcept;
bool means_contact(lead_state state) noexcept;
/// The stage that is reached by that state; received: none of its own.
stage stage_of(lead_state state) noexcept;

}  // namespace lead_system
