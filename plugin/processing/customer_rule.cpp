#include "processing/customer_rule.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "processing/matching.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;
using enum customer_match::likeness;

bool shows(const customer_match &match, std::string_view what, customer_match::likeness how) {
  return std::any_of(match.reasons.begin(), match.reasons.end(),
                     [&](const auto &one) { return one.what == what && one.how == how; });
}

bool other_name(const customer_match &match) {
  return match.other_first_name || shows(match, "name", different) || shows(match, "last_name", different) ||
         shows(match, "first_name", different);
}

bool fits(const customer_match &match, std::string_view rule) {
  if (other_name(match)) return false;
  if (rule == "email_and_name") return shows(match, "email", same) && shows(match, "name", same);
  return (rule == "customer_number" || rule == "vin") && shows(match, rule, same);
}

}  // namespace

std::string customer_question(const lead_content &content, std::string_view rule) {
  const auto &who = content.prospect;
  json question;
  if (rule == "customer_number" && !who.customer_number.empty()) question["ids"] = {who.customer_number};
  if (rule == "email_and_name" && !who.email.empty()) question["emails"] = {who.email};
  if (rule == "vin") {
    auto vins = json::array();
    for (const auto &one : content.wanted) {
      if (!one.vin.empty()) vins.push_back(one.vin);
    }
    if (content.trade_in && !content.trade_in->vin.empty()) vins.push_back(content.trade_in->vin);
    if (!vins.empty()) question["vins"] = std::move(vins);
  }
  if (question.is_null()) return {};
  question["limit"] = 20;
  return question.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<known_customer> customer_by_rule(const lead_content &content, std::string_view rule,
                                               const std::vector<known_customer> &candidates) {
  std::optional<known_customer> found;
  for (const auto &candidate : candidates) {
    if (!fits(compare(content, candidate), rule)) continue;
    if (found) return std::nullopt;
    found = candidate;
  }
  return found;
}

}  // namespace lead_system::processing
