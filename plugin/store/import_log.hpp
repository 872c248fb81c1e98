// import_log.hpp - what arrived: archived payloads, runs, and the outcome of each lead in them.
#pragma once

#include "store/statement.hpp"

namespace lead_system::store {

std::map<int, std::string> quarantined_before(connection &on, std::int64_t payload_id);
std::int64_t archive_payload(connection &on, const std::string &source, const std::string &digest,
                             const std::string &body, std::int64_t size, time_us at);
/// The bytes as they came; nothing where only the digest was kept or the id is unknown.
std::optional<std::string> payload(connection &on, std::int64_t payload_id);

std::int64_t insert_run(connection &on, const import_run &run);
void update_run(connection &on, const import_run &run);
void insert_item(connection &on, const import_item &item);
std::vector<import_run> runs(connection &on, const std::string &source, const std::string &outcome, std::int64_t before,
                             int limit);
std::optional<import_run> find_run(connection &on, std::int64_t id);
std::vector<import_item> items(connection &on, std::int64_t run_id);

}  // namespace lead_system::store
