// directory_change.hpp - that something about users or locations is another, for who keeps them in memory.
#pragma once

#include <soci/soci.h>

namespace dms::reference {

/// In the transaction of the change: who reads the count later, in this host or another, reads the directory anew.
inline void directory_changed(soci::session &sql) {
  sql << "update counters set value = value + 1 where name = 'directory'";
}

}  // namespace dms::reference
