// definition_parts.hpp - the parts of a definition's file, each read by one function. All throw definition_error.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "intake/info_text.hpp"
#include "intake/reading.hpp"

namespace lead_system::intake {

struct part_context {
  const std::string &file;
  payload_format format;
};

// The names of the fields, in the order of their enumerations.
inline constexpr std::string_view lead_field_names[] = {
    "external_id", "type",     "priority", "received",          "appointment",    "dealer_code",
    "campaign",    "referrer", "message",  "preferred_channel", "preferred_time", "test",
    "secret",      "ignore",   "state",    "salesperson"};
inline constexpr std::string_view person_field_names[] = {
    "salutation",        "title",          "prefix",  "first_name",
    "middle_name",       "last_name",      "suffix",  "full_name",
    "company",           "language",       "email",   "street",
    "postal_code",       "city",           "country", "customer_number",
    "preferred_channel", "preferred_time", "ignore"};
inline constexpr std::string_view phone_field_names[] = {"number", "kind", "country", "area", "local"};
inline constexpr std::string_view vehicle_field_names[] = {"role",         "make",      "model",   "trim",
                                                           "year",         "condition", "vin",     "order_number",
                                                           "stock_number", "colour",    "mileage", "mileage_unit"};
inline constexpr std::string_view consent_field_names[] = {"channel", "given", "at_time", "text"};
inline constexpr std::string_view finance_field_names[] = {"number", "end", "monthly_rate", "residual"};

/// The compiled expression of a node's value, with the node's line in the error.
expression read_expression(part_context where, const info_node &node);

template <typename Field, std::size_t size>
void read_section(part_context where, const info_node &node, const std::string_view (&names)[size],
                  section<Field> &into) {
  static_assert(size == static_cast<std::size_t>(Field::count));
  into.present = true;
  for (const auto &part : node.children) {
    if (part.key == "from" && std::is_same_v<Field, phone_field>) {
      into.of_prospect = part.value == "prospect";
      if (!into.of_prospect) throw definition_error(where.file, part.line, "A phone stands \"from prospect\".");
      continue;
    }
    auto expression = read_expression(where, part);
    if (part.key == "at") {
      into.at.push_back(std::move(expression));
      continue;
    }
    std::size_t index = 0;
    while (index < size && names[index] != part.key) ++index;
    if (index == size) {
      throw definition_error(where.file, part.line, "Unknown key \"" + part.key + "\" in \"" + node.key + "\".");
    }
    into.fields[index].push_back(std::move(expression));
  }
}

void read_payload_part(part_context where, const info_node &node, definition::reading &into);

/// Words in their folded form → the values, which are not checked.
word_map read_words(const std::string &file, const info_node &node);
/// How a word of a payload is looked up: folded, or "*".
std::string fold_word(std::string_view text);

void read_map(const std::string &file, const info_node &node, definition::reading &into);
std::map<std::string, std::vector<std::string>> read_match(const std::string &file, const info_node &node,
                                                           const catalog &types);
feedback_definition read_feedback(const std::string &file, const info_node &node);

}  // namespace lead_system::intake
