// notices.hpp - reminders and escalations: which leads are due, and who has still to be told.
#pragma once

#include "store/records.hpp"
#include "store/statement.hpp"

namespace lead_system::store {

std::vector<std::int64_t> leads_to_notify(connection &on, time_us now, int limit);
bool mark_notified(connection &on, const lead &item);
void queue_notice(connection &on, std::int64_t lead_id, const std::string &user, std::string_view channel);
std::vector<notice_batch> take_notices(connection &on, time_us now, int limit);
void drop_notices(connection &on, const notice_batch &batch);
void put_off_notices(connection &on, const notice_batch &batch);

}  // namespace lead_system::store
