// events.hpp - what a host tells of, by name. See dms/ext/event.h for what each says.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace dms {

inline constexpr std::array event_names{
    "user.deactivating", "user.deactivated", "user.activated", "location.closing", "location.closed", "location.opened",
    "contact.completed", "customer.merged",  "deal.changed",   "mail.changed",     "mail.received"};

inline bool is_event(std::string_view name) {
  return std::any_of(event_names.begin(), event_names.end(), [&](std::string_view each) { return each == name; });
}

}  // namespace dms
