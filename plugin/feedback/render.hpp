// render.hpp - a message from a source's template and code table.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "lead/time.hpp"

namespace lead_system::feedback {

/// Replaces each {{name}} in `text` by its value, escaped for the media type (XML or JSON text); an unknown name
/// becomes nothing, so that a template can never leak its own signs.
std::string fill_template(std::string_view text, const std::map<std::string, std::string> &values,
                          std::string_view media_type);

/// Escapes for XML text and attribute values; characters that XML 1.0 forbids are left out.
std::string xml_escaped(std::string_view text);

/// A UUID of that time (version 7, RFC 9562): the receiver tells repeats by it, and those that are made one after the
/// other lie beside each other in the database's index.
std::string new_message_id(time_us at);
/// In UTC, as the definition's strftime-like format says.
std::string written_time(const std::string &format, time_us at);

}  // namespace lead_system::feedback
