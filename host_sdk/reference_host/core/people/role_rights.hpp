// role_rights.hpp - where an admin gives a role a right, or takes it, against what the right's contributor proposed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

struct role_right {
  std::string role, right;
  bool granted = false;
};

class role_rights {
 public:
  explicit role_rights(database &in) : database_(in) {}
  std::vector<role_right> all() const;
  void set(std::string_view role, std::string_view right, bool granted);

 private:
  database &database_;
};

}  // namespace dms::reference
