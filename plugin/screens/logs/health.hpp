// health.hpp - how the plugin is, for the host's plugin administration.
#pragma once

#include "screens/kit/parts.hpp"

namespace lead_system::screens {

/// The dms.health/1 array: store, sources, outbox, coverage. Throws dms::failure(dms_unavailable) where the store
/// cannot be reached.
std::string health_of(const parts &with, const dms::call &who);
/// The dms.counts/1 object: what waits in quarantine, for whoever may read the import log.
std::string counts_of(const parts &with, const dms::call &who);

}  // namespace lead_system::screens
