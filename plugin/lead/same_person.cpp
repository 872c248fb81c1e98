#include "lead/same_person.hpp"

#include <algorithm>
#include <sstream>

#include "lead/fold.hpp"
#include "lead/placeholders.hpp"

namespace lead_system {

namespace {

/// E.164 has at most 15 digits; shorter ones than seven belong to no country that people here call.
constexpr std::size_t least_digits = 7, most_digits = 15;

using name_words = std::vector<std::string>;

name_words words_of(const std::string &text) {
  name_words result;
  std::istringstream in(fold_name(text));
  for (std::string word; in >> word;) result.push_back(std::move(word));
  return result;
}

/// "anna" and "a"
bool fits(const std::string &one, const std::string &other) {
  if (one == other) return true;
  const auto &shorter = one.size() < other.size() ? one : other;
  const auto &longer = one.size() < other.size() ? other : one;
  return shorter.size() == 1 && longer.starts_with(shorter);
}

/// Each word of the one with fewer stands in the other, an initial for a name.
bool within(const name_words &one, name_words other) {
  if (one.size() > other.size()) return within(other, one);
  bool written_out = false;
  for (const auto &word : one) {
    auto found = std::find(other.begin(), other.end(), word);
    if (found == other.end()) {
      found = std::find_if(other.begin(), other.end(), [&](const auto &its) { return fits(word, its); });
    }
    if (found == other.end()) return false;
    written_out = written_out || word.size() > 1;
    other.erase(found);
  }
  return written_out;
}

bool has_name(const person &who) {
  return !who.first_name.empty() || !who.last_name.empty();
}

bool have_same_name(const person &one, const person &other) {
  if (has_name(one) && has_name(other)) {
    auto words = words_of(one.last_name + " " + one.first_name);
    auto its_words = words_of(other.last_name + " " + other.first_name);
    return words == its_words || within(words, std::move(its_words));
  }
  return !one.company.empty() && fold_name(one.company) == fold_name(other.company);
}

bool share_a_sign(const person_signs &one, const person_signs &other) {
  if (!one.email.empty() && one.email == other.email) return true;
  return std::any_of(one.phones.begin(), one.phones.end(), [&](const auto &number) {
    return std::find(other.phones.begin(), other.phones.end(), number) != other.phones.end();
  });
}

bool is_described(const person &who) {
  return has_name(who) || !who.company.empty() || !who.email.empty() || !who.phones.empty() || !who.street.empty();
}

}  // namespace

person_signs signs_of(const person &who) {
  person_signs result;
  if (!who.email.empty() && !is_placeholder_email(who.email)) result.email = fold_email(who.email);
  for (const auto &one : who.phones) {
    // What could not be understood as a number does not begin so.
    if (!one.number.starts_with('+')) continue;
    auto digits = phone_digits(one.number);
    const bool fits_e164 =
        digits.size() == one.number.size() - 1 && digits.size() >= least_digits && digits.size() <= most_digits;
    if (fits_e164 && !is_placeholder_phone(digits)) result.phones.push_back(std::move(digits));
  }
  return result;
}

bool maybe_same_name(const person &one, const person &other) {
  const bool nobody = !has_name(one) && one.company.empty(), nobody_else = !has_name(other) && other.company.empty();
  return nobody || nobody_else || have_same_name(one, other);
}

bool same_person(const person &one, const person &other) {
  return share_a_sign(signs_of(one), signs_of(other)) && maybe_same_name(one, other);
}

bool another_person(const person &one, const person &other) {
  if (!is_described(one) || !is_described(other)) return false;
  const bool same_number = !one.customer_number.empty() && one.customer_number == other.customer_number &&
                           !is_placeholder_id(one.customer_number);
  // A stand-in address is no sign, but where nothing else tells two apart, the same one is the same person's.
  const bool nothing_apart =
      maybe_same_name(one, other) && !one.email.empty() && fold_email(one.email) == fold_email(other.email);
  return !same_number && !nothing_apart && !share_a_sign(signs_of(one), signs_of(other)) && !have_same_name(one, other);
}

}  // namespace lead_system
