// next_contact.hpp - what comes after a contact in myKontakte, said with its result: the usual times, one press each.
#pragma once

#include "reference_host/core/records/contacts.hpp"
#include "reference_host/web/own_screen.hpp"

namespace dms::reference::web {

/// The dialog that completes a contact as "reached" or "tried".
json complete_action(const asked &by, const contact &item, const std::string &came);

/// The next contact that the input asks for; nothing: none. Throws field_failure for a time that is none or over.
std::optional<contact> next_contact(const asked &by, const contact &done);

}  // namespace dms::reference::web
