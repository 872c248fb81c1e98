// import_log.hpp - what arrived: archived payloads, runs, and the outcome of each lead in them.
#pragma once

#include "store/statement.hpp"

namespace lead_system::store {

std::optional<import_run> run_with(connection &on, std::int64_t id);
/// Those that nobody has tried again, newest first.
std::vector<import_item> quarantined_items(connection &on, std::int64_t before, int limit);
std::optional<import_item> item_with(connection &on, std::int64_t id);
bool mark_retried(connection &on, std::int64_t item_id, std::int64_t run_id);

}  // namespace lead_system::store
