// vcard.hpp - a customer as a vCard (RFC 6350), for the address book of a telephone.
#pragma once

#include <string>

#include "reference_host/core/records/customers.hpp"

namespace dms::reference {

/// Version 3.0 (RFC 2426), which every telephone reads. Ways by which the person does not want to be reached are left
/// out, and named in the note: what stands in a telephone is used. `uid`: the same for the same customer for ever.
/// `refused_words`: the sentence on what is left out, or empty.
std::string to_vcard(const customer &item, const std::string &uid, const std::string &refused_words);

}  // namespace dms::reference
