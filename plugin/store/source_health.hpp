// source_health.hpp - what came from a source lately.
#pragma once

#include "store/statement.hpp"

namespace lead_system::store {

source_health health_of_source(connection &on, const std::string &source, time_us since);

}  // namespace lead_system::store
