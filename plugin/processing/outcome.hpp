// outcome.hpp - what an action came to: a domain outcome is a value, not an exception.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "access/coverage.hpp"
#include "lead/lead.hpp"
#include "lead/message.hpp"

namespace lead_system::processing {

enum class verdict { done, invalid, not_found, forbidden, conflict, refused };

struct outcome {
  verdict result = verdict::done;
  message text;                           ///< one sentence: what happened, what to do
  std::map<std::string, message> fields;  ///< with invalid: per input field
  std::vector<lead_event> changes;        ///< with conflict: what happened meanwhile, oldest first
  std::vector<access::gap> gaps;          ///< with refused: what nobody would see
  std::int64_t version = 0;               ///< of the lead afterwards
  std::string customer;                   ///< after an import
  bool reported = false;                  ///< the manufacturer hears of it
};

}  // namespace lead_system::processing
