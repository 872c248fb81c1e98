// customer_rule.hpp - the matching rules of sources: when a lead goes to a customer by itself (plugin/intake/README.md
// "Whose lead it is per type").
#pragma once

#include <optional>

#include "processing/customer_documents.hpp"

namespace lead_system::processing {

/// What a rule asks of the host; empty when the lead lacks what the rule goes by.
std::string customer_question(const lead_content &content, std::string_view rule);

/// The one candidate that fits the rule; nothing when there is none or more than one. A customer of another name is
/// never it: numbers are mistyped, cars are sold, and a bank counts its customers differently.
std::optional<known_customer> customer_by_rule(const lead_content &content, std::string_view rule,
                                               const std::vector<known_customer> &candidates);

}  // namespace lead_system::processing
