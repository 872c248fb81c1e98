// lead_list.hpp - the overview's queries: filter, order, keyset pages, counts.
#pragma once

#include "store/lead_rows.hpp"

namespace lead_system::store {

/// The filter as a condition on table lead; its values go to `in`.
std::string filter_sql(const lead_filter &filter, const access::visibility &who, time_us now, arguments &in);

lead_page list_leads(connection &on, const lead_query &query, const access::visibility &who, time_us now);
std::int64_t count_leads(connection &on, const lead_filter &filter, const access::visibility &who, time_us now);
tab_counts count_tabs(connection &on, const access::visibility &who, time_us now);
std::int64_t newest_lead(connection &on, const lead_filter &filter, const access::visibility &who, time_us now);
std::optional<lead> find_visible_lead(connection &on, std::int64_t id, const access::visibility &who);
std::vector<lead> related_leads(connection &on, const lead &item, const access::visibility &who);
std::map<std::string, std::int64_t> open_per_assignee(connection &on);
std::vector<open_group> open_groups(connection &on);

}  // namespace lead_system::store
