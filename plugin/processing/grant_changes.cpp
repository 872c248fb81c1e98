// grant_changes.cpp - who sees what, changed: one cell, many at once, another's rights, and back. All ways end in
// settings_desk::grants, which asks the coverage guarantee.
#include <algorithm>

#include "access/grant_text.hpp"
#include "processing/coverage_check.hpp"
#include "processing/outcomes.hpp"
#include "processing/settings_desk.hpp"

namespace lead_system::processing {

namespace {

using access::scope;

outcome check_grant(const access::grant &wanted, const catalog &types, const access::organisation &people) {
  if (people.find_user(wanted.user) == nullptr) return invalid("user", {"This user does not exist.", {}});
  const bool known =
      wanted.on_category ? types.find_category(wanted.subject) != nullptr : types.find_type(wanted.subject) != nullptr;
  if (!known) {
    return wanted.on_category ? invalid("category", {"This category does not exist.", {}})
                              : invalid("type", {"This lead type does not exist.", {}});
  }
  if (wanted.on_category && wanted.reach == scope::inherit) {
    return invalid("scope", {"A category has nothing to inherit from. Choose none, locations or ALLE.", {}});
  }
  if (wanted.reach != scope::locations) return {};
  if (wanted.locations.empty()) return invalid("locations", {"Choose at least one location.", {}});
  for (const auto &location : wanted.locations) {
    if (people.find_location(location) == nullptr) {
      return invalid("locations", {"The location “{1}” does not exist.", {location}});
    }
  }
  return {};
}

/// A text of ours, or the names of locations.
std::string reach_words(const access::grant &what, const access::organisation &people) {
  if (what.reach == scope::all) return "ALLE";
  if (what.reach == scope::none) return "None";
  if (what.reach == scope::inherit) return "As category";
  std::string text;
  for (const auto &location : what.locations) text += (text.empty() ? "" : ", ") + people.location_name(location);
  return text;
}

outcome changed_meanwhile(const access::grant &is, const std::string &by, const access::organisation &people) {
  outcome result;
  result.result = verdict::conflict;
  result.text = {"The right of {1} has been changed to “{2}” meanwhile, by {3}.",
                 {people.user_name(is.user), reach_words(is, people), people.user_name(by)}};
  return result;
}

/// The same cell as written now, with its grant; for a category without one that is "none".
access::grant present(const std::vector<access::grant> &grants, const access::grant &cell) {
  return access::grant_from(cell, access::written_cell(grants, cell));
}

/// Open leads that a user sees.
std::int64_t seen_by(const std::string &user, const access::situation &at, const catalog &types) {
  const auto seen = access::visible_to(user, at.grants, types);
  std::int64_t sum = 0;
  lead item;
  for (const auto &group : at.leads) {
    item.content.type = group.type;
    item.location = group.location;
    item.assignee = group.assignee;
    if (access::sees(seen, item)) sum += group.count;
  }
  return sum;
}

}  // namespace

outcome settings_desk::grant(const actor &who, const access::grant &wanted, const seen_before &seen) {
  return grants(who, {{wanted, seen}});
}

outcome settings_desk::grants(const actor &who, const std::vector<grant_change> &wanted) {
  const auto people = organisation_.now();
  std::vector<grant_change> changes;
  for (auto one : wanted) {
    if (auto failed = check_grant(one.wanted, types_, *people); failed.result != verdict::done) return failed;
    if (one.wanted.reach != scope::locations) one.wanted.locations.clear();
    std::sort(one.wanted.locations.begin(), one.wanted.locations.end());
    std::erase_if(changes, [&](const auto &other) { return same_cell(other.wanted, one.wanted); });
    changes.push_back(std::move(one));
  }
  outcome result;
  store_.write([&](store::transaction &inside) {
    result = {};
    // First of all: it locks, and what is read before it may be out of date when the lock comes.
    const auto now = situation_in(inside, organisation_, who.now);
    std::vector<access::grant> made;
    for (const auto &[cell, seen] : changes) {
      const auto is = present(now.grants, cell);
      if (seen && access::written(is) != *seen) {
        result = changed_meanwhile(is, inside.last_changed_by("grant", access::cell_name(cell)), *people);
        return;
      }
      if (is.reach != cell.reach || is.locations != cell.locations) made.push_back(cell);
    }
    auto then = now;
    then.grants = access::with_grants(now.grants, made);
    result.gaps = access::new_gaps(now, then, types_);
    if (!result.gaps.empty()) {
      result.result = verdict::refused;
      return;
    }
    for (const auto &one : made) inside.set_grant(one, who.user, who.now);
    if (made.empty()) result.text = {"That was so already. Nothing was changed.", {}};
  });
  if (result.result == verdict::done) tell_admins(who.now);
  return result;
}

outcome settings_desk::copy_rights(const actor &who, const std::string &from, const std::vector<std::string> &to) {
  const auto people = organisation_.now();
  if (people->find_user(from) == nullptr) return invalid("from", {"This user does not exist.", {}});
  if (to.empty()) return invalid("users", {"Choose at least one user.", {}});
  const auto grants_now = store_.grants();
  std::vector<grant_change> changes;
  for (const auto &user : to) {
    if (people->find_user(user) == nullptr) return invalid("users", {"The user “{1}” does not exist.", {user}});
    if (user == from) continue;
    for (const bool on_category : {true, false}) {
      const auto add = [&](const std::string &subject) {
        access::grant cell{from, on_category, subject, scope::none, {}};
        const auto text = access::written_cell(grants_now, cell);
        cell.user = user;
        const auto was = access::written_cell(grants_now, cell);
        if (text != was) changes.push_back({access::grant_from(cell, text), was});
      };
      if (on_category) {
        for (const auto &one : types_.categories()) add(one.key);
      } else {
        for (const auto &one : types_.types()) add(one.key);
      }
    }
  }
  return grants(who, changes);
}

outcome settings_desk::undo_grants(const actor &who, const std::vector<store::settings_change> &changes) {
  std::vector<grant_change> back;
  for (const auto &change : changes) {
    const auto cell = access::named_cell(change.subject, types_);
    const auto was = access::grant_from(cell, change.was);
    // A text of nothing is a cell without a grant, on both sides.
    back.push_back({was, access::written(access::grant_from(cell, change.is))});
  }
  return grants(who, back);
}

std::vector<message> settings_desk::effects_of(const std::vector<access::grant> &choices, time_us at) const {
  const auto people = organisation_.now();
  const auto now = situation_now(store_, *people, presence_now(store_, *people, at));
  std::vector<message> result;
  for (const auto &wanted : choices) {
    auto then = now;
    then.grants = access::with_grants(now.grants, {wanted});
    if (const auto gaps = access::new_gaps(now, then, types_); !gaps.empty()) {
      result.push_back(sentences_for(gaps, types_, *people).front());
      continue;
    }
    const auto difference = seen_by(wanted.user, then, types_) - seen_by(wanted.user, now, types_);
    const auto name = people->user_name(wanted.user);
    if (difference > 0) {
      result.push_back({"Open leads that {1} will see as well: {2}.", {name, std::to_string(difference)}});
    } else if (difference < 0) {
      result.push_back({"Open leads that {1} will see no longer: {2}; others still cover them.",
                        {name, std::to_string(-difference)}});
    } else {
      result.push_back({"{1} will see the same open leads as now.", {name}});
    }
  }
  return result;
}

}  // namespace lead_system::processing
