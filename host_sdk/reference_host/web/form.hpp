// form.hpp - what a browser sends as name=value&name=value: forms and queries.
#pragma once

#include <string_view>

#include "reference_host/web/rendered.hpp"

namespace dms::reference::web {

/// application/x-www-form-urlencoded as an object: a string, or an array where a name stands more than once. Bytes that
/// are no UTF-8 become U+FFFD. Takes the time of its length.
json parse_form(std::string_view body);

}  // namespace dms::reference::web
