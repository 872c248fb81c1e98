#include "columns/sight.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace lead_system::columns {

namespace {

/// What the tabs of one person ask of a block.
class tab_counter {
 public:
  tab_counter(const lead_columns &leads, const access::visibility &who, time_us now)
      : now_(now), open_(standing_column, open_ones()), unassigned_(assignee, leads.texts(assignee).among({""})) {
    if (!who.user.empty()) mine_.emplace(assignee, leads.texts(assignee).among({who.user}));
  }

  void count_in(const block &one, seen_block &seen) const {
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
    if (!one.deadlines || !one.has(running, 0)) return;
    keep(open, one.planes[running][0]);
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

 private:
  time_us now_;
  membership open_, unassigned_;
  std::optional<membership> mine_;
};

}  // namespace

sight::sight(const lead_columns &leads, const access::visibility &who) : everything_(who.everything) {
  if (everything_) return;
  std::vector<std::string> whole;
  // Types with the same locations share one term, as in visibility_sql.
  std::map<std::vector<std::string>, std::vector<std::string>> by_locations;
  for (const auto &one : who.types) {
    if (one.all) {
      whole.push_back(one.type);
    } else {
      by_locations[one.locations].push_back(one.type);
    }
  }
  const auto add = [&](const std::vector<std::string> &types, const std::vector<bool> &places) {
    term fresh{membership(type, leads.texts(type).among(types)), membership(location, places)};
    if (!fresh.types.nothing() && !fresh.locations.nothing()) terms_.push_back(std::move(fresh));
  };
  if (!whole.empty()) add(whole, std::vector<bool>(leads.texts(location).size(), true));
  for (const auto &[places, types] : by_locations) add(types, leads.texts(location).among(places));
  // An empty assignee is nobody, also for a caller without a name.
  if (!who.user.empty()) own_.emplace(assignee, leads.texts(assignee).among({who.user}));
}

void sight::of_block(const block &one, bits &result) const {
  if (everything_) {
    result = one.present;
    return;
  }
  result.fill(0);
  bits part, places;
  for (const auto &[types, locations] : terms_) {
    types.of_block(one, part);
    if (!locations.everything()) {
      locations.of_block(one, places);
      keep(part, places);
    }
    add(result, part);
  }
  if (own_ && !own_->nothing()) {
    own_->of_block(one, part);
    add(result, part);
  }
  keep(result, one.present);
}

bool sight::may_see(column of, std::uint32_t value) const {
  // What is one's own may have any value.
  if (everything_ || (own_ && !own_->nothing()) || (of != type && of != location)) return true;
  return std::any_of(terms_.begin(), terms_.end(), [&](const term &one) {
    return of == type ? one.types.passes(value) : one.locations.passes(value);
  });
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
  for (const auto &one : blocks_) {
    result.open += one->tabs.open;
    result.unassigned += one->tabs.unassigned;
    result.mine += one->tabs.mine;
    result.overdue += one->tabs.overdue;
    result.all += one->tabs.all;
  }
  return result;
}

void overdue_of_block(const block &one, time_us now, bits &result) {
  result.fill(0);
  if (!one.deadlines || one.first_due > now || !one.has(running, 0)) return;
  result = one.planes[running][0];
  keep_where(result, [&](auto place) { return one.deadlines->due_at[place] <= now; });
}

}  // namespace lead_system::columns
