// contact_words.hpp - what the list of contacts and its calendar files share.
#pragma once

#include "reference_host/core/host.hpp"
#include "reference_host/web/own_screen.hpp"

namespace dms::reference::web {

/// English, a text of the catalogue; the key itself where it is unknown.
std::string contact_kind_label(const std::string &kind);
/// The people whose contacts the user may see: himself, and as a manager those of his sites.
std::vector<user> people_with_contacts(host &of, const user &who);
bool may_see_contact(host &of, const user &who, const contact &item);

}  // namespace dms::reference::web
