// page.hpp - which leads are on a page of a sorted list.
#pragma once

#include <vector>

#include "columns/name_order.hpp"
#include "columns/question.hpp"
#include "store/cursor.hpp"

namespace lead_system::columns {

/// What passed the filter, block by block, in the order of ids.
struct chosen_block {
  const block *from = nullptr;
  bits passing;
};
struct selection {
  std::vector<chosen_block> blocks;  ///< only those in which something passed
  std::int64_t total = 0;
  std::int64_t newest = 0;  ///< highest id, 0: none
};

/// A page in the order of the list, and the cursors' edges.
struct page_of_ids {
  std::vector<std::int64_t> ids;
  std::vector<std::string> keys;  ///< what each is sorted by, as a cursor names it
  bool more = false;              ///< in the direction of the edge
};

/// Up to `limit` leads behind `edge` (null: from the beginning), in the order in which one reads on from it. Throws
/// bad_cursor for a key that is no number where one is needed.
page_of_ids read_page(const lead_columns &leads, const name_order &names, const question &asked,
                      const selection &chosen, store::lead_sort sort, bool descending, const store::page_edge *edge,
                      std::size_t limit);

}  // namespace lead_system::columns
