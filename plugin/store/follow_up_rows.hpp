// follow_up_rows.hpp - what was planned with people and what was done, for the numbers of it.
#pragma once

#include <string>
#include <vector>

#include "lead/time.hpp"
#include "store/store.hpp"

namespace lead_system::store {

/// A step of a lead: something was done with it, and perhaps planned.
struct follow_up_step {
  std::int64_t lead = 0;
  std::string type, location;
  time_us at = 0;
  time_us due = 0;      ///< of what was planned with it; 0: nothing was
  bool by_hand = true;  ///< false: nobody did anything; it was planned because the prospect has written
};

/// [any] Throws as the store does.
class follow_up_rows {
 public:
  explicit follow_up_rows(store &in) : in_(in) {}
  /// Of the leads of a category that came in [from, to), each lead's steps one after the other as they were made; what
  /// was taken back at once is left out.
  std::vector<follow_up_step> of_leads(const std::string &category, time_us from, time_us to);

 private:
  store &in_;
};

}  // namespace lead_system::store
