#include "intake/report.hpp"

#include <sodium.h>

#include <nlohmann/json.hpp>

#include "dms/cpp/encoding.hpp"

namespace lead_system::intake {
namespace {

using json = nlohmann::json;

std::string dumped(const json &document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string new_receipt() {
  unsigned char random[12];
  randombytes_buf(random, sizeof random);
  return dms::hex(random, sizeof random);
}

void count_outcome(store::import_run &run, const std::string &outcome) {
  if (outcome == "accepted") ++run.accepted;
  if (outcome == "repeated") ++run.repeated;
  if (outcome == "legacy") ++run.legacy;
  if (outcome == "quarantined") ++run.quarantined;
}

std::string report_document(const import_outcome &came_to,
                            const std::function<std::string(const message &)> &translate) {
  auto items = json::array();
  for (const auto &item : came_to.items) {
    if (items.size() == most_reported_items) break;
    items.push_back({{"external_id", item.external_id},
                     {"outcome", item.outcome},
                     {"lead", item.lead == 0 ? json() : json(std::to_string(item.lead))},
                     {"reason", item.reason.empty() ? json() : json(translate(item.reason))}});
  }
  const auto &run = came_to.run;
  json document = {{"schema", "dms.import_report/1"}, {"receipt", run.receipt},   {"accepted", run.accepted},
                   {"repeated", run.repeated},        {"legacy", run.legacy},     {"quarantined", run.quarantined},
                   {"updated", run.updated},          {"items", std::move(items)}};
  if (!came_to.problem.empty()) document["reason"] = translate(came_to.problem);
  return dumped(document);
}

}  // namespace lead_system::intake
