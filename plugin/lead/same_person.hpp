// same_person.hpp - when two leads are of one person: what everything that says "this person" goes by.
//
// A way to reach somebody is a sign only where it is his: a valid number or address that is no placeholder. Spouses and
// colleagues share such ways; who has another name is another person, until somebody says otherwise.
#pragma once

#include <string>
#include <vector>

#include "lead/lead.hpp"

namespace lead_system {

/// The ways to reach a person by which he is known again, in the form of the store's keys.
struct person_signs {
  std::string email;                ///< folded, or empty
  std::vector<std::string> phones;  ///< digits of E.164
  bool empty() const noexcept { return email.empty() && phones.empty(); }
};
person_signs signs_of(const person &who);

/// Whether two names may be one person's: the same words in any order, one of them with fewer words or an initial
/// ("Huber", "A. Huber", "Anna Maria Huber"). Where one has no name at all it cannot be another one.
bool maybe_same_name(const person &one, const person &other);

/// One of the signs in common and not another name.
bool same_person(const person &one, const person &other);

/// No e-mail, phone or name in common. False where one of them is not described at all.
bool another_person(const person &one, const person &other);

}  // namespace lead_system
