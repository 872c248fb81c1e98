// customer_documents.hpp - a lead's prospect as the host's customer documents (dms/ext/customers.h) say it, and back.
#pragma once

#include <string>
#include <vector>

#include "lead/lead.hpp"

namespace lead_system::processing {

/// A customer of the host, as far as it can be compared with a prospect.
struct known_customer {
  std::string id;
  person who;
  std::string salesperson;
  std::vector<std::string> vins;
  std::int64_t revision = 0;           ///< where the host counts them (dms.customer_changes/1)
  std::vector<std::string> refused{};  ///< channels by which he does not want to be reached
};

/// Channels that the person has refused, as far as a host knows them: "phone", "email", "sms", "post".
std::vector<std::string> customer_refusals(const lead_content &content);

/// The document that creates the customer; empty members are left out. `with_car`: what he trades in is his.
std::string customer_document(const lead &item, bool with_car);
/// What dms.customers find is asked.
std::string customer_query(const lead &item);
/// The same for what somebody types.
std::string customer_search(const std::string &text);
/// An array of documents, or one; what is not a customer is left out.
std::vector<known_customer> read_customers(const std::string &json);

}  // namespace lead_system::processing
