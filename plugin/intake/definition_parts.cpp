#include "intake/definition_parts.hpp"

#include <algorithm>
#include <pugixml.hpp>
#include <stdexcept>

#include "intake/catalog_text.hpp"
#include "intake/definition_bounds.hpp"
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
  throw definition_error(file, node.line, {"\"{1}\" is none of: {2}.", {node.value, list}});
}

constexpr std::string_view salutations[] = {"mr", "ms", "company"};
constexpr std::string_view roles[] = {"wanted", "trade_in"};
constexpr std::string_view conditions[] = {"new", "used"};
constexpr std::string_view channels[] = {"email", "phone", "sms", "post"};
constexpr std::string_view phone_kinds[] = {"mobile", "home", "work"};
constexpr std::string_view match_rules[] = {"none", "customer_number", "vin", "email_and_name"};

template <std::size_t size>
word_map checked_words(part_context where, const info_node &node, const std::string_view (&allowed)[size]) {
  for (const auto &word : node.children) {
    where.step([&] { check_word(where.file, word, allowed); });
  }
  return read_words(where, node);
}

feedback_definition::code code_of_state(const std::string &file, const info_node &part) {
  if (!state_from(part.key)) throw definition_error(file, part.line, {"There is no state \"{1}\".", {part.key}});
  feedback_definition::code code;
  code.status = part.value;
  if (code.status.empty()) throw definition_error(file, part.line, {"\"{1}\" has no value.", {part.key}});
  for (const auto &detail : part.children) {
    if (detail.key != "reason") unknown_key(file, detail);
    code.reason = plain_value(file, detail);
  }
  return code;
}

void read_states(part_context where, const info_node &node, feedback_definition &into) {
  for (const auto &part : node.children) {
    where.step([&] { into.states[part.key] = code_of_state(where.file, part); });
  }
}

void read_reasons(part_context where, const info_node &node, feedback_definition &into) {
  for (const auto &part : node.children) {
    where.step([&] {
      if (find_reason(part.key) == nullptr) {
        throw definition_error(where.file, part.line, {"There is no reason \"{1}\".", {part.key}});
      }
      into.reasons[part.key] = plain_value(where.file, part);
    });
  }
}

/// An XPath of the receiver's answer is kept as text; it must compile.
std::string answer_xpath(part_context where, const info_node &node) {
  const part_context xml{where.file, payload_format::xml, where.all};
  return read_expression(xml, node).text;
}

void read_answer(part_context where, const info_node &node, feedback_definition &into) {
  const auto &file = where.file;
  const auto read = [&](const info_node &part) {
    if (part.key == "path") {
      into.answer_path = answer_xpath(where, part);
    } else if (part.key == "error") {
      into.answer_error_path = answer_xpath(where, part);
    } else if (part.key == "ok") {
      into.answer_ok = plain_value(file, part);
    } else if (part.key == "rejected") {
      into.answer_rejected = plain_value(file, part);
    } else {
      unknown_key(file, part);
    }
  };
  for (const auto &part : node.children) where.step([&] { read(part); });
}

}  // namespace

expression read_expression(part_context where, const info_node &node) {
  try {
    const auto &text = plain_value(where.file, node);
    if (where.all != nullptr && is_xml(where.format)) check_reach(text);
    return compile(where.format, text);
  } catch (const expression_error &problem) {
    throw definition_error(where.file, node.line, problem.sentence());
  }
}

void unknown_key_in(const std::string &file, const info_node &part, const info_node &node) {
  throw definition_error(file, part.line, {"Unknown key \"{1}\" in \"{2}\".", {part.key, node.key}});
}

void read_payload_part(part_context where, const info_node &node, definition::reading &into) {
  const auto read = [&](const info_node &part) {
    if (part.key == "record") {
      into.records.push_back(read_expression(where, part));
    } else if (part.key == "needs") {
      into.needs.push_back(read_expression(where, part));
    } else if (part.key == "ignore") {
      into.around_ignored.push_back(read_expression(where, part));
    } else if (part.key == "mark") {
      into.marks.push_back(fold_email(plain_value(where.file, part)));
    } else {
      unknown_key_in(where.file, part, node);
    }
  };
  for (const auto &part : node.children) where.step([&] { read(part); });
}

std::string fold_word(std::string_view text) {
  // "a + b" keeps its plus, "*" stands for everything.
  if (text == "*") return "*";
  const auto plus = text.find(" + ");
  if (plus == std::string_view::npos) return fold_name(text);
  const auto second = text.substr(plus + 3);
  return fold_name(text.substr(0, plus)) + " + " + (second == "*" ? "*" : fold_name(second));
}

