// definition_parts.hpp - the parts of a definition's file, each read by one function. All throw definition_error, but
// for what part_context notes.
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
  mistakes *all = nullptr;  ///< null: the first mistake is thrown

  /// Does one step; a mistake in it is noted where all of them are asked for, and what follows is read.
  template <typename Step>
  void step(Step &&body) const {
    try {
      body();
    } catch (const definition_error &mistake) {
      if (all == nullptr) throw;
      all->push_back({mistake.line(), mistake.sentence()});
    }
  }
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

/// "Unknown key "adress" in "prospect"." at the part's line.
[[noreturn]] void unknown_key_in(const std::string &file, const info_node &part, const info_node &node);

/// The compiled expression of a node's value, with the node's line in the error.
expression read_expression(part_context where, const info_node &node);

template <typename Field, std::size_t size>
void read_section(part_context where, const info_node &node, const std::string_view (&names)[size],
                  section<Field> &into) {
  static_assert(size == static_cast<std::size_t>(Field::count));
  into.present = true;
  const auto read = [&](const info_node &part) {
    if (part.key == "from" && std::is_same_v<Field, phone_field>) {
      into.of_prospect = part.value == "prospect";
      if (!into.of_prospect) throw definition_error(where.file, part.line, {"A phone stands \"from prospect\".", {}});
      return;
    }
    std::size_t index = 0;
    while (index < size && names[index] != part.key) ++index;
    if (index == size && part.key != "at") unknown_key_in(where.file, part, node);
    auto expression = read_expression(where, part);
    if (index == size) {
      into.at.push_back(std::move(expression));
    } else {
      into.fields[index].push_back(std::move(expression));
    }
  };
  for (const auto &part : node.children) where.step([&] { read(part); });
}

void read_payload_part(part_context where, const info_node &node, definition::reading &into);

/// Words in their folded form → the values, which are not checked.
word_map read_words(part_context where, const info_node &node);
/// How a word of a payload is looked up: folded, or "*".
std::string fold_word(std::string_view text);

void read_map(part_context where, const info_node &node, definition::reading &into);
std::map<std::string, std::vector<std::string>> read_match(part_context where, const info_node &node,
                                                           const catalog &types);
feedback_definition read_feedback(part_context where, const info_node &node);

}  // namespace lead_system::intake
