// saved_filters.hpp - filters of the overview that a user keeps under a name.
#pragma once

#include "store/statement.hpp"
#include "store/store.hpp"

namespace lead_system::store {

/// By name.
std::vector<saved_filter> saved_filters(connection &on, const std::string &user);
/// In place of the one of that name.
void save_filter(connection &on, const std::string &user, const saved_filter &filter);
/// False where there is none of that name.
bool forget_filter(connection &on, const std::string &user, const std::string &name);

}  // namespace lead_system::store
