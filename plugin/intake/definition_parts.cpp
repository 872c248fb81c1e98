#include "intake/definition_parts.hpp"

#include <algorithm>
#include <pugixml.hpp>
#include <stdexcept>

#include "intake/catalog_text.hpp"
#include "intake/expression.hpp"
#include "lead/fold.hpp"
#include "lead/state.hpp"

namespace lead_system::intake {
namespace {

template <std::size_t size>
void check_word(const std::string &file, const info_node &node, const std::string_view (&allowed)[size]) {
  if (std::find(std::begin(allowed), std::end(allowed), node.value) != std::end(allowed)) return;
  std::string list;
  for (auto word : allowed) list += (list.empty() ? "" : ", ") + std::string(word);
  throw definition_error(file, node.line, "\"" + node.value + "\" is none of: " + list + ".");
}

constexpr std::string_view salutations[] = {"mr", "ms", "company"};
constexpr std::string_view roles[] = {"wanted", "trade_in"};
constexpr std::string_view conditions[] = {"new", "used"};
constexpr std::string_view channels[] = {"email", "phone", "sms", "post"};
constexpr std::string_view phone_kinds[] = {"mobile", "home", "work"};
constexpr std::string_view match_rules[] = {"none", "customer_number", "vin", "email_and_name"};

template <std::size_t size>
word_map checked_words(const std::string &file, const info_node &node, const std::string_view (&allowed)[size]) {
  for (const auto &word : node.children) check_word(file, word, allowed);
  return read_words(file, node);
}

void read_states(const std::string &file, const info_node &node, feedback_definition &into) {
  for (const auto &part : node.children) {
    if (!state_from(part.key)) throw definition_error(file, part.line, "There is no state \"" + part.key + "\".");
    feedback_definition::code code;
    code.status = part.value;
    if (code.status.empty()) throw definition_error(file, part.line, "\"" + part.key + "\" has no value.");
    for (const auto &detail : part.children) {
      if (detail.key != "reason") unknown_key(file, detail);
      code.reason = plain_value(file, detail);
    }
    into.states[part.key] = std::move(code);
  }
}

void read_reasons(const std::string &file, const info_node &node, feedback_definition &into) {
  for (const auto &part : node.children) {
    if (find_reason(part.key) == nullptr) {
      throw definition_error(file, part.line, "There is no reason \"" + part.key + "\".");
    }
    into.reasons[part.key] = plain_value(file, part);
  }
}

/// An XPath of the receiver's answer is kept as text; it must compile.
std::string answer_xpath(const std::string &file, const info_node &node) {
  const auto &text = plain_value(file, node);
  try {
    compile(payload_format::xml, text);
  } catch (const std::invalid_argument &problem) {
    throw definition_error(file, node.line, problem.what());
  }
  return text;
}

void read_answer(const std::string &file, const info_node &node, feedback_definition &into) {
  for (const auto &part : node.children) {
    if (part.key == "path") {
      into.answer_path = answer_xpath(file, part);
    } else if (part.key == "error") {
      into.answer_error_path = answer_xpath(file, part);
    } else if (part.key == "ok") {
      into.answer_ok = plain_value(file, part);
    } else if (part.key == "rejected") {
      into.answer_rejected = plain_value(file, part);
    } else {
      unknown_key(file, part);
    }
  }
}

}  // namespace

expression read_expression(part_context where, const info_node &node) {
  try {
    return compile(where.format, plain_value(where.file, node));
  } catch (const std::invalid_argument &problem) {
    throw definition_error(where.file, node.line, problem.what());
  }
}

void read_payload_part(part_context where, const info_node &node, definition::reading &into) {
  for (const auto &part : node.children) {
    if (part.key == "record") {
      into.records.push_back(read_expression(where, part));
    } else if (part.key == "needs") {
      into.needs.push_back(read_expression(where, part));
    } else if (part.key == "ignore") {
      into.around_ignored.push_back(read_expression(where, part));
    } else if (part.key == "mark") {
      into.marks.push_back(fold_email(plain_value(where.file, part)));
    } else {
      throw definition_error(where.file, part.line, "Unknown key \"" + part.key + "\" in \"payload\".");
    }
  }
}

std::string fold_word(std::string_view text) {
  // "a + b" keeps its plus, "*" stands for everything.
  if (text == "*") return "*";
  const auto plus = text.find(" + ");
  if (plus == std::string_view::npos) return fold_name(text);
  const auto second = text.substr(plus + 3);
  return fold_name(text.substr(0, plus)) + " + " + (second == "*" ? "*" : fold_name(second));
}

word_map read_words(const std::string &file, const info_node &node) {
  word_map result;
  for (const auto &word : node.children) {
    const auto key = fold_word(word.key);
    if (key.empty()) throw definition_error(file, word.line, "\"" + word.key + "\" has no letters.");
    if (!result.emplace(key, plain_value(file, word)).second) {
      throw definition_error(file, word.line, "\"" + word.key + "\" is there twice.");
    }
  }
  return result;
}

void read_map(const std::string &file, const info_node &node, definition::reading &into) {
  if (node.value == "salutation") {
    into.salutations = checked_words(file, node, salutations);
  } else if (node.value == "role") {
    into.roles = checked_words(file, node, roles);
  } else if (node.value == "condition") {
    into.conditions = checked_words(file, node, conditions);
  } else if (node.value == "channel") {
    into.channels = checked_words(file, node, channels);
  } else if (node.value == "phone_kind") {
    into.phone_kinds = checked_words(file, node, phone_kinds);
  } else if (node.value == "state") {
    for (const auto &word : node.children) {
      if (!state_from(word.value)) throw definition_error(file, word.line, "There is no state \"" + word.value + "\".");
    }
    into.states = read_words(file, node);
  } else {
    throw definition_error(
        file, node.line,
        "Unknown map \"" + node.value + "\": type, salutation, role, condition, channel, phone_kind or state.");
  }
}

std::map<std::string, std::vector<std::string>> read_match(const std::string &file, const info_node &node,
                                                           const catalog &types) {
  std::map<std::string, std::vector<std::string>> result;
  for (const auto &part : node.children) {
    const auto *type = types.find_type(part.key);
    if (type == nullptr) throw definition_error(file, part.line, "There is no lead type \"" + part.key + "\".");
    plain_value(file, part);
    check_word(file, part, match_rules);
    if (!type->customer_match && part.value != "none") {
      throw definition_error(file, part.line, "The type \"" + part.key + "\" is never tied to a customer by itself.");
    }
    if (part.value != "none") result[part.key].push_back(part.value);
  }
  return result;
}

/// A message that the receiver answers and that is about no lead.
std::string read_probe(const std::string &file, const info_node &node) {
  std::string text;
  for (const auto &part : node.children) {
    if (part.key != "line") unknown_key(file, part);
    text += part.value + "\n";
  }
  if (text.empty()) throw definition_error(file, node.line, "\"probe\" has no line.");
  return text;
}

feedback_definition read_feedback(const std::string &file, const info_node &node) {
  feedback_definition result;
  result.enabled = true;
  for (const auto &part : node.children) {
    if (part.key == "manufacturer") {
      result.manufacturer = plain_value(file, part);
    } else if (part.key == "format") {
      result.format = plain_value(file, part);
    } else if (part.key == "date") {
      result.date_format = plain_value(file, part);
    } else if (part.key == "line") {
      result.template_text += part.value + "\n";
    } else if (part.key == "states") {
      read_states(file, part, result);
    } else if (part.key == "reasons") {
      read_reasons(file, part, result);
    } else if (part.key == "probe") {
      result.probe_text = read_probe(file, part);
    } else if (part.key == "answer") {
      read_answer(file, part, result);
    } else {
      throw definition_error(file, part.line, "Unknown key \"" + part.key + "\" in \"feedback\".");
    }
  }
  const auto require = [&](const std::string &value, const char *what) {
    if (value.empty()) throw definition_error(file, node.line, std::string("The feedback has no ") + what + ".");
  };
  require(result.manufacturer, "manufacturer");
  require(result.format, "format");
  require(result.date_format, "date");
  require(result.template_text, "line of its template");
  require(result.answer_path, "answer with a path");
  require(result.answer_ok, "answer that is ok");
  if (result.states.empty()) throw definition_error(file, node.line, "The feedback has no states.");
  return result;
}

}  // namespace lead_system::intake
