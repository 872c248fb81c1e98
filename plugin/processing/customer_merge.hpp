// customer_merge.hpp - what the link of a lead with a customer does to the customer's data: only empty fields are
// filled, everything else is the person's choice, field by field. Pure.
#pragma once

#include <string>
#include <vector>

#include "processing/customer_documents.hpp"

namespace lead_system::processing {

/// A field in which lead and customer say something else. Fields: "salutation", "name", "company", "email", "phones",
/// "address", "language".
struct difference {
  std::string field, lead, customer;  ///< as a person reads them; keys where they are keys ("mr", "de")
};

struct merge_plan {
  std::vector<std::string> filled;  ///< empty with the customer, taken from the lead
  std::vector<difference> differences;
};

merge_plan plan_of(const person &prospect, const known_customer &customer);

/// The changes of the customer (dms/ext/customer_changes.h), a JSON object: what is filled, the fields of `take`, and
/// the channels that the prospect has refused beside those of the customer.
std::string changes_of(const person &prospect, const known_customer &customer, const std::vector<std::string> &take,
                       const std::vector<std::string> &refused = {});
/// The fields to which the members of a JSON object belong.
std::vector<std::string> fields_of(const std::string &members);

}  // namespace lead_system::processing
