// report.hpp - what an import came to, as records of the store and as the document that is answered.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lead/message.hpp"
#include "store/records.hpp"

namespace lead_system::intake {

struct imported_item {
  std::string external_id, outcome;
  std::int64_t lead = 0;
  message reason;
};

struct import_outcome {
  store::import_run run;
  message problem;  ///< why the payload as a whole was quarantined
  std::vector<imported_item> items;
};

/// The name of an import, unguessable: "9f3c…", 24 hex digits.
std::string new_receipt();
/// Adds one to the run's number of that outcome.
void count_outcome(store::import_run &run, const std::string &outcome);

/// A report names at most so many leads; the import log has all of them.
constexpr std::size_t most_reported_items = 10'000;

/// The dms.import_report/1 document.
std::string report_document(const import_outcome &came_to,
                            const std::function<std::string(const message &)> &translate);

}  // namespace lead_system::intake
