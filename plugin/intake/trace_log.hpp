// trace_log.hpp - what a record was asked for while it was read. Internal to trace.cpp and trace_values.cpp.
#pragma once

#include <deque>
#include <map>
#include <optional>

#include "intake/reading.hpp"
#include "intake/trace.hpp"

namespace lead_system::intake {

/// What a part of the definition has brought from one place.
struct part_brought {
  std::vector<phone> phones;
  std::optional<vehicle> car;
  bool is_trade_in = false;
  std::optional<consent> word;
  std::optional<finance_contract> contract;
  std::map<std::string, std::vector<message>> remarks;  ///< by field, as the extras name them
};

/// One place of the record at which values were looked for: the record itself, a person, a vehicle.
struct trace_visit {
  const expression *at = nullptr;  ///< that led here; null: the record itself
  std::map<const expression *, std::string> raw;
  std::map<const void *, part_brought> brought;  ///< by section
};

struct trace_log {
  std::deque<trace_visit> visits;  ///< the record itself first; they do not move
  further_values left_over;

  /// What is new in the lead since it was asked last.
  part_brought news(const lead_content &now);

 private:
  std::size_t phones_ = 0, wanted_ = 0, consents_ = 0;
  bool trade_in_ = false;
  std::map<std::string, std::size_t> remarks_;  ///< how long each was
};

/// The trace that a person is shown, of what was noted and what became of it.
record_trace told_trace(const definition &source, const trace_log &log, const read_lead &came_to);

/// What became of a field of a part that there is once.
traced_value value_of(lead_field field, const read_lead &lead);
traced_value value_of(person_field field, const read_lead &lead);
/// The same of one among several.
traced_value value_of(phone_field field, const part_brought &of);
traced_value value_of(vehicle_field field, const part_brought &of);
traced_value value_of(consent_field field, const part_brought &of);
traced_value value_of(finance_field field, const part_brought &of);

}  // namespace lead_system::intake
