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
};

/// The document that creates the customer; empty members are left out.
std::string customer_document(const lead &item);
/// What dms.customers find is asked.
std::string customer_query(const lead &item);
/// An array of documents, or one; what is not a customer is left out.
std::vector<known_customer> read_customers(const std::string &json);

}  // namespace lead_system::processing
