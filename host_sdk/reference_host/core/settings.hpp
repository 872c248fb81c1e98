// settings.hpp - values that an admin sets, for the host ("host") and for each plugin by its id.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

class settings {
 public:
  explicit settings(database &in) : database_(in) {}
  std::optional<std::string> get(std::string_view scope, std::string_view key) const;
  void set(std::string_view scope, std::string_view key, std::string_view value);  ///< empty value: removes it
  /// The value; where there is none yet, so many random bytes in hexadecimal, once for all hosts.
  std::string made_once(std::string_view scope, std::string_view key, std::size_t bytes);
  std::map<std::string, std::string> all(std::string_view scope) const;

 private:
  database &database_;
};

}  // namespace dms::reference
