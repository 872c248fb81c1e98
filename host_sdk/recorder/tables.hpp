// tables.hpp - the services of a host and the extensions of a plugin, each with a table that stands between.
#pragma once

#include <string_view>

#include "recorder/between.hpp"

namespace dms::recording {

/// The table that stands before `inside`; `inside` itself for an id that this recorder does not know.
const void *service_between(std::string_view id, const void *inside, keeper &by);
const void *extension_between(std::string_view id, const void *inside, keeper &by);

}  // namespace dms::recording
