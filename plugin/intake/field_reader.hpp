// field_reader.hpp - single fields of a record as clean lines, with remarks on what could not be taken as it came.
#pragma once

#include "intake/plain_text.hpp"
#include "intake/record.hpp"
#include "lead/lead.hpp"

namespace lead_system::intake {

// The columns' lengths in characters.
inline constexpr std::size_t short_text = 200, long_text = 2'000, message_text = 10'000;

class field_reader {
 public:
  explicit field_reader(lead_content &content) : content_(content) {}

  void remark(const std::string &field, message sentence) {
    for (auto &value : sentence.arguments) value = clean_line(value, long_text);
    add_message(content_.extras["remark/" + field], sentence);
  }
  /// The text of the first alternative that gives one. Entities are decoded: names and addresses are no HTML.
  std::string line(const record &from, const alternatives &where, const char *name, std::size_t longest = short_text) {
    if (where.empty()) return {};
    bool cut = false;
    auto text = from.first(where);
    if (text.find('&') != std::string::npos) text = without_entities(text);
    if (text.find_first_of("\\%") != std::string::npos) text = without_escapes(text);
    text = clean_line(text, longest, &cut);
    if (cut) remark(name, {"The value was cut at {1} characters.", {std::to_string(longest)}});
    return text;
  }

 private:
  lead_content &content_;
};

struct known_word {
  std::string_view folded, value;
};

/// What a word means by the source's own words, else by those that all know; empty: nothing.
template <std::size_t size>
std::string meaning_of(const word_map &own, const known_word (&common)[size], std::string_view folded) {
  if (const auto found = own.find(folded); found != own.end()) return found->second;
  for (const auto &known : common) {
    if (known.folded == folded) return std::string(known.value);
  }
  return {};
}

/// "email", "phone", "sms", "post", or empty.
std::string channel_of(const definition::reading &how, std::string_view text);

/// The person of a lead, with what is said of how to reach him.
void map_prospect(const definition::reading &how, const record &from, field_reader &fields, lead_content &into);

}  // namespace lead_system::intake
