// evaluation_cells.hpp - numbers that lead to their leads.
#pragma once

#include "screens/evaluation_query.hpp"

namespace lead_system::screens {

/// What the tables of one page share.
struct evaluation_page {
  const request &by;
  const evaluation_query &query;
  const evaluation::numbers &found;

  /// A link to the overview with exactly the leads behind a number.
  json leads(json also, const std::optional<evaluation::day_span> &days = std::nullopt) const;
  /// A count with its link; a grey 0 without one.
  json count(std::uint32_t number, json also, const std::optional<evaluation::day_span> &days = std::nullopt) const;
  /// A share with its link; "–" where `of` is 0. `decimals`: 0 or 1.
  json share(std::uint32_t part, std::uint32_t of, json also, int decimals = 0,
             const std::optional<evaluation::day_span> &days = std::nullopt) const;
  /// A median of first responses with a link to those `responded`; "–" for none.
  json median(const std::optional<double> &minutes, std::uint32_t responded, json also) const;
  std::string percent(double share, int decimals) const;         ///< 29,7 %
  std::string minutes(const std::optional<double> &span) const;  ///< 1 Std. 38 Min., – for none
};

/// The overview's parameters of leads that ended as one of `outcomes`, also where they were anonymised later.
json ended_as(std::initializer_list<lead_state> outcomes);
/// At least that stage.
json at_stage(stage reached);

/// `a` and the members of `b`.
json with(json a, const json &b);

}  // namespace lead_system::screens
