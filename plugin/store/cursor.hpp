// cursor.hpp - where a page ends, opaque to everybody else.
#pragma once

#include <string>

#include "store/records.hpp"

namespace lead_system::store {

/// The sort key and id of the row at a page's edge, and the way to go on from it.
struct page_edge {
  lead_sort sort = lead_sort::received;
  bool descending = true;
  bool backward = false;
  std::string key;
  std::int64_t id = 0;
};

std::string to_cursor(const page_edge &edge);
/// Throws bad_cursor for what to_cursor did not write.
page_edge from_cursor(const std::string &cursor);

}  // namespace lead_system::store
