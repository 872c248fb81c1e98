// demo_story.hpp - what the demo's people did to a lead, and when.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reference_host/core/demo/demo_payloads.hpp"

namespace dms::reference {

/// One action of leads.lead.
struct demo_step {
  std::int64_t at_us = 0;
  const demo_lead *lead = nullptr;
  std::string user, action;
  nlohmann::json input;
};

/// Steps in the order in which they happened; none lies after `now_us`.
std::vector<demo_step> story_of(const demo_lead &lead, std::int64_t arrived_us, std::int64_t now_us, demo_dice &dice);

}  // namespace dms::reference
