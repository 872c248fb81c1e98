// hold.hpp - something of which there may be one at a time, over all hosts of a database: held as long as its holder
// lives, not until a time that was agreed on. Who is killed holds nothing any more.
#pragma once

#include <memory>
#include <string>

#include "store/store.hpp"

namespace lead_system::store {

/// Null while somebody else holds `name`. SQLite: a range of a file beside the database is locked, which the operating
/// system ends with the process. PostgreSQL: an advisory lock of a session of its own, which the server ends with the
/// connection; of a machine that is gone it hears within a minute. Throws store_unavailable.
std::unique_ptr<store::holding> hold(const options &how, const std::string &name);

}  // namespace lead_system::store
