// record_documents.hpp - master data as the JSON documents of the service headers, and back.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "reference_host/core/master_data.hpp"

namespace dms::reference {

/// Parses what a plugin sent; throws failure(dms_invalid) for anything but an object within the caps.
nlohmann::json parse_object(std::string_view text);

nlohmann::json to_document(const user &item);
nlohmann::json to_document(const location &item);
nlohmann::json to_document(const customer &item);
nlohmann::json to_document(const contact &item);
nlohmann::json to_document(const vehicle &item);
nlohmann::json to_document(const deal &item);

/// Overwrites the members that the document names.
void overwrite(const nlohmann::json &document, customer &to);
customer_query query_of(const nlohmann::json &document);
contact contact_of(const nlohmann::json &document);
notification notification_of(const nlohmann::json &document);

}  // namespace dms::reference
