#include "evaluation/figures.hpp"

namespace lead_system::evaluation {

namespace {

std::size_t ended_as(unsigned stands) {
  switch (columns::outcome_of(stands)) {
    case lead_state::won:
      return won;
    case lead_state::lost:
      return lost;
    case lead_state::closed:
      return closed;
    case lead_state::invalid:
      return invalid;
    default:
      return figures_used;
  }
}

counts count_one(unsigned stands, unsigned reached, unsigned deadline, overdue_now how) {
  counts one;
  one.of[received] = 1;
  const auto state = static_cast<unsigned>(columns::state_of(stands));
  one.of[in_state + state] = 1;
  if (state < static_cast<unsigned>(lead_state::won)) one.of[open] = 1;
  if (const auto end = ended_as(stands); end != figures_used) one.of[end] = 1;
  for (unsigned stage = 0; reached >> stage != 0; ++stage) one.of[contacted + stage] = reached >> stage & 1U;
  if (how == overdue_now::yes || how == overdue_now::first_contact) one.of[overdue] = 1;
  if (how == overdue_now::nothing_planned) one.of[asleep] = 1;
  if (deadline == columns::kept_in_time) one.of[in_time] = 1;
  if (deadline == columns::passed || how == overdue_now::first_contact) one.of[late] = 1;
  return one;
}

constexpr std::array meanings{
    definition{"Received",
               "Leads that came into this system in the period. All other figures count among these leads, "
               "as they are now."},
    definition{
        "Day of sale",
        "Where leads are counted by the day of sale, only those that were sold count, on the day of the contract "
        "in the DMS; of a lead that was marked as sold by hand on that day."},
    definition{"Open", "Leads that have not ended."},
    definition{
        "Overdue",
        "Open leads whose next step was due before: the first contact, a planned contact or an agreed test drive."},
    definition{"Funnel",
               "A stage counts the leads in which it happened, whatever became of them later. Nothing is inferred: a "
               "sale without a test drive counts none."},
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

counts counts_of(lead_kind kind) noexcept {
  const auto next = [&kind](unsigned values) {
    const auto value = kind % values;
    kind /= values;
    return value;
  };
  const auto feedback = next(feedback_values);
  const bool has_assignee = next(2) == 1, has_responded = next(2) == 1;
  const auto how = static_cast<overdue_now>(next(4));
  const auto deadline = next(columns::deadlines), reached = next(columns::stages);
  auto one = count_one(kind, reached, deadline, how);
  one[responded] = has_responded ? 1 : 0;
  one[unassigned] = one[open] != 0 && !has_assignee ? 1 : 0;
  one[feedback_pending] = (feedback & store::feedback_pending) != 0 ? 1 : 0;
  one[feedback_rejected] = (feedback & store::feedback_rejected) != 0 ? 1 : 0;
  one[feedback_failed] = (feedback & store::feedback_failed) != 0 ? 1 : 0;
  return one;
}

std::span<const definition> definitions() noexcept {
  return meanings;
}

}  // namespace lead_system::evaluation
