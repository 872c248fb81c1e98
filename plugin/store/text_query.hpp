// text_query.hpp - what a free text search asks for. Words are found anywhere in a name, a company, a town, a postal
// code or a vehicle; what is one of a kind (e-mail, phone, the sender's number, customer number, VIN) by its beginning,
// a phone also by its end, so that an index finds it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/statement.hpp"

namespace lead_system::store {

/// How table lead_number keeps a phone: turned round, so that its end is a beginning.
std::string turned_phone(std::string_view digits);

struct text_query {
  bool everything = false;         ///< nothing was asked for
  std::string email;               ///< folded beginning; then nothing else is asked
  std::vector<std::string> words;  ///< folded; a lead has all of them, each in its name_key or search_key
  std::string phone;               ///< or this: digits, at least five
  std::string ending;              ///< or its last digits, at least four
  std::string number;              ///< or this: a number with at least one digit, or its beginning, as it was written
  bool one_of_a_kind() const noexcept { return !email.empty() || !phone.empty() || !ending.empty() || !number.empty(); }
};

text_query read_text(std::string_view text);

/// Conditions on table lead, each read from an index, of which a lead found by e-mail, phone or number meets one. The
/// sources say where a sender's number may come from; none: anywhere, without an index.
std::vector<std::string> one_of_a_kind_sql(const text_query &query, const std::vector<std::string> &sources,
                                           arguments &in);

}  // namespace lead_system::store
