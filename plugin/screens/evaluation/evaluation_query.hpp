// evaluation_query.hpp - the evaluation's address as a question, and the addresses of the leads behind a number.
#pragma once

#include "evaluation/calendar.hpp"
#include "evaluation/numbers.hpp"
#include "screens/kit/document.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

/// What is asked for, in words of the address:
///   period   weeks12 (where nothing is said), this_week, …, all, or range with from and to (dates, both inclusive)
///   compare  previous (where nothing is said), year, none
///   day      arrival (where nothing is said) or sale: which day of a lead the period is of; by the day of sale only
///            what was sold counts
///   by       day, week, month, year; where nothing is said, as the period is long
///   type (also a category's key), category, location, assignee, source, model, campaign: as in the overview; "none"
///   is without location, assignee, model or campaign
/// A value that is not understood throws dms::failure(dms_invalid).
struct evaluation_query {
  evaluation::question asked;
  std::string period, compare, by;  ///< as chosen
  evaluation::interval step = evaluation::interval::week;
  evaluation::day_span days;                     ///< of the period
  std::optional<evaluation::day_span> compared;  ///< of the comparison
  std::vector<int> parts, compared_parts;        ///< first days, and the end
  std::vector<int> ages;                         ///< first days of question::ages
  bool bounded = true;                           ///< false: all leads, whenever they came in
  parameters sent;
  /// The overview's parameters for the filters, without a period.
  json filters = json::object();
};

/// `oldest`: arrival of the oldest lead, 0 where there is none; asked only where all are evaluated.
evaluation_query read_evaluation_query(const request &by, const parameters &sent,
                                       const std::function<time_us()> &oldest);

/// The overview's parameters of those days.
json days_of(const evaluation::day_span &span);
/// The overview's parameters of the leads that came in, or were sold, on those days (of the whole period where none are
/// said), under the filters, and `also`.
json leads_in(const evaluation_query &query, const std::optional<evaluation::day_span> &days, json also);

}  // namespace lead_system::screens
