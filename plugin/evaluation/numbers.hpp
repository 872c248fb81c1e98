// numbers.hpp - the evaluation itself: a pure function of the columns, a question and what the asking user may see.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "columns/question.hpp"
#include "evaluation/figures.hpp"

namespace lead_system::evaluation {

/// A span of time in which leads came in, or were sold, cut into parts. All edges are whole minutes, ascending.
struct period {
  time_us from = 0, to = 0;    ///< [from, to); 0: no bound
  std::vector<time_us> edges;  ///< of the parts; parts + 1 of them, or none
};

/// The overview's filter (plugin/screens/README.md), as far as it makes sense here; empty members do not filter.
struct question {
  period during;
  bool by_sale = false;  ///< of what was sold, by the day of the sale instead of the arrival
  std::optional<period> compared;
  std::vector<std::string> types, categories;
  std::optional<std::string> location;  ///< "" means: without location
  std::optional<std::string> assignee;  ///< "" means: not assigned
  std::optional<std::string> model;     ///< "" means: none named
  std::optional<std::string> campaign;  ///< the same
  std::string source;
  std::vector<time_us> ages;  ///< arrival of open leads, ascending: one part below the first, one from each on
  bool by_place = false;      ///< numbers::places is wanted
  time_us now = 0;            ///< what is overdue
};

/// Within how many minutes by the clock from its arrival a lead was answered, as manufacturers ask for it: an hour,
/// four hours, a day.
constexpr std::array<std::uint32_t, 3> answer_spans{60, 240, 1440};
/// Leads whose first response was made within each of them.
using answered_within = std::array<std::uint32_t, answer_spans.size()>;

struct group {
  std::string key;
  counts of, compared;
  answered_within answered{};            ///< types and locations only
  std::optional<double> opening_median;  ///< minutes; salespersons only
};

/// The same spans in the location's opening hours: an hour, four hours, a working day.
constexpr std::array<std::uint32_t, 3> working_spans{60, 240, 600};

/// The leads of one type at one location.
struct place_numbers {
  std::string type, location;
  counts of;
  answered_within answered{}, answered_open{};  ///< by answer_spans, by working_spans
  std::vector<std::uint32_t> clock, opening;    ///< minutes to each first response
  place_numbers &operator+=(const place_numbers &more);
};

struct reason_count {
  std::string key;  ///< empty: none was given
  std::uint32_t of = 0, compared = 0;
};

struct age_count {
  std::uint32_t open = 0, overdue = 0;
};

struct numbers {
  counts total, compared;
  answered_within answered{};
  std::vector<counts> parts, compared_parts;
  std::optional<double> clock_median, opening_median;  ///< minutes to the first response
  std::optional<double> compared_opening_median;
  /// Groups with at least one lead in either period; without order.
  std::vector<group> types, locations, salespersons, sources, models, campaigns;
  std::vector<reason_count> lost_by_reason;  ///< most first
  std::vector<age_count> ages;               ///< one more than question::ages
  std::vector<place_numbers> places;         ///< question::by_place; those with leads, without order
};

numbers evaluate(const columns::lead_columns &leads, const question &asked, const access::visibility &who);

}  // namespace lead_system::evaluation
