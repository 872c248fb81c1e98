// saved_filters.hpp - filters of the overview that a user keeps under a name.
#pragma once

#include "store/statement.hpp"
#include "store/store.hpp"

namespace lead_system::store {

/// False where there is none of that name.
bool drop_filter(connection &on, const std::string &user, const std::string &name);

}  // namespace lead_system::store
