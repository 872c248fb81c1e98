#include "screens/people/absence_words.hpp"

namespace lead_system::screens {

std::string away_text(const request &by, const std::string &user) {
  const auto *away = by.here.away(user);
  if (away == nullptr) return {};
  const auto until = by.write.iso_date(away->to);
  const auto who = by.here.acting_for(user);
  return who.empty() ? by.say("away until {1}, nobody represents", until)
                     : by.say("away until {1}, represented by {2}", until, by.people->user_name(who));
}

std::string person_text(const request &by, const std::string &user) {
  const auto name = by.people->user_name(user);
  const auto away = away_text(by, user);
  return away.empty() ? name : name + " (" + away + ")";
}

std::string represented_text(const request &by, const std::string &assignee) {
  if (assignee.empty() || assignee == by.user || by.here.acting_for(assignee) != by.user) return {};
  return by.say("instead of {1}", by.people->user_name(assignee));
}

}  // namespace lead_system::screens
