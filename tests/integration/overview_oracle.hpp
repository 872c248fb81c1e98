// overview_oracle.hpp - the overview's list, its counts and its filter as SQL over every lead: slow and plain, for
// tests to compare the read model with, and to look into a store.
#pragma once

#include "store/store.hpp"

namespace overview_oracle {

using namespace lead_system;

/// Who sees what, as a condition on table lead; its values go to `in`.
store::lead_page list(store::store &in, const store::lead_query &query, const access::visibility &who, time_us now);
std::int64_t count(store::store &in, const store::lead_filter &filter, const access::visibility &who, time_us now);
store::tab_counts counts(store::store &in, const access::visibility &who, time_us now, store::lead_filter filter = {});

}  // namespace overview_oracle
