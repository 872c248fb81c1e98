// worked_part.hpp - what is kept of a lead when an action may be taken back.
#pragma once

#include <nlohmann/json.hpp>

#include "lead/lead.hpp"

namespace lead_system::processing {

/// All that an action changes besides the content: no personal data.
inline nlohmann::json worked_part(const lead &item) {
  return {{"state", key(item.state)},
          {"contact", key(item.contact)},
          {"assignee", item.assignee},
          {"reason", item.reason},
          {"reached", item.reached.bits()},
          {"notified", item.notified},
          {"times",
           {item.first_contact_at, item.ended_at, item.agreed_at, item.next_at, item.reminder_at, item.escalation_at,
            item.next_reminder_at, item.next_escalation_at}},
          {"next_kind", item.next_kind}};
}

inline void bring_back(const nlohmann::json &kept, lead &into) {
  into.state = state_from(kept.at("state").get<std::string>()).value_or(into.state);
  into.contact = contact_result_from(kept.at("contact").get<std::string>()).value_or(into.contact);
  into.assignee = kept.at("assignee").get<std::string>();
  into.reason = kept.at("reason").get<std::string>();
  into.reached = stage_set::from_bits(kept.at("reached").get<unsigned>());
  into.notified = kept.at("notified").get<int>();
  into.next_kind = kept.at("next_kind").get<std::string>();
  const auto &times = kept.at("times");
  std::size_t at = 0;
  for (auto *time : {&into.first_contact_at, &into.ended_at, &into.agreed_at, &into.next_at, &into.reminder_at,
                     &into.escalation_at, &into.next_reminder_at, &into.next_escalation_at}) {
    if (at < times.size()) *time = times.at(at++).get<time_us>();  // a version before kept fewer
  }
}

}  // namespace lead_system::processing
