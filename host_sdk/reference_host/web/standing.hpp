// standing.hpp - what must be mended, above every page of the person.
#pragma once

#include "reference_host/web/exchange.hpp"

namespace dms::reference::web {

/// Nothing on the screen that a notice leads to: it says it itself, and more. `current` is the screen that is shown.
markup standing_notices(const exchange &on, const std::string &current);

}  // namespace dms::reference::web