word_map read_words(part_context where, const info_node &node) {
  word_map result;
  const auto read = [&](const info_node &word) {
    const auto key = fold_word(word.key);
    if (key.empty()) throw definition_error(where.file, word.line, {"\"{1}\" has no letters.", {word.key}});
    if (!result.emplace(key, plain_value(where.file, word)).second) {
      throw definition_error(where.file, word.line, {"\"{1}\" is there twice.", {word.key}});
    }
  };
  for (const auto &word : node.children) where.step([&] { read(word); });
  return result;
}

void read_map(part_context where, const info_node &node, definition::reading &into) {
  if (node.value == "salutation") {
    into.salutations = checked_words(where, node, salutations);
  } else if (node.value == "role") {
    into.roles = checked_words(where, node, roles);
  } else if (node.value == "condition") {
    into.conditions = checked_words(where, node, conditions);
  } else if (node.value == "channel") {
    into.channels = checked_words(where, node, channels);
  } else if (node.value == "phone_kind") {
    into.phone_kinds = checked_words(where, node, phone_kinds);
  } else if (node.value == "state") {
    for (const auto &word : node.children) {
      if (state_from(word.value)) continue;
      where.step([&] { throw definition_error(where.file, word.line, {"There is no state \"{1}\".", {word.value}}); });
    }
    into.states = read_words(where, node);
  } else {
    throw definition_error(
        where.file, node.line,
        {"Unknown map \"{1}\": type, salutation, role, condition, channel, phone_kind or state.", {node.value}});
  }
}

std::map<std::string, std::vector<std::string>> read_match(part_context where, const info_node &node,
                                                           const catalog &types) {
  std::map<std::string, std::vector<std::string>> result;
  const auto read = [&](const info_node &part) {
    const auto *type = types.find_type(part.key);
    if (type == nullptr) {
      throw definition_error(where.file, part.line, {"There is no lead type \"{1}\".", {part.key}});
    }
    plain_value(where.file, part);
    check_word(where.file, part, match_rules);
    if (!type->customer_match && part.value != "none") {
      throw definition_error(where.file, part.line,
                             {"The type \"{1}\" is never tied to a customer by itself.", {part.key}});
    }
    if (part.value != "none") result[part.key].push_back(part.value);
  };
  for (const auto &part : node.children) where.step([&] { read(part); });
  return result;
}

namespace {

/// A message that the receiver answers and that is about no lead.
std::string read_probe(const std::string &file, const info_node &node) {
  std::string text;
  for (const auto &part : node.children) {
    if (part.key != "line") unknown_key(file, part);
    text += part.value + "\n";
  }
  if (text.empty()) throw definition_error(file, node.line, {"\"probe\" has no line.", {}});
  return text;
}

void read_feedback_part(part_context where, const info_node &node, const info_node &part, feedback_definition &into) {
  const auto &file = where.file;
  if (part.key == "manufacturer") {
    into.manufacturer = plain_value(file, part);
  } else if (part.key == "format") {
    into.format = plain_value(file, part);
  } else if (part.key == "date") {
    into.date_format = plain_value(file, part);
  } else if (part.key == "line") {
    into.template_text += part.value + "\n";
  } else if (part.key == "states") {
    read_states(where, part, into);
  } else if (part.key == "reasons") {
    read_reasons(where, part, into);
  } else if (part.key == "probe") {
    into.probe_text = read_probe(file, part);
  } else if (part.key == "answer") {
    read_answer(where, part, into);
  } else {
    unknown_key_in(file, part, node);
  }
}

}  // namespace

feedback_definition read_feedback(part_context where, const info_node &node) {
  feedback_definition result;
  result.enabled = true;
  for (const auto &part : node.children) {
    where.step([&] { read_feedback_part(where, node, part, result); });
  }
  const auto require = [&](bool there, const char *sentence) {
    where.step([&] {
      if (!there) throw definition_error(where.file, node.line, {sentence, {}});
    });
  };
  require(!result.manufacturer.empty(), "The feedback has no manufacturer.");
  require(!result.format.empty(), "The feedback has no format.");
  require(!result.date_format.empty(), "The feedback has no date.");
  require(!result.template_text.empty(), "The feedback has no line of its template.");
  require(!result.answer_path.empty(), "The feedback has no answer with a path.");
  require(!result.answer_ok.empty(), "The feedback has no answer that is ok.");
  require(!result.states.empty(), "The feedback has no states.");
  return result;
}

}  // namespace lead_system::intake
