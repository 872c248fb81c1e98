// matching.hpp - how likely a customer of the host is the prospect of a lead, and why. Pure.
#pragma once

#include "processing/customer_documents.hpp"
#include "processing/lead_desk.hpp"

namespace lead_system::processing {

/// Scores one candidate: 90 and more is very likely, 50 to 89 possible, less is unlikely (plugin/screens/README.md).
customer_match compare(const lead_content &content, const known_customer &candidate);

/// The candidates with anything in common, best first, at most ten.
std::vector<customer_match> rank(const lead_content &content, const std::vector<known_customer> &candidates);
/// All of them, best first: what somebody has searched for himself.
std::vector<customer_match> rank_all(const lead_content &content, const std::vector<known_customer> &candidates);

}  // namespace lead_system::processing
