// version.hpp - what `dms_host --version` says.
#pragma once

#include <string_view>

namespace dms::reference {

inline constexpr std::string_view host_version = DMS_HOST_VERSION;

}  // namespace dms::reference
