#include "processing/assignment.hpp"

#include <algorithm>

#include "processing/coverage_check.hpp"
#include "processing/customer_documents.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

constexpr int given_at_once = 200;
/// As sure as a link that nobody has to look at twice.
constexpr int sure_score = 90;

std::map<std::string, std::int64_t> open_leads_of(store::store &store) {
  std::map<std::string, std::int64_t> result;
  for (const auto &group : store.open_groups()) result[group.assignee] += group.count;
  return result;
}

}  // namespace

/// What one round of assigning looks at, read once.
struct assignment_desk::moment {
  std::vector<access::grant> grants;
  access::presence here;
  std::map<std::string, std::int64_t> open;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> takers{};
};

std::optional<proposal> assignment_desk::own_salesperson(const lead &item, const access::presence &here) const {
  std::string salesperson;
  if (!item.customer.empty()) {
    salesperson = desk_.salesperson_of_customer(item.customer);
  } else {
    const auto found = desk_.matches(item);
    const bool sure = !found.empty() && found.front().score >= sure_score && !found.front().other_first_name &&
                      (found.size() == 1 || found[1].score < found.front().score);
    if (sure) salesperson = found.front().salesperson;
  }
  if (salesperson.empty() || !here.is_here(salesperson)) return std::nullopt;
  const auto all = desk_.assignable(item);
  if (std::none_of(all.begin(), all.end(), [&](const auto &one) { return one.id == salesperson; })) {
    return std::nullopt;
  }
  return proposal{salesperson, proposal::cause::customer, 0};
}

std::vector<std::string> assignment_desk::takers(const std::string &type, const std::string &location,
                                                 time_us now) const {
  moment at{store_.grants(), desk_.presence_at(now), {}};
  lead such;
  such.content.type = type;
  such.location = location;
  in_turn(such, at);
  return at.takers[{type, location}];
}

std::optional<proposal> assignment_desk::in_turn(const lead &item, moment &at) const {
  const auto [known, fresh] = at.takers.try_emplace({item.content.type, item.location});
  auto &takers = known->second;
  if (fresh) {
    std::vector<std::string> managers;
    for (const auto &one : desk_.assignable({})) {
      if (!at.here.is_here(one.id)) continue;
      const auto sees = access::visible_to(one.id, at.grants, types_);
      if (!access::sees(sees, item.content.type, item.location, {})) continue;
      (one.has_role("sales") ? takers : managers).push_back(one.id);
    }
    // Whoever leads a place has leads only where nobody sells there.
    if (takers.empty()) takers = std::move(managers);
  }
  const auto least = std::min_element(
      takers.begin(), takers.end(), [&](const auto &one, const auto &other) { return at.open[one] < at.open[other]; });
  if (least == takers.end()) return std::nullopt;
  return proposal{*least, proposal::cause::turn, at.open[*least]};
}

std::optional<proposal> assignment_desk::suggested(const lead &item, time_us now) const {
  auto here = desk_.presence_at(now);
  if (auto own = own_salesperson(item, here)) return own;
  const auto all = rows_.rules();
  const bool on = std::any_of(all.begin(), all.end(), [&](const auto &rule) {
    return rule.type == item.content.type && rule.location == item.location;
  });
  if (!on) return std::nullopt;
  moment at{store_.grants(), std::move(here), open_leads_of(store_)};
  return in_turn(item, at);
}

int assignment_desk::assign_waiting(const dms::call &call) {
  const auto rules = rows_.rules();
  if (rules.empty()) return 0;
  // Two at once would give each the same leads, and count them twice.
  const auto held = store_.hold("assignment");
  if (!held) return 0;
  const auto now = call.now_us();
  moment at{store_.grants(), desk_.presence_at(now), open_leads_of(store_)};
  int given = 0;
  for (const auto &rule : rules) {
    for (const auto id : rows_.waiting(rule, given_at_once)) {
      if (call.cancelled()) return given;
      const auto item = store_.find(id, access::system_visibility());
      if (!item) continue;
      auto chosen = own_salesperson(*item, at.here);
      if (!chosen) chosen = in_turn(*item, at);
      if (!chosen) continue;  // nobody is here for it: it waits for somebody who assigns
      if (desk_.assign_by_rule(call, *item, chosen->user, chosen->why == proposal::cause::customer ? -1 : chosen->open)
              .result != verdict::done) {
        continue;
      }
      ++at.open[chosen->user];
      ++given;
    }
  }
  return given;
}

outcome assignment_desk::set(const actor &who, const std::string &type, const std::vector<std::string> &locations,
                             const std::optional<std::string> &seen) const {
  const auto *known = types_.find_type(type);
  if (known == nullptr) return invalid("type", {"This lead type does not exist.", {}});
  const auto people = organisation_.now();
  auto wanted = locations;
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  for (const auto &one : wanted) {
    const auto *place = people->find_location(one);
    if (!one.empty() && (place == nullptr || !place->open)) {
      return invalid("locations", {"This location does not exist or is closed.", {}});
    }
  }
  if (rows_.set(type, wanted, seen ? &*seen : nullptr, who.user, who.now)) return {};
  outcome result;
  result.result = verdict::conflict;
  result.text = {"The settings of “{1}” have been changed meanwhile. Open the page again.", {known->title}};
  return result;
}

}  // namespace lead_system::processing
