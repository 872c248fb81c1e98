// render_bulk.hpp - rows that can be ticked, and the bar of what can be done to them.
#pragma once

#include "render/render.hpp"

namespace dms::render {

/// The bar: a hint while nothing is ticked, the actions otherwise.
markup render_bulk(view &on, const json &bulk);
/// Whether the row was ticked when the action did not go through; `name` is what ticked rows are sent as.
bool was_ticked(const view &on, const std::string &name, const std::string &id);

}  // namespace dms::render
