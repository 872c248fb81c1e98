// outbox.hpp - feedback messages on their way to the manufacturer.
#pragma once

#include "store/statement.hpp"

namespace lead_system::store {

std::string_view key(feedback_status status) noexcept;
feedback_status feedback_status_from(std::string_view key) noexcept;

void queue_feedback(connection &on, const feedback_message &message);
bool requeue_feedback(connection &on, std::int64_t id, time_us at);
/// In a write transaction.
std::vector<feedback_message> lease_feedback(connection &on, int limit, time_us now, time_us lease_us,
                                             const std::string &owner);
bool settle_feedback(connection &on, const feedback_message &message, const std::string &owner);
store::feedback_counts count_feedback(connection &on);
std::vector<feedback_message> feedback_of(connection &on, std::int64_t lead_id);
std::vector<feedback_message> feedback_log(connection &on, const std::string &status, std::int64_t before, int limit);
std::optional<feedback_message> find_feedback(connection &on, std::int64_t id);

/// A named lease: true when `owner` holds it until now + for_us.
bool take_lease(connection &on, const std::string &name, const std::string &owner, time_us now, time_us for_us);

}  // namespace lead_system::store
