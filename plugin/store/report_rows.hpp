// report_rows.hpp - who gets the monthly report of the evaluation, and which reports are made.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lead/time.hpp"
#include "store/store.hpp"

namespace lead_system::store {

/// [any] Throws as the store does.
class report_rows {
 public:
  explicit report_rows(store &in) : in_(in) {}

  std::vector<std::string> readers();  ///< logins, sorted
  /// Writes a line of the settings' history where it changes something.
  void set_reader(const std::string &user, bool wanted, const std::string &actor, time_us at);
  /// `month`: "2026-10".
  bool is_made(const std::string &month, const std::string &user);
  void mark_made(const std::string &month, const std::string &user, time_us at, const std::string &how);

 private:
  store &in_;
};

}  // namespace lead_system::store
