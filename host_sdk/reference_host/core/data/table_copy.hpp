// table_copy.hpp - all rows of one schema from one engine to the other. Both sides have the tables already, made by
// whoever owns them: only rows go across, and what they are is not known here.
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <string>
#include <vector>

namespace dms::reference {

struct copied_table {
  std::string name;
  std::int64_t rows = 0;
};

/// Tables of the session's schema but for its version, by name, with how many rows they have.
std::vector<copied_table> count_tables(soci::session &sql);

/// Puts the rows of `from` in the place of those of `to`: one of them is on SQLite, the other on PostgreSQL, both in a
/// transaction. Triggers of `to` do not run; numbers go on where they were. Throws failure(dms_refused) when the two
/// are not of the same version.
std::vector<copied_table> copy_tables(soci::session &from, soci::session &to);

}  // namespace dms::reference
