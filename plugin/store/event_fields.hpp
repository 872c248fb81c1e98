// event_fields.hpp - the columns of a line of the timeline.
#pragma once

#include "store/fields.hpp"

namespace lead_system::store {

/// What is said, by whom and when; which lead it is of, and its number, are given.
constexpr auto event_said = fields_of<lead_event>(
    field("at", &lead_event::at), field("kind", &lead_event::kind), field("actor", &lead_event::actor),
    field("actor_name", &lead_event::actor_name), field("comment", &lead_event::comment));
constexpr auto event_data = fields_of<lead_event>(field("data", &lead_event::data));
constexpr auto event_fields =
    fields_of<lead_event>(field("id", &lead_event::id), field("lead_id", &lead_event::lead_id)) + event_said +
    event_data;

}  // namespace lead_system::store
