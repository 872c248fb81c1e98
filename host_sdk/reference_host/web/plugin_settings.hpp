// plugin_settings.hpp - the values that a plugin asks for, as its manifest declares them.
#pragma once

#include "reference_host/web/own_screen.hpp"

namespace dms::reference::web {

/// Facts of what is set; null where the plugin declares nothing. Of secrets only whether they are set. What stands for
/// each source is shown where it is set.
json plugin_settings_block(const asked &by, const plugin_status &plugin);

}  // namespace dms::reference::web
