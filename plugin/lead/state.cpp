// state.cpp - the tables of plugin/README.md "States", and the few questions that are asked of them.
#include "lead/state.hpp"

#include <algorithm>
#include <array>

namespace lead_system {

namespace {

using enum lead_state;

struct state_row {
  lead_state state;
  std::string_view key, title;
  bool terminal;
};

constexpr std::array state_rows{
    state_row{received, "received", "New", false},
    state_row{assigned, "assigned", "Assigned", false},
    state_row{in_progress, "in_progress", "In progress", false},
    state_row{appointment, "appointment", "Test drive agreed", false},
    state_row{test_drive_done, "test_drive_done", "Test drive done", false},
    state_row{offer, "offer", "Offer made", false},
    state_row{won, "won", "Sold", true},
    state_row{lost, "lost", "Lost", true},
    state_row{closed, "closed", "Closed without further contact", true},
    state_row{invalid, "invalid", "Invalid or duplicate", true},
    state_row{erased, "erased", "Anonymised", true},
};

constexpr std::array every_state{received, assigned, in_progress, appointment, test_drive_done, offer,
                                 won,      lost,     closed,      invalid,     erased};

// A new assignee takes over where the earlier one was: only a new lead becomes "assigned". Progress may go back: an
// appointment falls through, an offer is withdrawn. Each of the four ways to end is a close with its own reasons.
constexpr std::array transition_rows{
    transition{step::assign, received, assigned},
    transition{step::assign, assigned, assigned},
    transition{step::assign, in_progress, in_progress},
    transition{step::assign, appointment, appointment},
    transition{step::assign, test_drive_done, test_drive_done},
    transition{step::assign, offer, offer},

    transition{step::reject, assigned, received},
    transition{step::reject, in_progress, received},

    transition{step::progress, assigned, in_progress},
    transition{step::progress, assigned, appointment},
    transition{step::progress, assigned, test_drive_done},
    transition{step::progress, assigned, offer},
    transition{step::progress, in_progress, appointment},
    transition{step::progress, in_progress, test_drive_done},
    transition{step::progress, in_progress, offer},
    transition{step::progress, appointment, test_drive_done},
    transition{step::progress, appointment, offer},
    transition{step::progress, appointment, in_progress},
    transition{step::progress, test_drive_done, offer},
    transition{step::progress, test_drive_done, appointment},
    transition{step::progress, test_drive_done, in_progress},
    transition{step::progress, offer, appointment},
    transition{step::progress, offer, test_drive_done},
    transition{step::progress, offer, in_progress},

    transition{step::close, received, won},
    transition{step::close, received, lost},
    transition{step::close, received, closed},
    transition{step::close, received, invalid},
    transition{step::close, assigned, won},
    transition{step::close, assigned, lost},
    transition{step::close, assigned, closed},
    transition{step::close, assigned, invalid},
    transition{step::close, in_progress, won},
    transition{step::close, in_progress, lost},
    transition{step::close, in_progress, closed},
    transition{step::close, in_progress, invalid},
    transition{step::close, appointment, won},
    transition{step::close, appointment, lost},
    transition{step::close, appointment, closed},
    transition{step::close, appointment, invalid},
    transition{step::close, test_drive_done, won},
    transition{step::close, test_drive_done, lost},
    transition{step::close, test_drive_done, closed},
    transition{step::close, test_drive_done, invalid},
    transition{step::close, offer, won},
    transition{step::close, offer, lost},
    transition{step::close, offer, closed},
    transition{step::close, offer, invalid},

    // To assigned where the lead has an assignee, else to received. A sale may fall through too.
    transition{step::reopen, won, assigned},
    transition{step::reopen, won, received},
    transition{step::reopen, lost, assigned},
    transition{step::reopen, lost, received},
    transition{step::reopen, closed, assigned},
    transition{step::reopen, closed, received},
    transition{step::reopen, invalid, assigned},
    transition{step::reopen, invalid, received},

    // A deal in the host. It may follow a lead that has ended; where it is cancelled, that lead has ended as before.
    transition{step::sell, received, won},
    transition{step::sell, assigned, won},
    transition{step::sell, in_progress, won},
    transition{step::sell, appointment, won},
    transition{step::sell, test_drive_done, won},
    transition{step::sell, offer, won},
    transition{step::sell, lost, won},
    transition{step::sell, closed, won},
    transition{step::fall_through, won, assigned},
    transition{step::fall_through, won, received},
    transition{step::fall_through, won, lost},
    transition{step::fall_through, won, closed},

    transition{step::erase, won, erased},
    transition{step::erase, lost, erased},
    transition{step::erase, closed, erased},
    transition{step::erase, invalid, erased},
};

struct contact_row {
  contact_result result;
  std::string_view key, title;
};
constexpr std::array contact_rows{
    contact_row{contact_result::open, "open", "Open"},
    contact_row{contact_result::tried, "tried", "Tried"},
    contact_row{contact_result::reached, "reached", "Reached"},
};

// The reason decides the state: whoever closes a lead is asked for nothing else. Grouped as people choose.
constexpr std::array reason_rows{
    // key, title, ends as, also
    reason{"sale", "Sale", won, won},
    reason{"no_further_contact", "No further contact wanted", closed, closed},
    reason{"not_reached", "Not reached", closed, lost},
    reason{"no_interest", "No longer interested", closed, lost},
    reason{"other_brand", "Bought another make", lost, lost},
    reason{"other_dealer", "Bought from another dealer", lost, lost},
    reason{"price", "Price or conditions", lost, lost},
    reason{"finance_rejected", "Financing refused", lost, lost},
    reason{"vehicle_unavailable", "Vehicle not available", lost, lost},
    reason{"postponed", "Purchase postponed", closed, lost},
    reason{"duplicate", "Duplicate", invalid, invalid},
    reason{"wrong_contact_data", "Contact data wrong", invalid, invalid},
    reason{"spam", "Test enquiry or spam", invalid, invalid},
    reason{"wrong_location", "Wrong location", closed, invalid},
    reason{"consent_withdrawn", "Consent withdrawn", closed, closed},
};

const state_row &row_of(lead_state state) noexcept {
  return state_rows[static_cast<std::size_t>(state)];
}

}  // namespace

std::string_view key(lead_state state) noexcept {
  return row_of(state).key;
}

std::optional<lead_state> state_from(std::string_view key) noexcept {
  for (const auto &row : state_rows) {
    if (row.key == key) return row.state;
  }
  return std::nullopt;
}

std::string_view title(lead_state state) noexcept {
  return row_of(state).title;
}

std::span<const lead_state> all_states() noexcept {
  return every_state;
}

bool is_terminal(lead_state state) noexcept {
  return row_of(state).terminal;
}

std::span<const transition> transitions() noexcept {
  return transition_rows;
}

bool allowed(step by, lead_state from, lead_state to) noexcept {
  return std::any_of(transition_rows.begin(), transition_rows.end(),
                     [&](const transition &row) { return row.by == by && row.from == from && row.to == to; });
}

bool possible(step by, lead_state from) noexcept {
  return std::any_of(transition_rows.begin(), transition_rows.end(),
                     [&](const transition &row) { return row.by == by && row.from == from; });
}

bool may_import(lead_state state) noexcept {
  return is_open(state);
}

std::string_view key(contact_result result) noexcept {
  return contact_rows[static_cast<std::size_t>(result)].key;
}

std::optional<contact_result> contact_result_from(std::string_view key) noexcept {
  for (const auto &row : contact_rows) {
    if (row.key == key) return row.result;
  }
  return std::nullopt;
}

std::string_view title(contact_result result) noexcept {
  return contact_rows[static_cast<std::size_t>(result)].title;
}

std::span<const reason> reasons() noexcept {
  return reason_rows;
}

const reason *find_reason(std::string_view key) noexcept {
  for (const auto &row : reason_rows) {
    if (row.key == key) return &row;
  }
  return nullptr;
}

bool fits(const reason &why, lead_state terminal) noexcept {
  return terminal == why.ends_as || terminal == why.also;
}

bool means_contact(lead_state state) noexcept {
  return stage_of(state) != stage::received;
}

stage stage_of(lead_state state) noexcept {
  switch (state) {
    case appointment:
      return stage::appointment;
    case test_drive_done:
      return stage::test_drive;
    case offer:
      return stage::offer;
    case won:
      return stage::sold;
    default:
      return stage::received;
  }
}

stage_set stages_of(lead_state state, contact_result result) noexcept {
  stage_set reached{stage_of(state)};
  if (means_contact(state) || result == contact_result::reached) reached |= {stage::contacted};
  return reached;
}

}  // namespace lead_system
