// privacy_blocks.hpp - the parts of the privacy screen that tell of messages in quarantine, and of what remains.
#pragma once

#include "screens/kit/document.hpp"
#include "screens/privacy/privacy.hpp"

namespace lead_system::screens {

/// What the person is told by: what was asked for, and what his leads say.
intake::person_keys keys_of(const processing::person_query &wanted, const std::string &name,
                            const std::vector<processing::person_lead> &leads);
std::vector<intake::held_message> certain_ones(const std::vector<intake::held_message> &all);
std::vector<std::int64_t> item_ids(const std::vector<intake::held_message> &messages);
json ids_of_messages(const std::vector<intake::held_message> &messages);
/// For the person who asks what is kept.
json messages_document(const std::vector<intake::held_message> &messages);
json messages_block(const request &by, const std::vector<intake::held_message> &messages);
json unread_notice(const request &by, int unread);
/// Where something of a person is even after an erasure, and until when.
json remains_block(const request &by, bool host_forgets_files);

}  // namespace lead_system::screens
