#include "processing/matching.hpp"

#include <algorithm>
#include <numeric>

#include "lead/fold.hpp"
#include "lead/placeholders.hpp"

namespace lead_system::processing {

namespace {

using enum customer_match::likeness;

constexpr std::size_t most_matches = 10;
/// Below it a candidate is noise.
constexpr int least_score = 20;

/// What each sign weighs, in percent. One of the two ways to reach a person together with his name makes him very
/// likely; a name and a place alone do not; a family shares phone and address, but not the first name.
struct weights {
  int customer_number = 95, vin = 60, email = 60, phone = 50;
  int name = 40, similar_name = 20, last_name = 25, first_name = 10;
  int address = 25, postal_code = 10;
  int other_first_name = -25, other_last_name = -30, other_email = -3, other_phone = -3, other_address = -4;
};
constexpr weights weigh{};
/// Of somebody with another first name, whatever else is the same: spouses share mail, phone and address.
constexpr int most_of_another = 75;

std::size_t distance(const std::string &a, const std::string &b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row.back();
}

/// Of folded names: one is in the other ("leitgeb", "leitgeb moser"), or they differ by a slip or two.
customer_match::likeness likeness_of(const std::string &a, const std::string &b) {
  if (a == b) return same;
  constexpr std::size_t longest = 64;  // bounds the work; nobody's name is longer
  if (a.size() > longest || b.size() > longest) return different;
  const auto shorter = std::min(a.size(), b.size());
  const bool inside = shorter >= 3 && ((" " + a + " ").find(" " + b + " ") != std::string::npos ||
                                       (" " + b + " ").find(" " + a + " ") != std::string::npos);
  return inside || distance(a, b) <= (shorter >= 5 ? 2U : 1U) ? similar : different;
}

/// "anna" in "anna maria", "j" of "josef"; "andrea" and "andreas" differ by a letter and are two.
bool is_one_first_name(const std::string &a, const std::string &b) {
  if (a == b) return true;
  const auto &shorter = a.size() < b.size() ? a : b, &longer = a.size() < b.size() ? b : a;
  if (shorter.size() == 1) return longer.starts_with(shorter);
  return (" " + longer + " ").find(" " + shorter + " ") != std::string::npos;
}

class comparison {
 public:
  comparison(const lead_content &content, const known_customer &candidate)
      : content_(content), his_(content.prospect), candidate_(candidate) {}

  customer_match run() {
    match_.id = candidate_.id;
    match_.name = candidate_.who.full_name();
    match_.place = candidate_.who.postal_code;
    if (!candidate_.who.city.empty()) match_.place += (match_.place.empty() ? "" : " ") + candidate_.who.city;
    match_.salesperson = candidate_.salesperson;
    compare_numbers();
    compare_email();
    compare_phones();
    compare_names();
    compare_address();
    match_.other_first_name = other_first_name_;
    match_.maybe_household = other_first_name_ && (shared_email_ || shared_phone_ || shared_address_);
    match_.score = std::clamp(score_, 0, other_first_name_ ? most_of_another : 100);
    return std::move(match_);
  }

 private:
  void note(const char *what, customer_match::likeness how, int weight) {
    match_.reasons.push_back({what, how});
    score_ += weight;
  }

  void compare_numbers() {
    if (!is_placeholder_id(his_.customer_number) && his_.customer_number == candidate_.id) {
      note("customer_number", same, weigh.customer_number);
    }
    const auto owned = [&](const vehicle &one) {
      return std::any_of(candidate_.vins.begin(), candidate_.vins.end(), [&](const std::string &vin) {
        return !one.vin.empty() && fold_email(vin) == fold_email(one.vin);
      });
    };
    const bool any = std::any_of(content_.wanted.begin(), content_.wanted.end(), owned);
    if (any || (content_.trade_in && owned(*content_.trade_in))) note("vin", same, weigh.vin);
  }

  void compare_email() {
    const auto a = fold_email(his_.email), b = fold_email(candidate_.who.email);
    if (a.empty() || b.empty() || is_placeholder_email(a)) return;
    shared_email_ = a == b;
    a == b ? note("email", same, weigh.email) : note("email", different, weigh.other_email);
  }

  void compare_phones() {
    const auto &a = his_.phones, &b = candidate_.who.phones;
    if (a.empty() || b.empty()) return;
    shared_phone_ = std::any_of(a.begin(), a.end(), [&](const phone &one) {
      const auto digits = phone_digits(one.number);
      return !digits.empty() && !is_placeholder_phone(digits) &&
             std::any_of(b.begin(), b.end(), [&](const phone &other) { return phone_digits(other.number) == digits; });
    });
    shared_phone_ ? note("phone", same, weigh.phone) : note("phone", different, weigh.other_phone);
  }

  void compare_names() {
    const auto &other = candidate_.who;
    if (his_.last_name.empty() || other.last_name.empty()) {
      const auto a = fold_name(his_.company), b = fold_name(other.company);
      if (a.empty() || b.empty()) return;
      const auto how = likeness_of(a, b);
      note("name", how, how == same ? weigh.name : how == similar ? weigh.similar_name : weigh.other_last_name);
      return;
    }
    const auto last = likeness_of(fold_name(his_.last_name), fold_name(other.last_name));
    const auto a = fold_name(his_.first_name), b = fold_name(other.first_name);
    const bool first_known = !a.empty() && !b.empty();
    const auto first = first_known ? likeness_of(a, b) : same;
    other_first_name_ = first_known && !is_one_first_name(a, b);
    if (last != different && first == same && first_known) {
      note("name", last, last == same ? weigh.name : weigh.similar_name);
      return;
    }
    note("last_name", last,
         last == different ? weigh.other_last_name
         : last == same    ? weigh.last_name
                           : weigh.first_name);
    if (first_known) note("first_name", first, first == different ? weigh.other_first_name : 0);
  }

  void compare_address() {
    const auto &other = candidate_.who;
    if (his_.postal_code.empty() || other.postal_code.empty()) return;
    const bool same_place = his_.postal_code == other.postal_code;
    const auto a = fold_name(his_.street), b = fold_name(other.street);
    if (same_place && !a.empty() && a == b) {
      shared_address_ = true;
      note("address", same, weigh.address);
    } else if (same_place && (a.empty() || b.empty())) {
      note("address", similar, weigh.postal_code);
    } else {
      note("address", different, weigh.other_address);
    }
  }

  const lead_content &content_;
  const person &his_;
  const known_customer &candidate_;
  customer_match match_;
  int score_ = 0;
  bool shared_email_ = false, shared_phone_ = false, shared_address_ = false, other_first_name_ = false;
};

}  // namespace

customer_match compare(const lead_content &content, const known_customer &candidate) {
  return comparison(content, candidate).run();
}

std::vector<customer_match> rank(const lead_content &content, const std::vector<known_customer> &candidates) {
  auto result = rank_all(content, candidates);
  std::erase_if(result, [](const customer_match &match) { return match.score < least_score; });
  if (result.size() > most_matches) result.resize(most_matches);
  return result;
}

std::vector<customer_match> rank_all(const lead_content &content, const std::vector<known_customer> &candidates) {
  std::vector<customer_match> result;
  result.reserve(candidates.size());
  for (const auto &one : candidates) result.push_back(compare(content, one));
  std::stable_sort(result.begin(), result.end(),
                   [](const customer_match &a, const customer_match &b) { return a.score > b.score; });
  return result;
}

}  // namespace lead_system::processing
