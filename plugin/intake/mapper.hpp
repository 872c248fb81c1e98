// mapper.hpp - a record → the canonical lead, as the definition says, in normal form.
#pragma once

#include "intake/reader.hpp"
#include "intake/record.hpp"

namespace lead_system::intake {

/// What is not in normal form is kept with a remark: extras "remark/FIELD" hold messages (add_message), which say what
/// came and why it was not taken. What the definition does not name is in the extras as well: nothing gets lost.
/// `received_default` stands in where the record gives no time; `payload_remark` (may be empty) is that of its
/// encoding.
read_lead map_record(const definition &source, const record &from, time_us received_default,
                     const message &payload_remark);

}  // namespace lead_system::intake
