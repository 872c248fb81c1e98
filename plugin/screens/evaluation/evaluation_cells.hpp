// evaluation_cells.hpp - numbers that lead to their leads.
#pragma once

#include "screens/evaluation/evaluation_query.hpp"

namespace lead_system::screens {

/// What the tables of one page share.
struct evaluation_page {
  const request &by;
  const evaluation_query &query;
  const evaluation::numbers &found;

  /// The overview's parameters of exactly the leads behind a number: those of the page, of `days` where they are given,
  /// narrowed by `also`.
  json leads(json also, const std::optional<evaluation::day_span> &days = std::nullopt) const;
  /// A count; a grey 0. It leads where its row and column lead (`linked`).
  json count(std::uint32_t number) const;
  /// A share, which leads there too; "–" where `of` is 0. `decimals`: 0 or 1.
  json share(std::uint32_t part, std::uint32_t of, int decimals = 0) const;
  /// A median of first responses, which leads to those `responded`; "–" for none.
  json median(const std::optional<double> &minutes, std::uint32_t responded) const;
  /// The same cell where it stands outside of a table, or leads elsewhere than its row and column.
  json linked(json cell, json also = json::object(),
              const std::optional<evaluation::day_span> &days = std::nullopt) const;
  /// A table whose numbers lead to leads; its rows and columns narrow that by `params`.
  json table(std::string_view id, std::string title, json columns) const;
  /// Whether a type that is asked for can come to that state, or leads have: a type without test drives shows none.
  bool has(lead_state state) const;
  std::string percent(double share, int decimals) const;         ///< 29,7 %
  std::string minutes(const std::optional<double> &span) const;  ///< 1 Std. 38 Min., – for none
};

/// The overview's parameters of leads that ended as one of `outcomes`, also where they were anonymised later.
json ended_as(std::initializer_list<lead_state> outcomes);
/// In which that stage happened.
json at_stage(stage reached);

/// Of fewer leads a percentage says more than is known.
constexpr std::uint32_t enough_for_percent = 20;

/// The first responses that were made.
json first_responses();
/// The leads that a deadline was decided of.
json timed();
/// A column of numbers, whose leads are narrowed by `params`.
json number_column(std::string_view id, std::string label, json params = json::object());
/// A row whose leads are narrowed by `params`.
json numbers_row(std::string_view id, json cells, json params = json::object());

}  // namespace lead_system::screens
