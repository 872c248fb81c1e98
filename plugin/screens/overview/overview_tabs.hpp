// overview_tabs.hpp - the views of the overview with how much is behind each.
#pragma once

#include "screens/kit/document.hpp"
#include "screens/overview/overview_query.hpp"

namespace lead_system::screens {

/// The tabs, and beside them where what is overdue lies.
json tabs_block(const request &by, const overview_query &query, const store::tab_counts &counts);

}  // namespace lead_system::screens
