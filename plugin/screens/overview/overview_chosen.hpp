// overview_chosen.hpp - the filters of the overview that have no field of their own, as words that one can remove.
#pragma once

#include "screens/kit/document.hpp"
#include "screens/overview/overview_query.hpp"

namespace lead_system::screens {

/// One link a filter, to the same list without it.
json chosen_filters(const request &by, const overview_query &query);

/// How a stage is called, by its key.
std::string stage_word(const request &by, const std::string &key);

}  // namespace lead_system::screens
