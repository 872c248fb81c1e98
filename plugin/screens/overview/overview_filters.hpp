// overview_filters.hpp - the filter bar of the overview, and the filters that a user keeps under a name.
#pragma once

#include <optional>

#include "screens/kit/document.hpp"
#include "screens/overview/overview_query.hpp"

namespace lead_system::screens {

constexpr std::string_view overview_id = "leads.overview";
json overview_link(std::string label, json params);

/// `total`: leads under the filter.
json filters_block(const request &by, const overview_query &query, std::int64_t total);

/// `save_filter {name, query}` keeps the list's address for this user, in place of the one of that name;
/// `forget_filter {name}`. Nothing for another action.
std::optional<dms::answer> act_on_filters(const request &by, std::string_view action, const parameters &input);

}  // namespace lead_system::screens
