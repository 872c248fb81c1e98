// evaluator.hpp - answers the evaluation's questions on the columns.
#pragma once

#include "columns/lead_index.hpp"
#include "evaluation/numbers.hpp"

namespace lead_system::evaluation {

/// [any] The index outlives it. Throws as the store does.
class evaluator {
 public:
  explicit evaluator(columns::lead_index &leads) : leads_(leads) {}

  /// The numbers of everything committed before the call.
  numbers ask(const question &asked, const access::visibility &who);
  /// Arrival of the oldest lead that `who` sees, in full minutes; 0 where there is none.
  time_us oldest(const access::visibility &who);
  /// Models and campaigns of the leads that `who` sees, sorted: what a filter offers.
  struct choices {
    std::vector<std::string> models, campaigns;
  };
  choices offered(const access::visibility &who);

 private:
  columns::lead_index &leads_;
};

}  // namespace lead_system::evaluation
