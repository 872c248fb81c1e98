#include "processing/customer_merge.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "lead/fold.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;

struct part {
  const char *name;
  std::string person::*member;
};
/// What belongs together is taken together: half an address is none.
struct group {
  std::string_view field, between;
  std::vector<part> parts;
  bool whole = false;  ///< parts that the lead lacks are emptied with the others
};
const std::vector<group> &groups() {
  static const std::vector<group> all{
      {"salutation", "", {{"salutation", &person::salutation}}},
      {"name",
       " ",
       {{"title", &person::title}, {"first_name", &person::first_name}, {"last_name", &person::last_name}}},
      {"company", "", {{"company", &person::company}}},
      {"email", "", {{"email", &person::email}}},
      {"address",
       ", ",
       {{"street", &person::street}, {"postal_code", &person::postal_code}, {"city", &person::city}},
       true},
      {"language", "", {{"language", &person::language}}}};
  return all;
}

std::string joined(const person &who, const group &of) {
  std::string result;
  for (const auto &one : of.parts) {
    const auto &text = who.*one.member;
    if (text.empty()) continue;
    const bool town = std::string_view(one.name) == "city" && !who.postal_code.empty();
    if (!result.empty()) result += town ? " " : std::string(of.between);
    result += text;
  }
  return result;
}

/// What the lead does not say is no difference, except where the parts make one whole.
bool agree(const group &of, const person &lead, const person &customer) {
  return std::all_of(of.parts.begin(), of.parts.end(), [&](const part &one) {
    const auto &mine = lead.*one.member, &his = customer.*one.member;
    if (mine.empty() && !of.whole) return true;
    return of.field == "email" ? fold_email(mine) == fold_email(his) : fold_name(mine) == fold_name(his);
  });
}

/// Numbers of the lead that the customer has not, as far as they were understood.
std::vector<std::string> new_numbers(const person &prospect, const known_customer &customer) {
  std::vector<std::string> result;
  for (const auto &one : prospect.phones) {
    const bool known = std::any_of(customer.who.phones.begin(), customer.who.phones.end(), [&](const phone &his) {
      return phone_digits(his.number) == phone_digits(one.number);
    });
    if (one.number.starts_with('+') && !known) result.push_back(one.number);
  }
  return result;
}

std::string joined(const std::vector<std::string> &texts) {
  std::string result;
  for (const auto &one : texts) result += (result.empty() ? "" : ", ") + one;
  return result;
}

std::vector<std::string> all_numbers_of(const person &who) {
  std::vector<std::string> result;
  for (const auto &one : who.phones) result.push_back(one.number);
  return result;
}

/// "company" as a form of address says what the kind of a customer says already.
person comparable(person prospect) {
  if (prospect.salutation == "company") prospect.salutation.clear();
  return prospect;
}

bool has(const std::vector<std::string> &list, std::string_view one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace

merge_plan plan_of(const person &sent, const known_customer &customer) {
  const auto prospect = comparable(sent);
  merge_plan result;
  for (const auto &one : groups()) {
    const auto mine = joined(prospect, one), his = joined(customer.who, one);
    if (mine.empty() || agree(one, prospect, customer.who)) continue;
    if (his.empty()) {
      result.filled.emplace_back(one.field);
    } else {
      result.differences.push_back({std::string(one.field), mine, his});
    }
  }
  if (const auto fresh = new_numbers(prospect, customer); !fresh.empty()) {
    if (customer.who.phones.empty()) {
      result.filled.emplace_back("phones");
    } else {
      result.differences.push_back({"phones", joined(fresh), joined(all_numbers_of(customer.who))});
    }
  }
  return result;
}

std::string changes_of(const person &sent, const known_customer &customer, const std::vector<std::string> &take,
                       const std::vector<std::string> &refused) {
  const auto prospect = comparable(sent);
  const auto plan = plan_of(prospect, customer);
  const auto taken = [&](std::string_view field) {
    if (has(plan.filled, field)) return true;
    return has(take, field) && std::any_of(plan.differences.begin(), plan.differences.end(),
                                           [&](const difference &one) { return one.field == field; });
  };
  auto changes = json::object();
  for (const auto &one : groups()) {
    if (!taken(one.field)) continue;
    for (const auto &[name, member] : one.parts) {
      if (one.whole || !(prospect.*member).empty()) changes[name] = prospect.*member;
    }
    if (one.field == "address" && !prospect.country.empty()) changes["country"] = prospect.country;
  }
  if (taken("phones")) {
    auto numbers = all_numbers_of(customer.who);
    for (auto &number : new_numbers(prospect, customer)) numbers.push_back(std::move(number));
    changes["phones"] = std::move(numbers);
  }
  // A "no" is not a choice of ours; what the dealer was told before stays.
  auto all = customer.refused;
  std::copy_if(refused.begin(), refused.end(), std::back_inserter(all),
               [&](const auto &one) { return !has(all, one); });
  if (all != customer.refused) changes["refused"] = std::move(all);
  return changes.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<std::string> fields_of(const std::string &members) {
  const auto object = dms::json_or_null(members);
  std::vector<std::string> result;
  if (!object.is_object()) return result;
  for (const auto &one : groups()) {
    const bool any =
        std::any_of(one.parts.begin(), one.parts.end(), [&](const part &it) { return object.contains(it.name); });
    if (any) result.emplace_back(one.field);
  }
  if (object.contains("phones")) result.emplace_back("phones");
  if (object.contains("refused")) result.emplace_back("refused");
  return result;
}

}  // namespace lead_system::processing
