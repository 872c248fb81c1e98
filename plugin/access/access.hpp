// access.hpp - who may see what (plugin/README.md "Access"). Pure rules, which everybody asks.
#pragma once

#include <string>
#include <vector>

#include "lead/catalog.hpp"
#include "lead/lead.hpp"

namespace lead_system::access {

enum class scope { inherit, none, all, locations };

/// One cell of the matrix: a user's right on a category or on a type.
struct grant {
  std::string user;
  bool on_category = true;
  std::string subject;  ///< key of the category or type
  scope reach = scope::none;
  std::vector<std::string> locations;  ///< host's location ids, for scope::locations
  bool operator==(const grant &) const = default;
};

/// Whether both are the same cell of the matrix.
inline bool same_cell(const grant &one, const grant &other) {
  return one.user == other.user && one.on_category == other.on_category && one.subject == other.subject;
}

struct type_visibility {
  std::string type;
  bool all = false;  ///< every location's leads, and those without location
  std::vector<std::string> locations;
  bool operator==(const type_visibility &) const = default;
};

/// What one user sees: his own leads whatever his grants, and per type all or some locations.
struct visibility {
  bool everything = false;  ///< the host itself (jobs); never a person
  std::string user;
  /// Sorted: those who are away and whose own leads he works meanwhile (presence.hpp). Their grants stay theirs.
  std::vector<std::string> stands_in_for{};
  std::vector<type_visibility> types;  ///< only types with something to see
  bool operator==(const visibility &) const = default;
};

/// The grants of `user` resolved: a type's own grant, else its category's. A grant on a category holds for all its
/// types, also those added later. `stands_in_for`: see visibility.
visibility visible_to(const std::string &user, const std::vector<grant> &grants, const catalog &types,
                      std::vector<std::string> stands_in_for = {});
/// Whether that salesperson's leads are his: his own, or those of somebody whom he represents.
bool works_for(const visibility &who, const std::string &assignee);
visibility system_visibility();
/// A lead of that type, at that location, with that salesperson (empty: none).
bool sees(const visibility &who, const std::string &type, const std::string &location, const std::string &assignee);
bool sees(const visibility &who, const lead &item);
/// ALLE on that type.
bool sees_all_of(const visibility &who, const std::string &type);

}  // namespace lead_system::access
