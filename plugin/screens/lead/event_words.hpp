// event_words.hpp - what happened to a lead, in words: for the timeline and for "changed meanwhile".
#pragma once

#include "screens/kit/document.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

/// Full name of who did it; "The system" where nobody did.
std::string actor_of(const request &by, const lead_event &event);
/// "Petra Lindner hat den Lead um 10:41 übernommen."
std::string change_sentence(const request &by, const lead_event &event);
/// The item of a timeline block.
json timeline_item(const request &by, const lead &item, const lead_event &event);

}  // namespace lead_system::screens
