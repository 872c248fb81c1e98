// person_texts.hpp - a person's texts by name: how a content is kept, and what of it people correct.
#pragma once

#include "lead/lead.hpp"

namespace lead_system {

/// A text member with its JSON name.
template <typename Owner>
struct text_member {
  const char *name;
  std::string Owner::*member;
};

/// In the order of the names.
inline constexpr text_member<person> person_texts[] = {
    {"city", &person::city},
    {"company", &person::company},
    {"country", &person::country},
    {"customer_number", &person::customer_number},
    {"email", &person::email},
    {"first_name", &person::first_name},
    {"language", &person::language},
    {"last_name", &person::last_name},
    {"postal_code", &person::postal_code},
    {"salutation", &person::salutation},
    {"street", &person::street},
    {"title", &person::title},
};

}  // namespace lead_system
