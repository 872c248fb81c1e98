// settings_history.hpp - a line of the settings' history, which whoever changes a setting writes with it.
#pragma once

#include "store/statement.hpp"

namespace lead_system::store {

/// Writes it; the id is given.
void note(connection &on, const settings_change &change);

}  // namespace lead_system::store
