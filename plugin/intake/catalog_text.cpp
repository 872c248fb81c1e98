#include "intake/catalog_text.hpp"

#include <algorithm>
#include <charconv>

#include "intake/definition.hpp"

namespace lead_system::intake {
namespace {

bool is_key(std::string_view text) {
  return !text.empty() && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
  });
}

const std::string &key_of(const std::string &file, const info_node &node) {
  if (!is_key(node.value)) {
    throw definition_error(file, node.line,
                           {"\"{1}\" is no key: small letters, digits and _ only, at most 60.", {node.value}});
  }
  return node.value;
}

bool yes_or_no(const std::string &file, const info_node &node) {
  const auto &value = plain_value(file, node);
  if (value != "yes" && value != "no") throw definition_error(file, node.line, {"\"{1}\" is yes or no.", {node.key}});
  return value == "yes";
}

/// Up to ten years of minutes, which also bounds months.
int whole_number(const std::string &file, const info_node &node) {
  const auto &value = plain_value(file, node);
  int number = 0;
  auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (problem != std::errc{} || end != value.data() + value.size() || number < 1 || number > 5'256'000) {
    throw definition_error(file, node.line, {"\"{1}\" is a whole number from 1 to 5256000.", {node.key}});
  }
  return number;
}

/// "appointment test_drive_done offer", or "none".
std::vector<lead_state> steps_in(const std::string &file, const info_node &node) {
  std::vector<lead_state> result;
  std::string_view rest = plain_value(file, node);
  if (rest == "none") return result;
  while (!rest.empty()) {
    const auto word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    if (word.empty()) continue;
    const auto state = state_from(word);
    const auto all = choosable_steps();
    if (!state || std::find(all.begin(), all.end(), *state) == all.end()) {
      throw definition_error(file, node.line,
                             {"\"{1}\" names appointment, test_drive_done and offer, or is none; not \"{2}\".",
                              {node.key, std::string(word)}});
    }
    result.push_back(*state);
  }
  return result;
}

}  // namespace

const std::string &plain_value(const std::string &file, const info_node &node) {
  if (node.value.empty()) throw definition_error(file, node.line, {"\"{1}\" has no value.", {node.key}});
  if (!node.children.empty()) {
    throw definition_error(file, node.children.front().line, {"\"{1}\" takes no part in braces.", {node.key}});
  }
  return node.value;
}

void unknown_key(const std::string &file, const info_node &node) {
  throw definition_error(file, node.line, {"Unknown key \"{1}\".", {node.key}});
}

void add_category(const std::string &file, const info_node &node, catalog &into) {
  category item;
  item.key = key_of(file, node);
  for (const auto &part : node.children) {
    if (part.key != "title") unknown_key(file, part);
    item.title = plain_value(file, part);
  }
  if (item.title.empty()) throw definition_error(file, node.line, {"The category \"{1}\" has no title.", {item.key}});
  into.add(std::move(item));
}

void add_type(const std::string &file, const info_node &node, catalog &into) {
  lead_type item;
  item.key = key_of(file, node);
  for (const auto &part : node.children) {
    if (part.key == "category") {
      item.category = plain_value(file, part);
      if (into.find_category(item.category) == nullptr) {
        throw definition_error(file, part.line, {"There is no category \"{1}\".", {item.category}});
      }
    } else if (part.key == "title") {
      item.title = plain_value(file, part);
    } else if (part.key == "short_title") {
      item.short_title = plain_value(file, part);
    } else if (part.key == "urgent") {
      item.urgent = yes_or_no(file, part);
    } else if (part.key == "customer_match") {
      item.customer_match = yes_or_no(file, part);
    } else if (part.key == "reminder_minutes") {
      item.reminder_minutes = whole_number(file, part);
    } else if (part.key == "escalation_minutes") {
      item.escalation_minutes = whole_number(file, part);
    } else if (part.key == "follow_up_reminder_minutes") {
      item.follow_up_reminder_minutes = whole_number(file, part);
    } else if (part.key == "follow_up_escalation_minutes") {
      item.follow_up_escalation_minutes = whole_number(file, part);
    } else if (part.key == "retention_months") {
      item.retention_months = whole_number(file, part);
    } else if (part.key == "steps") {
      item.steps = steps_in(file, part);
    } else if (part.key == "further_steps") {
      item.further_steps = steps_in(file, part);
    } else {
      unknown_key(file, part);
    }
  }
  if (item.category.empty()) throw definition_error(file, node.line, {"The type \"{1}\" has no category.", {item.key}});
  if (item.title.empty()) throw definition_error(file, node.line, {"The type \"{1}\" has no title.", {item.key}});
  if (item.short_title.empty()) item.short_title = item.title;
  if (item.reminder_minutes > item.escalation_minutes ||
      item.follow_up_reminder_minutes > item.follow_up_escalation_minutes) {
    throw definition_error(file, node.line, {"The type \"{1}\" escalates before it reminds.", {item.key}});
  }
  into.add(std::move(item));
}

void parse_lead_types(const std::string &file, std::string_view text, catalog &into) {
  auto result = into;  // all or nothing
  for (const auto &node : parse_info(file, text).children) {
    if (node.key == "category") {
      add_category(file, node, result);
    } else if (node.key == "type") {
      add_type(file, node, result);
    } else {
      unknown_key(file, node);
    }
  }
  into = std::move(result);
}

}  // namespace lead_system::intake
