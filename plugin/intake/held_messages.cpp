#include "intake/held_messages.hpp"

#include <algorithm>

#include "intake/archived.hpp"
#include "intake/utf8.hpp"
#include "lead/fold.hpp"
#include "lead/same_person.hpp"

namespace lead_system::intake {
namespace {

constexpr int most_items = 5000;
constexpr std::size_t most_payloads = 1000;
constexpr std::size_t enough_digits = 7;

using likeness = held_message::by;

bool same_number(const std::string &one, const std::string &other) {
  if (one.size() < enough_digits || other.size() < enough_digits) return false;
  const auto &longer = one.size() < other.size() ? other : one, &shorter = one.size() < other.size() ? one : other;
  return longer.ends_with(shorter);
}

/// A number in its national writing: without the zeros before it.
std::string without_zeros(std::string digits) {
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

bool same_sign(const person &who, const person_keys &with) {
  if (!who.email.empty() && with.emails.contains(fold_email(who.email))) return true;
  return std::ranges::any_of(who.phones, [&](const phone &number) {
    const auto digits = without_zeros(phone_digits(number.number));
    return std::ranges::any_of(with.phones, [&](const auto &one) { return same_number(digits, one); });
  });
}

likeness compared(const person &who, const person_keys &with) {
  if (same_sign(who, with)) {
    const bool his = with.people.empty() ||
                     std::ranges::any_of(with.people, [&](const person &one) { return maybe_same_name(one, who); });
    return his ? likeness::certain : likeness::other_name;
  }
  for (const auto &name : {fold_name(who.first_name + ' ' + who.last_name), fold_name(who.company)}) {
    if (!name.empty() && with.names.contains(name)) return likeness::name;
  }
  // A name in one field, as where a sender mixes them up.
  return with.names.contains(fold_name(who.last_name + ' ' + who.first_name)) ? likeness::name : likeness::none;
}

/// The same in a text that no reader understands.
likeness searched(const std::string &text, const person_keys &with) {
  const auto lower = fold_email(text);
  for (const auto &email : with.emails) {
    if (lower.find(email) != std::string::npos) return likeness::certain;
  }
  std::string close;  // numbers without what is written between their digits
  for (const char each : text) {
    if (std::string_view(" /-()").find(each) == std::string_view::npos) close += each;
  }
  for (const auto &number : with.phones) {
    if (number.size() >= enough_digits &&
        close.find(number.substr(number.size() - enough_digits)) != std::string::npos) {
      return likeness::other_name;
    }
  }
  const auto folded = ' ' + fold_name(text) + ' ';
  const bool named = std::ranges::any_of(
      with.names, [&](const auto &name) { return folded.find(' ' + name + ' ') != std::string::npos; });
  return named ? likeness::name : likeness::none;
}

}  // namespace

void person_keys::add(const person &who) {
  const auto put = [](std::set<std::string> &into, std::string key) {
    if (!key.empty()) into.insert(std::move(key));
  };
  put(emails, fold_email(who.email));
  for (const auto &one : who.phones) put(phones, without_zeros(phone_digits(one.number)));
  if (!who.last_name.empty()) put(names, fold_name(who.first_name + ' ' + who.last_name));
  put(names, fold_name(who.company));
  if (!who.full_name().empty()) people.push_back(who);
}

held_search held_messages::of(const person_keys &who) const {
  held_search result;
  if (who.empty()) return result;
  std::vector<std::vector<store::held_item>> payloads;
  std::map<std::int64_t, std::size_t> known;
  auto all = rows_.held(0, most_items);
  if (all.size() == most_items) result.unread = 1;
  for (auto &one : all) {
    const auto [at, fresh] = known.try_emplace(one.run.payload_id, payloads.size());
    if (fresh) payloads.emplace_back();
    payloads[at->second].push_back(std::move(one));
  }
  for (std::size_t at = 0; at < payloads.size(); ++at) {
    if (at < most_payloads) {
      look_through(payloads[at], who, result);
    } else {
      ++result.unread;
    }
  }
  if (who.people.empty()) tell_apart(result.found);
  return result;
}

void held_messages::look_through(const std::vector<store::held_item> &items, const person_keys &who,
                                 held_search &into) const {
  std::map<std::int64_t, held_message> found;
  const auto take = [&](const store::held_item &item, const lead_content &content, likeness how) {
    if (how == likeness::none) return;
    auto &message = found[item.item.id];
    message.of = item;
    message.how = std::max(message.how, how);
    message.content = content;
  };
  const auto &run = items.front().run;
  const auto sources = sources_.now();
  const auto source = sources->find(run.source);
  bool readable = false;
  if (source != sources->end()) {
    int position = 0;
    readable = read_archived(with_, source->second, run, [&](read_lead &&one) {
                 ++position;
                 const auto how = compared(one.content.prospect, who);
                 for (const auto &item : items) {
                   // What was quarantined as a whole has one line for all that is in it.
                   if (!item.run.reason.empty() || item.item.position == position) take(item, one.content, how);
                 }
               }).empty();
  }
  if (!readable) {
    const auto bytes = with_.store.payload(run.payload_id);
    if (bytes && is_utf8(*bytes)) {
      const auto how = searched(*bytes, who);
      for (const auto &item : items) take(item, {}, how);
    } else if (bytes && !bytes->empty()) {
      ++into.unread;
    }
  }
  for (auto &[id, message] : found) into.found.push_back(std::move(message));
}

/// Several people may share what was asked for: then nobody is meant for certain.
void held_messages::tell_apart(std::vector<held_message> &found) {
  const auto certain = [](const held_message &one) { return one.how == likeness::certain; };
  for (const auto &one : found) {
    for (const auto &other : found) {
      if (!certain(one) || !certain(other) || maybe_same_name(one.content.prospect, other.content.prospect)) continue;
      for (auto &each : found) {
        if (certain(each)) each.how = likeness::other_name;
      }
      return;
    }
  }
}

}  // namespace lead_system::intake
