// trace.hpp - how a record was read, field by field: which expressions of the definition were tried, what stood there,
// and what became of it. For a person who writes definitions; whoever does not ask pays nothing.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "intake/reader.hpp"
#include "intake/record.hpp"

namespace lead_system::intake {

/// An expression of the definition and what it gave.
struct tried_expression {
  std::string text;  ///< as the definition writes it
  bool asked = false;
  bool constant = false;  ///< a word of the definition's own, which says nothing alone
  std::string raw;        ///< what stood there, cut; empty: nothing
};

/// What is in the lead now. `word`: a key of ours ("test_drive", "mobile"), which `of` names the kind of.
struct traced_value {
  enum class kind { nothing, text, word, time, day, money, yes_no, hidden } is = kind::nothing;
  std::string text;         ///< of day: the ISO date; of yes_no: "yes" or "no"
  std::int64_t number = 0;  ///< of time: UTC; of money: minor units
};

struct traced_field {
  std::string_view part;   ///< "lead", "prospect", "phone", "vehicle", "consent", "finance"
  std::string_view field;  ///< as the definition names it; "at": where the part stands
  int number = 0;          ///< of several alike, from 1; 0: there is one at most
  std::vector<tried_expression> tried;
  std::size_t gave = no_expression;  ///< which of them gave the value
  traced_value became;
  std::vector<message> remarks;
  static constexpr std::size_t no_expression = static_cast<std::size_t>(-1);
  /// Why there is no value.
  /// stands_in: no expression gave the value; the arrival, or what the map says of "*".
  enum class lack { none, nothing_there, not_needed, no_such_part, no_use, stands_in } lacks = lack::none;
};

/// All of one record, in the order of the definition's parts.
struct record_trace {
  std::vector<traced_field> fields;
  further_values left_over;        ///< what no expression touched, by its path or column; cut
  std::size_t more_left_over = 0;  ///< beyond those
  std::size_t more_places = 0;     ///< vehicles, phone numbers and the like that are not told
};

/// Reads a record as map_record does, and notes how in the lead's `trace`.
read_lead map_traced(const definition &source, const record &from, time_us received_default,
                     const message &payload_remark);

}  // namespace lead_system::intake
