// links.hpp - from what a document names to an address.
#pragma once

#include <string>
#include <string_view>

#include "reference_host/web/document.hpp"

namespace dms::reference::web {

/// Parameters (string or array of strings) as a query without '?', in the order of their names.
std::string query_of(const json &params);

/// /screens/{screen}?params#anchor
std::string screen_address(std::string_view screen, const json &params, std::string_view anchor = {});

/// Whether an address that leaves the house is one of those that a document may name: tel:, mailto:, http:, https:.
bool may_lead_out(std::string_view address);

/// The screen that a link leads to: the one that it names, or ours for what it means (`to`). Empty: none.
std::string screen_of(const json &link);

/// Where a link leads. Only tel:, mailto:, http: and https: are taken from a document; anything else is empty, and so
/// is a link that only opens a dialog.
std::string address_of(const json &link);

/// `path` if it is a path on this host that a browser cannot take for another one, else `otherwise`.
std::string local_path(std::string_view path, std::string_view otherwise);

}  // namespace dms::reference::web
