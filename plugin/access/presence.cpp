#include "access/presence.hpp"

#include <algorithm>

namespace lead_system::access {

std::string day_of(time_us now) {
  return local_day(now, working_calendar{});
}

presence::presence(const organisation &people, const std::vector<absence> &absences, std::string_view today) {
  for (const auto &one : absences) {
    if (one.from <= today && today <= one.to) away_[one.user].push_back(one);
  }
  for (const auto &user : people.users) {
    if (user.active && !away_.contains(user.id)) here_.push_back(user.id);
  }
  sorted_here_ = here_;
  std::sort(sorted_here_.begin(), sorted_here_.end());
  std::erase_if(away_, [&](const auto &one) {
    const auto *user = people.find_user(one.first);
    return user == nullptr || !user->active;
  });
  for (const auto &[user, all] : away_) {
    if (auto who = follow(user, away_.size()); !who.empty()) acting_.emplace(user, std::move(who));
  }
}

/// The first who is here along the deputies; a chain is at most as long as there are people away.
std::string presence::follow(const std::string &user, std::size_t steps) const {
  if (is_here(user)) return user;
  const auto found = away_.find(user);
  if (found == away_.end() || steps == 0) return {};
  for (const auto &one : found->second) {
    if (one.deputy.empty()) continue;
    if (auto who = follow(one.deputy, steps - 1); !who.empty()) return who;
  }
  return {};
}

bool presence::is_here(const std::string &user) const {
  return std::binary_search(sorted_here_.begin(), sorted_here_.end(), user);
}

const absence *presence::away(const std::string &user) const {
  const auto found = away_.find(user);
  return found == away_.end() ? nullptr : &found->second.front();
}

std::string presence::acting_for(const std::string &user) const {
  if (is_here(user)) return user;
  const auto found = acting_.find(user);
  return found == acting_.end() ? std::string{} : found->second;
}

std::vector<std::string> presence::represented_by(const std::string &user) const {
  std::vector<std::string> result;
  for (const auto &[away, who] : acting_) {
    if (who == user) result.push_back(away);
  }
  return result;
}

std::vector<std::string> presence::away_ones() const {
  std::vector<std::string> result;
  for (const auto &[user, all] : away_) result.push_back(user);
  return result;
}

std::vector<std::string> presence::looked_after() const {
  auto result = here_;
  for (const auto &[user, who] : acting_) result.push_back(user);
  return result;
}

}  // namespace lead_system::access
