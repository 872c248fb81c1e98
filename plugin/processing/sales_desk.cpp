#include "processing/sales_desk.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;

constexpr std::uint32_t at_once = 500;
/// Of one customer; nobody asks for more cars, or buys them.
constexpr int most_of_a_customer = 50;
constexpr std::size_t longest_text = 200, longest_id = 64;

std::string deal_text(const json &object, const char *name, std::size_t longest = longest_text) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return {};
  auto text = found->get<std::string>();
  if (text.find('\0') != std::string::npos || text.size() > longest) return {};
  return text;
}

std::int64_t change_of(const json &document) {
  const auto change = document.is_object() ? document.find("change") : document.end();
  return document.is_object() && change != document.end() && change->is_number_integer() ? change->get<std::int64_t>()
                                                                                         : 0;
}

/// Nobody: what the rule is sure of happens by itself.
actor the_rule(const dms::call &call) {
  return {{}, {}, true, true, false, call.now_us()};
}

}  // namespace

std::optional<deal> deal_from_json(const json &document) {
  if (!document.is_object()) return std::nullopt;
  deal result;
  result.id = deal_text(document, "id", longest_id);
  result.customer = deal_text(document, "customer", longest_id);
  result.sold_on = deal_text(document, "sold_on");
  if (result.id.empty() || result.customer.empty() || noon_of(result.sold_on) == 0) return std::nullopt;
  if (const auto vehicle = document.find("vehicle"); vehicle != document.end() && vehicle->is_object()) {
    result.make = deal_text(*vehicle, "make");
    result.model = deal_text(*vehicle, "model");
    result.vin = deal_text(*vehicle, "vin");
    result.stock_number = deal_text(*vehicle, "stock_number");
  }
  result.salesperson = deal_text(document, "salesperson", longest_id);
  result.location = deal_text(document, "location", longest_id);
  const auto cancelled = document.find("cancelled");
  result.cancelled = cancelled != document.end() && cancelled->is_boolean() && cancelled->get<bool>();
  result.change = change_of(document);
  return result.change > 0 ? std::optional(std::move(result)) : std::nullopt;
}

/// A host may still say the id of before a merge.
std::string sales_desk::customer_of(const deal &told) const {
  try {
    return desk_.customer_now(told.customer);
  } catch (const dms::failure &reason) {
    // look_again() asks once more.
    log_.warning("the customer of the deal " + told.id + " was not looked up: " + reason.what());
    return told.customer;
  }
}

/// All pages of what is new, each deal as it is now.
std::map<std::string, deal> sales_desk::read_news(time_us oldest) const {
  std::map<std::string, deal> all;
  for (auto known = rows_.known_change();;) {
    const auto page = dms::json_or_null(sales_.changed(known, at_once));
    std::vector<deal> news;
    auto upto = known;
    for (const auto &one : page.is_array() ? page : json::array()) {
      upto = std::max(upto, change_of(one));
      if (auto read = deal_from_json(one)) {
        // What no lead can be of any more is nothing to keep: it names people.
        if (noon_of(read->sold_on) < oldest && !rows_.find(read->id)) continue;
        read->customer = customer_of(*read);
        news.push_back(std::move(*read));
      } else {
        log_.warning("a deal of the host has no id, customer, day or change, and is left out");
      }
    }
    // A host that says the same again and again would never let this end.
    if (upto <= known) return all;
    rows_.take(news, upto);
    known = upto;
    for (auto &one : news) all[one.id] = std::move(one);
  }
}

/// What the rule is sure of; returns for how many leads.
int sales_desk::settle(const dms::call &call, const deal &sold) const {
  using taken_back = store::deal_rows::taken_back;
  const auto leads = rows_.candidates(sold, most_of_a_customer, taken_back::too);
  const auto found = judge(sold, leads);
  if (!found.sure) return 0;
  const auto &item = leads[*found.sure];
  // One that was taken back still stands beside the others: somebody says which it is.
  const auto free = rows_.candidates(sold, most_of_a_customer, taken_back::not_these);
  if (std::none_of(free.begin(), free.end(), [&](const lead &one) { return one.id == item.id; })) return 0;
  const auto sign = key(sign_of(sold, item.content));
  const auto came = desk_.sell(the_rule(call), call, item.id, std::nullopt, sold, std::string(sign));
  return came.result == verdict::done ? 1 : 0;
}

int sales_desk::take_news(const dms::call &call) const {
  if (!sales_) return 0;
  int done = 0;
  const auto news = read_news(call.now_us() - possible_days * day_us);
  for (const auto &one : rows_.fallen_through(static_cast<int>(at_once))) {
    const auto came = desk_.fall_through(the_rule(call), call, one.lead_id, one.of);
    if (came.result == verdict::done) ++done;
  }
  for (const auto &[id, one] : news) {
    if (call.cancelled()) break;
    const auto kept = rows_.find(id);
    if (kept && kept->lead_id == 0 && !kept->forgotten) done += settle(call, kept->of);
  }
  return done;
}

