// import_log.hpp - what arrived: archived payloads, runs, and the outcome of each lead in them.
#pragma once

#include "store/statement.hpp"

namespace lead_system::store {

std::map<int, std::string> quarantined_before(connection &on, std::int64_t payload_id, int after, std::size_t count);
transaction::archived archive_payload(connection &on, const std::string &source, const std::string &digest,
                                      const std::string &body, std::int64_t size, time_us at);
void archive_part(connection &on, std::int64_t payload_id, int position, const std::string &body);
/// The bytes as they came, of a payload in parts the first; nothing where only the digest was kept or the id is
/// unknown.
std::optional<time_us> payload_arrival(connection &on, const std::string &digest);
std::optional<std::string> payload(connection &on, std::int64_t payload_id);
std::optional<std::string> payload_part(connection &on, std::int64_t payload_id, int position);

std::int64_t insert_run(connection &on, const import_run &run);
void update_run(connection &on, const import_run &run);
void insert_item(connection &on, const import_item &item);
std::vector<import_run> runs(connection &on, const std::string &source, const std::string &outcome, std::int64_t before,
                             int limit);
std::optional<import_run> find_run(connection &on, std::int64_t id);
std::vector<import_item> items(connection &on, std::int64_t run_id, int after, int limit);
/// Those that nobody has tried again, newest first.
std::vector<import_item> quarantined_items(connection &on, std::int64_t before, int limit);
std::optional<import_item> find_item(connection &on, std::int64_t id);
std::optional<transaction::broken_off> unfinished_run(connection &on, std::int64_t payload_id);
bool retry_item(connection &on, std::int64_t item_id, std::int64_t run_id);
std::vector<quarantine_group> quarantine(connection &on);
std::vector<import_item> quarantined(connection &on, const std::string &source, const std::string &reason, int limit);

}  // namespace lead_system::store
