// settings.hpp - Lead Einstellungen: grants, types, dealer codes, channels, and the history of their changes.
#pragma once

#include "store/statement.hpp"

namespace lead_system::store {

std::vector<access::grant> grants(connection &on);
void set_grant(connection &on, const access::grant &grant, const std::string &actor, time_us at);
std::vector<lead_type_setting> lead_type_settings(connection &on);
void set_lead_type(connection &on, const lead_type_setting &setting, const std::string &actor, time_us at);
std::vector<dealer_code> dealer_codes(connection &on);
std::vector<dealer_code> unmapped_dealer_codes(connection &on);
void set_dealer_code(connection &on, const dealer_code &code, const std::string &actor, time_us at);
std::int64_t locate_leads(connection &on, const dealer_code &code, time_us at);
std::vector<feedback_channel> feedback_channels(connection &on);
std::string feedback_transport(connection &on, const std::string &source);
void set_feedback_channel(connection &on, const feedback_channel &channel, const std::string &actor, time_us at);
std::vector<settings_change> settings_history(connection &on, int limit);

/// "inherit", "none", "all", "locations".
std::string_view key(access::scope reach) noexcept;

}  // namespace lead_system::store
