// customer_rows.hpp - a customer as rows of the host's database, read and written with the session of the caller.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/records/customers.hpp"

namespace dms::reference::customer_rows {

std::optional<customer> read(soci::session &sql, std::int64_t id);
/// Writes the customer, his phones and his vehicles; id 0 makes a new one, whose id is set.
void write(soci::session &sql, customer &item);
/// What is known of him goes, and the key that made him; the row stays, so that his number is never used again.
void forget(soci::session &sql, std::int64_t id);
/// Throws failure(dms_invalid) with a sentence for what cannot be kept.
void check(const customer &item);
/// The id of an earlier creation under that key and kind, or 0.
std::int64_t seen(soci::session &sql, std::string_view key, const std::string &kind);
void remember(soci::session &sql, std::string_view key, const std::string &kind, std::int64_t id);

}  // namespace dms::reference::customer_rows
