// contribute.hpp - what the rooms offer a host, a table a kind. Everything put into `to` refers to the rooms.
#pragma once

#include "dms/cpp/contributions.hpp"
#include "rooms.hpp"

namespace lead_system {

void contribute_screens(rooms &from, dms::contributions &to);
/// The ways in of the sources.
void contribute_import_hooks(rooms &from, dms::contributions &to);
void contribute_jobs(rooms &from, dms::contributions &to);
/// What the plugin hears of from the host, and may object to.
void contribute_event_handlers(rooms &from, dms::contributions &to);
/// See dms/ext/references.h.
void contribute_guard(rooms &from, dms::contributions &to);

}  // namespace lead_system
