// figures.hpp - what counts: the one place that says which leads a figure counts. The page shows the same sentences
// ("What counts?").
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "columns/status.hpp"

namespace lead_system::evaluation {

enum figure : std::size_t {
  received,   ///< all leads of the period
  open,       ///< not ended
  overdue,    ///< open, and its next step was due before
  contacted,  ///< that stage was reached; and the four that follow, in the order of stage
  appointments,
  test_drives,
  offers,
  sold,
  won,  ///< ended as that, also where the lead was anonymised later
  lost,
  closed,
  invalid,
  in_time,           ///< first contact before the deadline
  late,              ///< deadline passed without first contact, whether one was made later or not
  responded,         ///< first contact was made
  unassigned,        ///< open and without salesperson
  feedback_pending,  ///< at least one message waits
  feedback_rejected,
  feedback_failed,
  asleep,    ///< open, and nothing is planned next
  in_state,  ///< and the ten that follow: leads in each state, in the order of lead_state
  figures_used = in_state + 11
};

/// How many leads each figure counts. Padded so that adding two is a few vector instructions.
struct counts {
  std::array<std::uint32_t, 32> of{};
  std::uint32_t operator[](std::size_t which) const noexcept { return of[which]; }
  std::uint32_t &operator[](std::size_t which) noexcept { return of[which]; }
  std::uint32_t state(lead_state which) const noexcept { return of[in_state + static_cast<std::size_t>(which)]; }
  /// What the success rate is a share of.
  std::uint32_t decided() const noexcept { return of[won] + of[lost] + of[closed]; }
  /// What the share within the deadline is a share of.
  std::uint32_t timed() const noexcept { return of[in_time] + of[late]; }
  counts &operator+=(const counts &more) noexcept {
    for (std::size_t at = 0; at < of.size(); ++at) of[at] += more.of[at];
    return *this;
  }
  bool operator==(const counts &) const = default;
};
static_assert(figures_used <= std::tuple_size_v<decltype(counts::of)>);

/// How the bits of store::feed_row::feedback can be set.
constexpr unsigned feedback_values = (store::feedback_pending | store::feedback_rejected | store::feedback_failed) + 1;

/// Everything about a lead that decides which figures count it, as one number: leads of one kind count alike.
using lead_kind = std::uint32_t;
constexpr std::size_t lead_kinds =
    std::size_t{columns::standings} * columns::stages * columns::deadlines * 4 * 2 * 2 * feedback_values;
/// What is a question of the moment: whether the next step is overdue, whether that is the first contact, and whether
/// there is no next step that could be.
enum class overdue_now : unsigned { no, yes, first_contact, nothing_planned };
/// `code` is columns::block::code, which leaves out the running deadline, a question of the moment; `feedback` are bits
/// of store::feed_row.
constexpr lead_kind kind_of(std::uint16_t code, overdue_now how, bool has_responded, bool has_assignee,
                            unsigned feedback) noexcept {
  const auto running = code * 4U + static_cast<unsigned>(how);
  const auto worked = running * 4U + (has_responded ? 2U : 0U) + (has_assignee ? 1U : 0U);
  return worked * feedback_values + feedback;
}
/// Which figures count a lead of that kind.
counts counts_of(lead_kind kind) noexcept;

struct definition {
  std::string_view title;    ///< English, gettext keys
  std::string_view meaning;  ///< one sentence
};
/// In the order in which the page explains them.
std::span<const definition> definitions() noexcept;

}  // namespace lead_system::evaluation
