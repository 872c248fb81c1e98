// render_chart.hpp - the picture of a table's numbers, as a row of that table.
#pragma once

#include "render/view.hpp"

namespace dms::render {

/// Where the chart stands among the table's columns.
struct chart_place {
  std::size_t first = 0, count = 0, after = 0;  ///< columns before it, under it, behind it
};
/// Its columns are beside each other and not the first one; nothing for a chart that cannot be placed.
std::optional<chart_place> place_of_chart(const json &table);
/// The row with the picture; hidden from assistive technology, which reads the numbers.
markup render_chart_row(const view &on, const json &chart, const chart_place &where);
/// What the lines and bars mean; empty for a single series.
markup render_chart_keys(const view &on, const json &chart);

}  // namespace dms::render
