#include "intake/expression.hpp"

#include <pugixml.hpp>
#include <stdexcept>

#include "lead/fold.hpp"

namespace lead_system::intake {
namespace {

/// pugixml compiles nested parentheses and predicates by recursion.
void check_nesting(std::string_view xpath) {
  int depth = 0;
  for (char letter : xpath) {
    if (letter == '(' || letter == '[') ++depth;
    if (letter == ')' || letter == ']') --depth;
    if (depth > 16) throw expression_error({"The XPath is nested more than 16 deep.", {}});
  }
}

std::shared_ptr<const pugi::xpath_query> compile_xpath(const std::string &text) {
  check_nesting(text);
  try {
    return std::make_shared<const pugi::xpath_query>(lower_names(text).c_str());
  } catch (const pugi::xpath_exception &problem) {
    throw expression_error({"The XPath \"{1}\" is broken: {2} at position {3}.",
                            {text, problem.what(), std::to_string(problem.result().offset + 1)}});
  }
}

std::vector<json_step> compile_pointer(const std::string &text) {
  std::vector<json_step> steps;
  if (text == ".") return steps;
  if (text.front() != '/') throw expression_error({"The JSON path \"{1}\" does not begin with /.", {text}});
  std::size_t from = 1;
  while (from <= text.size()) {
    const auto end = std::min(text.find('/', from), text.size());
    json_step step;
    step.name = text.substr(from, end - from);
    if (const auto sign = step.name.find('='); sign != std::string::npos) {
      step.equals = step.name.substr(sign + 1);
      step.name.resize(sign);
    }
    if (step.name.empty()) throw expression_error({"The JSON path \"{1}\" has an empty step.", {text}});
    steps.push_back(std::move(step));
    from = end + 1;
  }
  return steps;
}

}  // namespace

std::string lower_names(std::string_view xpath) {
  std::string result(xpath);
  char quote = 0;
  for (char &letter : result) {
    if (quote != 0) {
      if (letter == quote) quote = 0;
    } else if (letter == '\'' || letter == '"') {
      quote = letter;
    } else if (letter >= 'A' && letter <= 'Z') {
      letter = static_cast<char>(letter - 'A' + 'a');
    }
  }
  return result;
}

expression compile(payload_format format, const std::string &text) {
  constexpr std::size_t longest = 500;
  if (text.empty()) throw expression_error({"An expression is empty.", {}});
  if (text.size() > longest) throw expression_error({"An expression is longer than 500 characters.", {}});
  if (text.find('\0') != std::string::npos) throw expression_error({"An expression holds a zero byte.", {}});
  expression result;
  result.text = text;
  if (text.front() == '=') {
    result.constant = text.substr(1);
  } else if (is_xml(format)) {
    result.xpath = compile_xpath(text);
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
    if (text.find_first_not_of(letters) == std::string::npos) result.child = lower_names(text);
  } else if (format == payload_format::json) {
    result.steps = compile_pointer(text);
  } else {
    result.column = fold_name(text);
    if (result.column.empty()) throw expression_error({"The column \"{1}\" has no letters.", {text}});
  }
  return result;
}

}  // namespace lead_system::intake
