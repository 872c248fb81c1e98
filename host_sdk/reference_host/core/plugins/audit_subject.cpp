#include "reference_host/core/plugins/audit_subject.hpp"

#include <algorithm>
#include <array>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"

namespace dms::reference {
namespace {

constexpr std::size_t longest_value = 64, most_values = 500;

struct member_rule {
  const char *name;
  bool list, number_only;
};
/// "message" is also the name of a lead's free text: only a number is its id.
constexpr std::array members{
    member_rule{"id", false, false},   member_rule{"user", false, false},    member_rule{"location", false, false},
    member_rule{"lead", false, false}, member_rule{"plugin", false, false},  member_rule{"payload", false, false},
    member_rule{"run", false, false},  member_rule{"contact", false, false}, member_rule{"message", false, true},
    member_rule{"deal", false, false}, member_rule{"mail", false, false},    member_rule{"template", false, true},
    member_rule{"leads", true, false}, member_rule{"users", true, false}};

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// At a character's beginning; blanks and control characters would read like another value.
std::string shortened(std::string text) {
  const auto end = whole_letters(text, longest_value).size();
  if (end < text.size()) text = text.substr(0, end) + "…";
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) <= ' '; }, '_');
  return text;
}

std::string trimmed(const std::string &text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

audit_subject subject_of(std::string_view screen, std::string_view input) {
  audit_subject result{std::string(screen), false, {}};
  const auto parsed = read_json(input).value_or(nlohmann::json());
  if (!parsed.is_object()) return result;
  for (const auto &rule : members) {
    const auto found = parsed.find(rule.name);
    if (found == parsed.end()) continue;
    if (!rule.list && found->is_array() && found->size() > 1) result.doubled = rule.name;
    std::size_t count = 0;
    for (const auto &item : found->is_array() ? *found : nlohmann::json::array({*found})) {
      if (++count > most_values) break;
      const auto value = item.is_string()           ? trimmed(item.get<std::string>())
                         : item.is_number_integer() ? item.dump()
                                                    : std::string{};
      if (value.empty() || (rule.number_only && !is_number(value))) continue;
      result.text += ' ' + shortened(value);
      result.of_a_record = true;
    }
  }
  return result;
}

}  // namespace dms::reference