/// His leads and deals are those of the one whom he became; false: not all of them yet.
bool sales_desk::follow(const dms::call &call, const std::string &customer, const std::string &now) const {
  const bool all = desk_.follow_customer(the_rule(call), call, customer, now);
  rows_.move_customer(customer, now);
  return all;
}

int sales_desk::customer_merged(const dms::call &call, const std::string &customer) const {
  if (customer.empty() || customer.size() > longest_id) return 0;
  const auto now = desk_.customer_now(customer);
  if (now == customer) return 0;
  follow(call, customer, now);
  if (!sales_) return 0;
  int done = 0;
  for (const auto &one : rows_.of_customer(now, most_of_a_customer)) {
    if (one.lead_id == 0 && !one.of.cancelled && !one.forgotten) done += settle(call, one.of);
  }
  return done;
}

void sales_desk::look_for_merged(const dms::call &call) const {
  const auto page = rows_.customers(call.now_us() - possible_days * day_us, asked_for_, static_cast<int>(at_once));
  for (const auto &customer : page) {
    if (call.cancelled()) return;
    try {
      const auto now = desk_.customer_now(customer);
      if (now != customer && !follow(call, customer, now)) return;
    } catch (const dms::failure &reason) {
      if (reason.status() == dms_unavailable) return;
      log_.warning("customer " + customer + " was not looked up: " + reason.what());
    }
    asked_for_ = customer;
  }
  if (page.size() < at_once) asked_for_.clear();
}

int sales_desk::look_again(const dms::call &call) const {
  if (!sales_) return 0;
  look_for_merged(call);
  int done = take_news(call);
  rows_.drop_before(call.now_us() - possible_days * day_us);
  const auto since = call.now_us() - sure_days * day_us;
  std::string last;
  for (std::vector<store::kept_deal> page; !call.cancelled(); last = page.back().of.id) {
    page = rows_.without_lead(since, last, static_cast<int>(at_once));
    if (page.empty()) break;
    for (const auto &one : page) done += settle(call, one.of);
  }
  return done;
}

std::vector<sales_desk::offer> sales_desk::offers_of(const deal &sold, const access::visibility &who) const {
  std::vector<offer> result;
  const auto leads = rows_.candidates(sold, most_of_a_customer, store::deal_rows::taken_back::too);
  for (const auto at : judge(sold, leads).possible) {
    if (!access::sees(who, leads[at])) continue;
    result.push_back({sold, leads[at], sign_of(sold, leads[at].content)});
  }
  return result;
}

std::vector<sales_desk::offer> sales_desk::offers_for(const lead &item, const access::visibility &who) const {
  std::vector<offer> result;
  if (!hears() || item.customer.empty()) return result;
  for (const auto &one : rows_.of_customer(item.customer, most_of_a_customer)) {
    if (one.lead_id != 0 || one.of.cancelled) continue;
    for (auto &offered : offers_of(one.of, who)) {
      if (offered.item.id == item.id) result.push_back(std::move(offered));
    }
  }
  return result;
}

std::optional<sales_desk::offer> sales_desk::offered(const actor &who, const std::string &deal,
                                                     std::int64_t lead_id) const {
  const auto known = deal.size() > longest_id ? std::nullopt : rows_.find(deal);
  if (!known || known->lead_id != 0 || known->of.cancelled) return std::nullopt;
  for (auto &one : offers_of(known->of, desk_.visibility_of(who.user, who.now))) {
    if (one.item.id == lead_id) return std::move(one);
  }
  return std::nullopt;
}

outcome sales_desk::confirm(const actor &who, const dms::call &call, const std::string &deal, std::int64_t lead_id,
                            std::int64_t version) const {
  const auto found = offered(who, deal, lead_id);
  if (!found) return refused({"This match is not offered any more. Look at the page again.", {}});
  auto acting = who;
  acting.undo_us = 0;  // It is taken back as any sale is.
  return desk_.sell(acting, call, lead_id, version, found->of, "confirmed");
}

outcome sales_desk::refuse(const actor &who, const std::string &deal, std::int64_t lead_id) const {
  if (!who.may_process) {
    return forbidden({"You may look at leads, but not work on them. Ask your administrator for the right.", {}});
  }
  if (!offered(who, deal, lead_id)) return refused({"This match is not offered any more. Look at the page again.", {}});
  rows_.refuse(deal, lead_id, who.user, who.now);
  return {};
}

}  // namespace lead_system::processing
