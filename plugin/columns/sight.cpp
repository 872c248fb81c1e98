#include "columns/sight.hpp"

#include <algorithm>
#include <limits>

namespace lead_system::columns {

std::vector<bool> worked_by(const lead_columns &leads, const access::visibility &who) {
  const auto &people = leads.texts(assignee);
  std::vector<bool> result(people.size());
  for (std::uint32_t one = 0; one < result.size(); ++one) result[one] = access::works_for(who, people.text(one));
  return result;
}

tab_counter::tab_counter(const lead_columns &leads, const access::visibility &who, time_us now)
    : now_(now), open_(standing_column, open_ones()), unassigned_(assignee, leads.texts(assignee).among({""})) {
  if (!who.user.empty()) mine_.emplace(assignee, worked_by(leads, who));
}

void tab_counter::count_in(const block &one, seen_block &seen) const {
  seen.tabs.all = count(seen.leads);
  seen.counted_from = std::numeric_limits<time_us>::min();
  seen.counted_until = std::numeric_limits<time_us>::max();
  if (one.open_leads == 0) return;
  bits open, part;
  open_.of_block(one, open);
  keep(open, seen.leads);
  if (!any(open)) return;
  seen.tabs.open = count(open);
  unassigned_.of_block(one, part);
  keep(part, open);
  seen.tabs.unassigned = count(part);
  if (mine_ && !mine_->nothing()) {
    mine_->of_block(one, part);
    keep(part, open);
    seen.tabs.mine = count(part);
  }
  if (!one.deadlines || !one.has(running, waits_at_all)) return;
  silent_of_block(one, part);
  keep(part, open);
  seen.tabs.silent = count(part);
  keep(open, one.planes[running][waits_at_all]);
  for_each(open, [&](auto at) {
    const auto due = one.deadlines->due_at[at];
    if (due <= now_) {
      ++seen.tabs.overdue;
      seen.counted_from = std::max(seen.counted_from, due);
    } else {
      seen.counted_until = std::min(seen.counted_until, due);
    }
  });
}

sight::sight(const lead_columns &leads, const access::visibility &who) : everything_(who.everything) {
  if (everything_) return;
  const auto &types = leads.texts(type), &locations = leads.texts(location);
  types_.resize(types.size());
  locations_.resize(locations.size());
  for (const auto &one : leads.places()) {
    const bool seen = access::sees(who, types.text(one.first), locations.text(one.third), {});
    places_.push_back(seen ? 1 : 0);
    if (seen) types_[one.first] = locations_[one.third] = true;
  }
  own_ = worked_by(leads, who);
  any_own_ = std::find(own_.begin(), own_.end(), true) != own_.end();
}

void sight::of_block(const block &one, bits &result) const {
  result = one.present;
  if (everything_) return;
  keep_where(result, [&](auto at) { return places_[one.place[at]] != 0 || own_[one.person[at]]; });
}

bool sight::may_see(column of, std::uint32_t value) const {
  // What is one's own may have any value.
  if (everything_ || any_own_ || (of != type && of != location)) return true;
  return of == type ? types_[value] : locations_[value];
}

seen_leads::seen_leads(const lead_columns &leads, const sight &seen, const access::visibility &who, time_us now,
                       const seen_leads *before) {
  const tab_counter tabs(leads, who, now);
  blocks_ = renew(
      leads, before == nullptr ? nullptr : &before->blocks_,
      [now](const seen_block &kept) { return kept.counted_from <= now && now < kept.counted_until; },
      [&](const block &one) {
        seen_block result{one.first_id, one.version};
        seen.of_block(one, result.leads);
        tabs.count_in(one, result);
        return result;
      });
}

store::tab_counts seen_leads::tabs() const noexcept {
  store::tab_counts result;
  for (const auto &one : blocks_) result += one->tabs;
  return result;
}

void overdue_of_block(const block &one, time_us now, bits &result) {
  result.fill(0);
  if (!one.deadlines || one.first_due > now || !one.has(running, waits_at_all)) return;
  result = one.planes[running][waits_at_all];
  keep_where(result, [&](auto place) { return one.deadlines->due_at[place] <= now; });
}

void late_of_block(const block &one, time_us now, bits &result) {
  result.fill(0);
  // No deadline of a block is before the first date.
  if (!one.deadlines || one.first_due > now || !one.has(running, waits_for_first_contact)) return;
  result = one.planes[running][waits_for_first_contact];
  keep_where(result, [&](auto place) { return one.deadlines->answer_by[place] <= now; });
}

void silent_of_block(const block &one, bits &result) {
  result.fill(0);
  if (one.has(running, waits_for_nothing)) result = one.planes[running][waits_for_nothing];
}

}  // namespace lead_system::columns
