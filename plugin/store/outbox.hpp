// outbox.hpp - feedback messages on their way to the manufacturer.
#pragma once

#include "store/statement.hpp"

namespace lead_system::store {

void queue_feedback(connection &on, const feedback_message &message);
bool requeue_feedback(connection &on, std::int64_t id, const std::string &actor, time_us at);
bool give_up_feedback(connection &on, std::int64_t id, const std::string &actor, const std::string &why, time_us at);
std::vector<std::string> sources_with_feedback(connection &on, time_us now);
/// In a write transaction.
std::vector<feedback_message> lease_feedback(connection &on, const std::string &source, int limit, time_us now,
                                             time_us lease_us, const std::string &owner);
void renew_feedback_leases(connection &on, const std::string &owner, time_us until);
bool settle_feedback(connection &on, const feedback_message &message, const std::string &owner, time_us now);
store::feedback_counts count_feedback(connection &on);
std::map<std::string, store::feedback_counts> count_feedback_by_source(connection &on);
std::vector<feedback_message> feedback_of(connection &on, std::int64_t lead_id);
std::vector<feedback_message> feedback_log(connection &on, const feedback_query &query);
std::vector<feedback_message> feedback_to_resend(connection &on, const std::string &source, feedback_status status,
                                                 std::int64_t after, int limit);
std::optional<feedback_message> find_feedback(connection &on, std::int64_t id);

/// A named lease: true when `owner` holds it until now + for_us.
bool take_lease(connection &on, const std::string &name, const std::string &owner, time_us now, time_us for_us);

}  // namespace lead_system::store
