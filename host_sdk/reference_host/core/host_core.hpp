// host_core.hpp - in this host the names of its core stand for themselves.
#pragma once

namespace dms::host_core {}

namespace dms::reference {
using namespace host_core;
}
