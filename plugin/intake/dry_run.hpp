// dry_run.hpp - what would become of a payload: filed for real in a transaction that is taken back.
#pragma once

#include <string>
#include <vector>

#include "intake/importer.hpp"
#include "intake/report.hpp"

namespace lead_system::intake {

struct dry_row {
  imported_item item;  ///< without a lead: nothing is there
  bool known = false;  ///< a lead with that external id is here already
  lead would_be;       ///< as the lead would be; of others only the content, as it was read
};

struct dry_result {
  message problem;  ///< why the payload cannot be read as a whole
  std::vector<dry_row> rows;
};

/// Files `bytes` as of `as_of` and takes everything back; nothing is archived, counted or told. Throws
/// store::store_unavailable. While it runs, other writers wait: for payloads of a few thousand leads.
dry_result dry_run(const importer::parts &with, const definition &source, const std::string &bytes, time_us as_of);

}  // namespace lead_system::intake
