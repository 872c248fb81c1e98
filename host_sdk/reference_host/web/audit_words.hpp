// audit_words.hpp - what stands in the audit log, in words; the log itself keeps its keys.
#pragma once

#include <string>

#include "reference_host/core/records/audit.hpp"
#include "reference_host/web/own_screen.hpp"

namespace dms::reference::web {

/// "Assigned a lead"; what is not known stays as it is.
std::string action_in_words(const asked &by, const std::string &action);
/// "Lead 273, Anna Pichler" of "leads.lead 273 verkauf2". A screen is called as in the menu.
std::string subject_in_words(const asked &by, const std::string &subject);
/// "Assign" of "assign", "Lead-System NEU" of "lead_system".
std::string detail_in_words(const asked &by, const audit_entry &entry);
/// "Browser, 127.0.0.1" of "web 127.0.0.1"
std::string channel_in_words(const asked &by, const std::string &channel);

}  // namespace dms::reference::web
