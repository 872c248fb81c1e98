#include "evaluation/figures.hpp"

namespace lead_system::evaluation {

namespace {

constexpr unsigned stage_count = 6, deadline_count = 3;

/// How a lead stands: its state, and for an anonymised one as what it ended.
enum standing : unsigned { erased_unknown = 10, erased_won, erased_lost, erased_closed, erased_invalid, standings };
enum decided_deadline : unsigned { undecided, kept_in_time, passed };
static_assert(std::size_t{standings} * stage_count * deadline_count * 2 == status_codes);

unsigned standing_of(lead_state state, std::string_view outcome) noexcept {
  if (state != lead_state::erased) return static_cast<unsigned>(state);
  if (outcome == key(lead_state::won)) return erased_won;
  if (outcome == key(lead_state::lost)) return erased_lost;
  if (outcome == key(lead_state::closed)) return erased_closed;
  return outcome == key(lead_state::invalid) ? erased_invalid : erased_unknown;
}

/// What cannot change any more; a deadline that still runs is undecided.
decided_deadline deadline_of(const store::evaluation_row &item, bool ended) noexcept {
  if (item.escalation_at == 0) return undecided;
  if (item.first_contact_at != 0) return item.first_contact_at < item.escalation_at ? kept_in_time : passed;
  return ended && item.ended_at >= item.escalation_at ? passed : undecided;
}

constexpr std::size_t ended_as(unsigned stands) {
  switch (stands) {
    case static_cast<unsigned>(lead_state::won):
    case erased_won:
      return won;
    case static_cast<unsigned>(lead_state::lost):
    case erased_lost:
      return lost;
    case static_cast<unsigned>(lead_state::closed):
    case erased_closed:
      return closed;
    case static_cast<unsigned>(lead_state::invalid):
    case erased_invalid:
      return invalid;
    default:
      return figures_used;
  }
}

constexpr counts count_one(unsigned stands, unsigned reached, unsigned deadline, bool overdue_now) {
  counts one;
  one.of[received] = 1;
  const auto state = stands < erased_won ? stands : static_cast<unsigned>(lead_state::erased);
  one.of[in_state + state] = 1;
  if (state < static_cast<unsigned>(lead_state::won)) one.of[open] = 1;
  if (const auto end = ended_as(stands); end != figures_used) one.of[end] = 1;
  for (unsigned step = 1; step <= reached; ++step) one.of[contacted + step - 1] = 1;
  if (overdue_now) one.of[overdue] = 1;
  if (deadline == kept_in_time) one.of[in_time] = 1;
  if (deadline == passed || overdue_now) one.of[late] = 1;
  return one;
}

constexpr auto make_table() {
  std::array<counts, status_codes> table{};
  std::size_t code = 0;
  for (unsigned stands = 0; stands < standings; ++stands) {
    for (unsigned reached = 0; reached < stage_count; ++reached) {
      for (unsigned deadline = 0; deadline < deadline_count; ++deadline) {
        table[code++] = count_one(stands, reached, deadline, false);
        table[code++] = count_one(stands, reached, deadline, true);
      }
    }
  }
  return table;
}
constexpr auto table = make_table();

constexpr std::array meanings{
    definition{"Received",
               "Leads that came into this system in the period. All other figures count among these leads, "
               "as they are now."},
    definition{"Open", "Leads that have not ended."},
    definition{"Overdue", "Open leads without a first contact whose deadline has passed."},
    definition{"Funnel", "A stage counts the leads that reached at least it, whatever became of them later."},
    definition{
        "Sold, lost, closed, invalid",
        "As what the lead ended. A lead that was anonymised later still counts; one that was reopened does not."},
    definition{"Success rate", "Sold leads as a share of those sold, lost or closed without further contact."},
    definition{
        "First response",
        "From the arrival to the first contact result or contact by a person, in full minutes. Automatic steps do "
        "not count. Once by the clock, once in the opening hours of the location without holidays."},
    definition{
        "Within the deadline",
        "Leads with the first contact before the deadline, as a share of all whose deadline has been kept or has "
        "passed. Leads that ended before it without a contact do not count."},
    definition{"Lost", "Reasons count the leads that ended as lost."},
    definition{"Model, campaign",
               "The model of the first vehicle that is wanted, and the campaign, as the sender named them."},
    definition{"Age", "Of open leads, in days since the day of their arrival."},
    definition{"Feedback", "Leads with at least one message to the manufacturer that waits, was rejected or failed."},
};

}  // namespace

status_code status_of(const store::evaluation_row &item) noexcept {
  const auto state = state_from(item.state).value_or(lead_state::received);
  const auto reached = item.reached < 0 ? 0U : item.reached > 5 ? 5U : static_cast<unsigned>(item.reached);
  const auto stands = standing_of(state, item.outcome);
  return static_cast<status_code>((stands * stage_count + reached) * deadline_count +
                                  deadline_of(item, is_terminal(state)));
}

std::span<const counts, status_codes> counted_by_status() noexcept {
  return table;
}

std::span<const definition> definitions() noexcept {
  return meanings;
}

}  // namespace lead_system::evaluation
