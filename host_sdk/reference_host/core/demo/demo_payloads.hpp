// demo_payloads.hpp - what the manufacturer, the bank and the web site would have sent to the demo dealership.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/demo/demo_people.hpp"

namespace dms::reference {

struct demo_lead {
  std::int64_t arrived_us = 0;
  std::string external_id, type;
  const demo_site *site = nullptr;  ///< null: a dealer code that nobody knows
  demo_prospect who;
  std::string model, grade;
};

/// One payload with the external ids of the leads in it.
struct demo_payload {
  std::int64_t at_us = 0;
  std::string source, name, bytes;
  std::vector<const demo_lead *> leads;
};

/// The leads of the last 12 weeks before `now_us`, oldest first; some are of `customers`.
std::vector<demo_lead> invent_leads(demo_dice &dice, std::int64_t now_us, const std::vector<demo_prospect> &customers);
/// The same as payloads of three sources. Refers to `leads`.
std::vector<demo_payload> payloads_of(const std::vector<demo_lead> &leads, demo_dice &dice);

}  // namespace dms::reference
