// formats.hpp - the readers: text of one format → its records.
#pragma once

#include <functional>
#include <string>

#include "intake/record.hpp"
#include "lead/message.hpp"

namespace lead_system::intake {

/// Visits the records of `text` (UTF-8) in order. Returns why it could not be read, or nothing; then every record was
/// visited. No record is visited before the whole text was found well-formed.
using record_visitor = std::function<void(const record &)>;
message read_xml(const definition &source, std::string text, int depth, const record_visitor &visit);
message read_csv(const definition &source, const std::string &text, const record_visitor &visit);
message read_json(const definition &source, const std::string &text, int depth, const record_visitor &visit);

}  // namespace lead_system::intake
