#include "processing/coverage_check.hpp"

#include <algorithm>

namespace lead_system::processing {

namespace {

std::string title_of(const std::string &type, const catalog &types) {
  const auto *found = types.find_type(type);
  return found == nullptr ? type : found->title;
}

/// "Wien 3, Graz 2"
std::string counted_places(const std::vector<access::gap> &gaps, const std::string &type,
                           const access::organisation &people) {
  constexpr int most = 8;
  std::string text;
  int named = 0;
  for (const auto &gap : gaps) {
    if (gap.type != type || gap.location.empty() || gap.leads == 0) continue;
    if (named++ == most) return text + ", …";
    text += (text.empty() ? "" : ", ") + people.location_name(gap.location) + " " + std::to_string(gap.leads);
  }
  return text;
}

/// Types that nobody has ALLE on any more; a category as a whole where it is all of its types.
std::vector<std::string> titles_without_all(const std::vector<access::gap> &gaps, const catalog &types) {
  const auto lacks = [&](const std::string &type) {
    return std::any_of(gaps.begin(), gaps.end(), [&](const auto &gap) { return gap.type == type && gap.no_all; });
  };
  std::vector<std::string> titles;
  for (const auto &category : types.categories()) {
    const auto members = types.types_of(category.key);
    const bool whole = members.size() > 1 &&
                       std::all_of(members.begin(), members.end(), [&](const auto *one) { return lacks(one->key); });
    if (whole) titles.push_back(category.title);
    for (const auto *one : members) {
      if (!whole && lacks(one->key)) titles.push_back(one->title);
    }
  }
  return titles;
}

}  // namespace

access::presence presence_now(store::store &store, const access::organisation &people, time_us now) {
  const auto today = access::day_of(now);
  return {people, store.absences(today), today};
}

void place(access::situation &into, const access::presence &here) {
  into.active_users = here.here();
  into.away = here.away_ones();
  into.deputies = here.acting();
}

access::situation situation_now(store::store &store, const access::organisation &people, const access::presence &here) {
  access::situation result;
  place(result, here);
  result.open_locations = people.open_locations();
  result.grants = store.grants();
  result.leads = store.open_groups();
  return result;
}

namespace {

/// Who and what is there, without those that the host is about to take away.
access::situation people_in(store::transaction &inside, const access::organisation_source &organisation, time_us now) {
  access::situation result;
  // Before the directory is asked: who is in neither is then really there.
  const auto departures = inside.departures(now);
  const auto people = organisation.now();
  const auto today = access::day_of(now);
  place(result, {*people, inside.absences(today), today});
  result.open_locations = people->open_locations();
  for (const auto &one : departures) {
    if (one.kind == "user") {
      result.remove_user(one.subject);
    } else {
      std::erase(result.open_locations, one.subject);
    }
  }
  return result;
}

/// Whoever saw the lead still does: nothing that decides on it has changed, or a salesperson came to it.
bool as_visible_as_before(const lead &was, const lead &is) {
  return is_open(was.state) && (was.assignee.empty() || was.assignee == is.assignee) &&
         was.content.type == is.content.type && was.location == is.location;
}

}  // namespace

access::situation situation_in(store::transaction &inside, const access::organisation_source &organisation,
                               time_us now) {
  inside.lock_grants();
  auto result = people_in(inside, organisation, now);
  result.grants = inside.grants();
  result.leads = inside.open_groups();
  return result;
}

bool stays_seen(store::transaction &inside, const access::organisation_source &organisation, const catalog &types,
                time_us now, const lead &before, const lead &after) {
  if (!is_open(after.state) || as_visible_as_before(before, after)) return true;
  auto then = people_in(inside, organisation, now);
  const access::open_leads it{after.content.type, after.category, after.location, after.assignee, 1};
  // Mostly there is an assignee: then nobody's grants need to be read.
  if (then.seen(it, types)) return true;
  then.grants = inside.grants();
  return then.seen(it, types);
}

std::map<std::string, std::int64_t> leads_of_absent(const std::vector<access::open_leads> &leads,
                                                    const access::presence &here) {
  std::map<std::string, std::int64_t> result;
  for (const auto &group : leads) {
    if (!group.assignee.empty() && here.acting_for(group.assignee).empty()) result[group.assignee] += group.count;
  }
  return result;
}

std::vector<message> sentences_for(const std::vector<access::gap> &gaps, const catalog &types,
                                   const access::organisation &people) {
  std::vector<message> result;
  std::vector<std::string> told;
  for (const auto &gap : gaps) {
    if (gap.leads == 0) continue;
    if (gap.location.empty()) {
      result.push_back({"Open leads of “{2}” without a location that nobody would see: {1}.",
                        {std::to_string(gap.leads), title_of(gap.type, types)}});
    } else if (std::find(told.begin(), told.end(), gap.type) == told.end()) {
      told.push_back(gap.type);
      result.push_back({"Open leads of “{2}” that nobody would see: {1}.",
                        {counted_places(gaps, gap.type, people), title_of(gap.type, types)}});
    }
  }
  const bool leads = !result.empty();
  for (auto &title : titles_without_all(gaps, types)) {
    result.push_back({"Nobody would have ALLE on “{1}”: a lead to come could stay unseen.", {std::move(title)}});
  }
  if (result.empty()) return result;
  result.push_back(leads ? message{"Give somebody else ALLE or these locations first, or assign the leads.", {}}
                         : message{"Give somebody else ALLE first.", {}});
  return result;
}

}  // namespace lead_system::processing
