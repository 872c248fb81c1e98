// lead_list.hpp - the overview's queries: filter, order, keyset pages, counts.
#pragma once

#include <set>

#include "store/lead_rows.hpp"

namespace lead_system::store {

/// The filter as a condition on table lead; its values go to `in`.
std::string filter_sql(const lead_filter &filter, const access::visibility &who, time_us now, arguments &in);

lead_page list_leads(connection &on, const lead_query &query, const access::visibility &who, time_us now);
std::int64_t count_leads(connection &on, const lead_filter &filter, const access::visibility &who, time_us now);
tab_counts count_tabs(connection &on, const access::visibility &who, time_us now);
/// The two queries of a page, for a test of their plans too.
std::string leads_sql(const std::vector<std::int64_t> &ids, const access::visibility &who, arguments &in);
std::string one_of_a_kind_ids_sql(const std::string &text, const std::vector<std::string> &sources, arguments &in);
std::vector<lead> leads_of(connection &on, const std::vector<std::int64_t> &ids, const access::visibility &who);
std::vector<std::int64_t> find_one_of_a_kind(connection &on, const std::string &text,
                                             const std::vector<std::string> &sources);
std::optional<lead> find_visible_lead(connection &on, std::int64_t id, const access::visibility &who);
std::set<std::int64_t> visible_leads(connection &on, const std::vector<std::int64_t> &ids,
                                     const access::visibility &who);
std::vector<lead> related_leads(connection &on, const lead &item, const access::visibility &who);
std::int64_t leads_of_customer(connection &on, const std::string &customer);
std::vector<open_group> open_groups(connection &on);
/// Each type that a lead has, with the category of one of them.
std::vector<std::pair<std::string, std::string>> types_in_use(connection &on);

}  // namespace lead_system::store
