// vouched_people.hpp - people for whom a sign-in service of the dealership vouches: who that is among the users here.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace dms::reference {

struct vouched_person {
  std::string issuer, subject;  ///< together: this person for good, whatever else changes
  std::string login, name, email;
  bool email_verified = false;
  /// What the service says of them; nothing: they are given here. Names that there are not here count for nothing.
  std::optional<std::vector<std::string>> roles{}, locations{};
};

}  // namespace dms::reference
