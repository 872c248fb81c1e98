// lead_list.hpp - leads by their ids and by what is one of a kind.
#pragma once

#include <set>

#include "store/lead_rows.hpp"

namespace lead_system::store {

/// Queries, for a test of their plans too.
std::string leads_sql(const std::vector<std::int64_t> &ids, arguments &in);
std::string open_leads_sql();
std::string one_of_a_kind_ids_sql(const std::string &text, const std::vector<std::string> &sources, arguments &in);

}  // namespace lead_system::store
