// demo.hpp - a dealership to try: Autohaus Tauernblick with people, customers and leads.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace dms::reference {

class host;

struct demo_options {
  std::string password;                               ///< of every login
  std::function<void(const std::string &line)> tell;  ///< progress
};

struct demo_result {
  std::string name;  ///< of the dealership
  /// What stands in it: 6 "locations", 14 "users", … The words are keys of the host's texts.
  std::vector<std::pair<std::size_t, std::string>> counts;
  std::string note;          ///< a sentence where leads were not made
  std::string intake_token;  ///< for POST /intake/{source}; empty when the demo was there already
};

/// Makes what is not there yet, so that an interrupted run can be repeated. Throws failure(dms_refused) for a data
/// directory that holds something else than the demo.
demo_result make_demo(host &in, const demo_options &how);

}  // namespace dms::reference
