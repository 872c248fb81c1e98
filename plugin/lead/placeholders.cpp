#include "lead/placeholders.hpp"

#include <algorithm>
#include <boost/property_tree/info_parser.hpp>
#include <boost/property_tree/ptree.hpp>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

#include "embedded/placeholders.hpp"
#include "lead/fold.hpp"

namespace lead_system {

namespace {

using words = std::set<std::string, std::less<>>;

struct placeholder_lists {
  words ids, email_names, email_domains, phones;
};

constexpr bool is_digit_of_placeholder(char letter) noexcept {
  return letter >= '0' && letter <= '9';
}

/// INFO reads two words of a line as key and value: here both are words of the list.
void add_words(const boost::property_tree::ptree &node, words &into) {
  for (const auto &[key, child] : node) {
    into.insert(fold_name(key));
    into.insert(fold_name(child.data()));
  }
}

placeholder_lists read_lists() {
  boost::property_tree::ptree tree;
  std::istringstream in{std::string(embedded::placeholders().front().content)};
  boost::property_tree::read_info(in, tree);
  placeholder_lists lists;
  for (const auto &[name, list] : {std::pair{"ids", &lists.ids},
                                   {"email_names", &lists.email_names},
                                   {"email_domains", &lists.email_domains},
                                   {"phones", &lists.phones}}) {
    const auto node = tree.get_child_optional(name);
    if (!node) throw std::runtime_error(std::string("placeholders.info has no list ") + name + ".");
    add_words(*node, *list);
    list->erase(std::string{});
  }
  return lists;
}

/// Part of the program like the texts: read once.
const placeholder_lists &lists() {
  static const auto all = read_lists();
  return all;
}

/// "2,01788E+11", "3.1E11": a long number as a table shows it. What is cut off is lost.
bool is_damaged_number(std::string_view text) {
  const auto e = text.find_first_of("eE");
  if (e == 0 || e == std::string_view::npos || e + 1 >= text.size()) return false;
  const auto mantissa = text.substr(0, e);
  auto exponent = text.substr(e + 1);
  const bool plus = exponent.starts_with('+');
  if (plus) exponent.remove_prefix(1);
  const bool digits = !exponent.empty() && std::all_of(exponent.begin(), exponent.end(), is_digit_of_placeholder);
  const auto points = std::count_if(mantissa.begin(), mantissa.end(), [](char c) { return c == ',' || c == '.'; });
  const bool number = std::all_of(mantissa.begin(), mantissa.end(),
                                  [](char c) { return is_digit_of_placeholder(c) || c == ',' || c == '.'; });
  // "12E4" may be somebody's way of numbering; with a point or a plus it is a table's.
  return digits && number && points <= 1 && is_digit_of_placeholder(mantissa.front()) && (points == 1 || plus);
}

/// "{{lead_id}}", "${id}", "%ID%", "[id]", "<id>", "#NV", "#REF!"
bool is_template(std::string_view text) {
  const auto within = [&](std::string_view open, std::string_view close) {
    return text.size() > open.size() + close.size() && text.starts_with(open) && text.ends_with(close);
  };
  return within("{", "}") || within("${", "}") || within("%", "%") || within("[", "]") || within("<", ">") ||
         within("#", "!") || within("#", "?") || text == "#NV" || text == "#N/A" || text == "#NA";
}

/// "1.0", "0,00": a number that a table has taken for an amount.
std::string_view without_zero_decimals(std::string_view id) {
  const auto point = id.find_first_of(".,");
  if (point == 0 || point == std::string_view::npos || point + 1 == id.size()) return id;
  const bool zeros = id.find_first_not_of('0', point + 1) == std::string_view::npos;
  const bool number = std::all_of(id.begin(), id.begin() + static_cast<std::ptrdiff_t>(point), is_digit_of_placeholder);
  return zeros && number ? id.substr(0, point) : id;
}

/// "contact-form-7", "Formular 12": the form, not what was asked with it.
bool is_form(std::string_view folded) {
  constexpr std::string_view forms[] = {"form",        "formular", "kontaktformular", "webform",
                                        "webformular", "wpforms",  "contactform",     "wpcf",
                                        "gform",       "formid",   "anfrageformular"};
  constexpr std::string_view beside[] = {"contact", "kontakt", "web", "id",  "the", "wp",
                                         "cf",      "nr",      "no",  "new", "neu"};
  bool form = false;
  while (!folded.empty()) {
    const auto end = std::min(folded.find(' '), folded.size());
    auto word = folded.substr(0, end);
    folded.remove_prefix(std::min(end + 1, folded.size()));
    const bool number = std::all_of(word.begin(), word.end(), is_digit_of_placeholder) && word.size() <= 3;
    while (!number && !word.empty() && is_digit_of_placeholder(word.back())) word.remove_suffix(1);
    const bool is_one = std::find(std::begin(forms), std::end(forms), word) != std::end(forms);
    form = form || is_one;
    if (!is_one && !number && std::find(std::begin(beside), std::end(beside), word) == std::end(beside)) return false;
  }
  return form;
}

/// 12345…, 98765…, 00000…
bool is_run(std::string_view digits) {
  for (const int step : {0, 1, 9}) {
    bool run = true;
    for (std::size_t at = 1; at < digits.size(); ++at) run = run && (digits[at] - digits[at - 1] - step) % 10 == 0;
    if (run) return true;
  }
  return false;
}

}  // namespace

bool is_placeholder_id(std::string_view id) {
  const auto from = id.find_first_not_of(" \t\r\n'\"`");
  if (from == std::string_view::npos) return true;
  id = id.substr(from, id.find_last_not_of(" \t\r\n'\"`") - from + 1);
  if (is_template(id) || is_damaged_number(id)) return true;
  const auto folded = fold_name(without_zero_decimals(id));
  const bool nothing = std::all_of(folded.begin(), folded.end(), [](char c) { return c == '0' || c == ' '; });
  return nothing || lists().ids.contains(folded) || is_form(folded);
}

bool is_placeholder_email(std::string_view address) {
  const auto folded = fold_email(address);
  const auto at = folded.find('@');
  if (at == 0 || at == std::string::npos || at + 1 == folded.size()) return true;
  const auto name = std::string_view(folded).substr(0, std::min(at, folded.find('+')));
  auto domain = std::string_view(folded).substr(at + 1);
  domain = domain.substr(0, domain.rfind('.'));
  return lists().email_names.contains(fold_name(name)) || lists().email_domains.contains(fold_name(domain));
}

bool is_placeholder_phone(std::string_view digits) {
  for (const std::string_view prefix : {"00", "43", "49", "41"}) {
    if (digits.starts_with(prefix) && digits.size() > prefix.size() + 4) digits.remove_prefix(prefix.size());
  }
  while (digits.size() > 1 && digits.front() == '0' && !is_run(digits)) digits.remove_prefix(1);
  if (digits.size() < 5 || is_run(digits) || lists().phones.contains(digits)) return true;
  // 0664 0000000, 0664 1111111: the network is real, the rest is not.
  constexpr std::size_t network = 3, least_rest = 6;
  const auto rest = digits.size() >= network + least_rest ? digits.substr(network) : std::string_view{};
  return !rest.empty() && rest.find_first_not_of(rest.front()) == std::string_view::npos;
}

}  // namespace lead_system
