// host_screens.hpp - the host's own screens. They are documents like those of a plugin, and registered like them.
#pragma once

#include "reference_host/core/host.hpp"
#include "reference_host/web/rendered.hpp"

namespace dms::reference::web {

/// Registers rights, menu entries and screens with the host, and gives it the words for their labels. [main], once,
/// before the plugins start.
void add_host_screens(host &to, const shared_words &say);

}  // namespace dms::reference::web
