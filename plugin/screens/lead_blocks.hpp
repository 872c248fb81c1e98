// lead_blocks.hpp - the parts of a lead's page.
#pragma once

#include "screens/lead_words.hpp"

namespace lead_system::screens {

/// A lead with what its page shows besides.
struct lead_view {
  const request &by;
  const lead &item;
  writer write;  ///< in the zone of the lead's location
  std::vector<lead_event> events;
  std::vector<store::feedback_message> feedback;
  std::string list;  ///< the list that one came from, for the actions to come back to
};

// What the lead says (lead_facts.cpp)
json strip_block(const lead_view &view);
json steps_block(const lead_view &view);
json person_block(const lead_view &view);
json vehicle_block(const lead_view &view);
json message_block(const lead_view &view);
json consent_block(const lead_view &view);
json extras_block(const lead_view &view);  ///< null where there are none

// What became of it (lead_history.cpp)
json matches_block(const lead_view &view);  ///< null where there is nothing to match
json feedback_block(const lead_view &view);
json timeline_block(const lead_view &view);
json related_block(const lead_view &view);  ///< null where there are none

/// What the user can do now, the next step first of all primary (lead_offers.cpp).
json offered_actions(const lead_view &view);

}  // namespace lead_system::screens
