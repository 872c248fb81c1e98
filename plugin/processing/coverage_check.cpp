#include "processing/coverage_check.hpp"

#include <algorithm>

namespace lead_system::processing {

coverage_question::coverage_question(const access::organisation &people, std::vector<access::grant> with,
                                     const std::vector<store::open_group> &open)
    : active_users(people.active_users()), open_locations(people.open_locations()), grants(std::move(with)) {
  for (const auto &group : open) leads.push_back({group.type, group.location, group.assignee, group.leads});
}

access::coverage_report coverage_question::answer(const catalog &types) const {
  return access::check_coverage(active_users, open_locations, grants, leads, types);
}

std::vector<access::grant> with_grant(std::vector<access::grant> grants, const access::grant &wanted) {
  std::erase_if(grants, [&](const access::grant &one) {
    return one.user == wanted.user && one.on_category == wanted.on_category && one.subject == wanted.subject;
  });
  if (wanted.reach != access::scope::inherit) grants.push_back(wanted);
  return grants;
}

const access::gap *new_gap(const access::coverage_report &before, const access::coverage_report &after) {
  for (const auto &gap : after.gaps) {
    const bool known = std::any_of(before.gaps.begin(), before.gaps.end(), [&](const access::gap &old) {
      return old.type == gap.type && old.location == gap.location && (old.no_all || !gap.no_all) &&
             old.leads >= gap.leads;
    });
    if (!known) return &gap;
  }
  return nullptr;
}

message sentence_for(const access::gap &gap, const catalog &types, const access::organisation &people) {
  const auto *type = types.find_type(gap.type);
  const auto title = type == nullptr ? gap.type : type->title;
  const auto count = std::to_string(gap.leads);
  if (gap.no_all && gap.leads == 0) {
    return {
        "Nobody would have ALLE on “{1}” any more: a lead to come could stay unseen. Give somebody else ALLE first.",
        {title}};
  }
  if (gap.location.empty()) {
    return {"Open leads of “{2}” without a location that nobody would see: {1}. Give somebody else ALLE first.",
            {count, title}};
  }
  return {
      "Open leads of “{2}” in {3} that nobody would see: {1}. Give somebody else the right on {3} or ALLE first, or "
      "assign "
      "these leads.",
      {count, title, people.location_name(gap.location)}};
}

}  // namespace lead_system::processing
