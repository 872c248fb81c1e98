// links.hpp - from what a document names to an address.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "render/document.hpp"

namespace dms::render {

/// Parameters (string or array of strings) as a query without '?', in the order of their names.
std::string query_of(const json &params);

/// Where the links and forms of a document lead in a host.
struct addresses {
  std::string screens = "/screens/";                       ///< what stands before a screen's id
  std::map<std::string, std::string, std::less<>> places;  ///< address of what a link means with `to`

  /// SCREENS{screen}?params#anchor
  std::string screen(std::string_view id, const json &params, std::string_view anchor = {}) const;
  /// SCREENS{screen}/actions/{action}
  std::string action(std::string_view id, std::string_view action) const;
  /// SCREENS{screen}/export.{format}?params
  std::string file(std::string_view id, std::string_view format, std::string_view query) const;
  /// Where a link leads. Only tel:, mailto:, http: and https: are taken from a document; anything else is empty, and so
  /// is a link that only opens a dialog.
  std::string of(const json &link) const;
};

/// Whether an address that leaves the house is one of those that a document may name: tel:, mailto:, http:, https:.
bool may_lead_out(std::string_view address);

/// `path` if it is a path on this host that a browser cannot take for another one, else `otherwise`.
std::string local_path(std::string_view path, std::string_view otherwise);

}  // namespace dms::render
