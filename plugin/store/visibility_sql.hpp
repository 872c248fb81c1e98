// visibility_sql.hpp - access::visibility as the one SQL predicate on table lead. It says the same as access::sees; a
// test compares the two on random data.
#pragma once

#include <string>

#include "access/access.hpp"
#include "store/statement.hpp"

namespace lead_system::store {

/// A condition in parentheses; its values go to `in`.
std::string visibility_sql(const access::visibility &who, arguments &in);

}  // namespace lead_system::store
