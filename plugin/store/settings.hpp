// settings.hpp - Lead Einstellungen: grants, types, dealer codes, channels, and the history of their changes.
#pragma once

#include "store/statement.hpp"

namespace lead_system::store {

std::vector<access::grant> grants(connection &on);
std::vector<access::grant> grants_of(connection &on, const std::string &user);
/// Those that have not passed.
std::vector<departure> departures(connection &on, time_us now);
void add_departure(connection &on, const departure &one);
void set_grant(connection &on, const access::grant &grant, const std::string &actor, time_us at);
std::vector<lead_type_setting> lead_type_settings(connection &on);
void set_lead_type(connection &on, const lead_type_setting &setting, const std::string &actor, time_us at);
std::vector<dealer_code> dealer_codes(connection &on);
std::vector<unmapped_code> unmapped_dealer_codes(connection &on);
void set_dealer_code(connection &on, const dealer_code &code, const std::string &actor, time_us at);
/// Open ones that wait for the code to be mapped.
std::vector<std::int64_t> unplaced_leads(connection &on, const std::string &source, const std::string &code);
/// Login of who wrote the last line of the history on that; empty where there is none.
std::string last_changed_by(connection &on, const std::string &kind, const std::string &subject);
std::vector<feedback_channel> feedback_channels(connection &on);
std::string feedback_transport(connection &on, const std::string &source);
void set_feedback_channel(connection &on, const feedback_channel &channel, const std::string &actor, time_us at);
std::vector<settings_change> settings_history(connection &on, int limit);
/// Of the same admin, kind and moment as that one, which is one of them; oldest first.
std::vector<settings_change> changes_with(connection &on, std::int64_t id);

}  // namespace lead_system::store
