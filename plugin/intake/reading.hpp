// reading.hpp - what the readers need of a definition: compiled expressions for each field. Theirs alone.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "intake/definition.hpp"

namespace pugi {
class xpath_query;
}

namespace lead_system::intake {

enum class payload_format { xml, adf, star, csv, json, mail };
constexpr bool is_xml(payload_format format) noexcept {
  return format != payload_format::csv && format != payload_format::json;
}

/// One step of a JSON path: a member or index, or with `equals` the first element of an array whose member `name` has
/// that value: "/user_column_data/column_id=EMAIL/string_value".
struct json_step {
  std::string name;
  std::optional<std::string> equals;
};

/// One way to find a value. "=word" is the word itself, in every format.
struct expression {
  std::string text;  ///< as written
  std::optional<std::string> constant;
  std::shared_ptr<const pugi::xpath_query> xpath;  ///< XML: names in any letter case, prefixes left out
  std::string child;                               ///< XML: the name, where the expression is no more than one
  std::vector<json_step> steps;                    ///< JSON
  std::string column;                              ///< CSV: the header's name, folded
};
using alternatives = std::vector<expression>;  ///< tried in order

/// As the definition writes them: "customer/comments, comments".
inline std::string texts_of(const alternatives &all) {
  std::string result;
  for (const auto &one : all) result += (result.empty() ? "" : ", ") + one.text;
  return result;
}

enum class lead_field {
  external_id,
  type,
  priority,
  received,
  appointment,
  dealer_code,
  campaign,
  referrer,
  message,
  preferred_channel,
  preferred_time,
  test,
  secret,
  ignore,
  state,
  salesperson,
  count
};
enum class person_field {
  salutation,
  title,
  prefix,  ///< salutation and titles in one
  first_name,
  middle_name,
  last_name,
  suffix,  ///< titles, "jun."
  full_name,
  company,
  language,
  email,
  street,
  postal_code,
  city,
  country,
  customer_number,
  preferred_channel,  ///< where it is said of a person
  preferred_time,
  ignore,
  count
};
/// `country`, `area` and `local`: of a number that is sent in parts.
enum class phone_field { number, kind, country, area, local, count };
enum class vehicle_field {
  role,
  make,
  model,
  trim,
  year,
  condition,
  vin,
  order_number,
  stock_number,
  colour,
  mileage,
  mileage_unit,
  count
};
enum class consent_field { channel, given, at, text, count };
enum class finance_field { number, end, monthly_rate, residual, count };

/// Where a part of the lead stands, and its fields from there. Without `at` it stands where the lead does.
template <typename Field>
struct section {
  alternatives at;
  std::array<alternatives, static_cast<std::size_t>(Field::count)> fields;
  bool present = false;      ///< the definition has it
  bool of_prospect = false;  ///< phones: from where the prospect stands
  const alternatives &operator[](Field field) const { return fields[static_cast<std::size_t>(field)]; }
};

/// Words of the sender (folded) → ours.
using word_map = std::map<std::string, std::string, std::less<>>;

struct definition::reading {
  payload_format format = payload_format::xml;
  std::string zone = "UTC";  ///< IANA, of dates without offset
  std::vector<std::string> dates;
  char decimal = '.';
  alternatives records;            ///< where one lead begins; CSV: each row
  alternatives needs;              ///< without any of these the payload is of another source
  alternatives around_ignored;     ///< XML: what is of no use in the envelope, from the root
  std::vector<std::string> marks;  ///< probe: words that the first bytes hold, lower case
  section<lead_field> lead;
  section<person_field> prospect;
  std::vector<section<phone_field>> phones;
  section<vehicle_field> vehicle;
  std::vector<section<consent_field>> consents;
  section<finance_field> finance;
  word_map types;  ///< "a", "a + b", "a + *"; "*": whatever it is, also nothing
  word_map salutations, roles, conditions, channels, phone_kinds;
  word_map states;  ///< of an old list: its words → keys of our states
};

}  // namespace lead_system::intake
