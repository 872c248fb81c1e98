#include "columns/question.hpp"

#include <algorithm>
#include <map>

namespace lead_system::columns {

namespace {

std::vector<bool> one_of(const dictionary &texts, const std::vector<std::string> &list) {
  std::vector<bool> result(texts.size());
  for (const auto &text : list) {
    if (const auto number = texts.find(text); number != dictionary::unknown) result[number] = true;
  }
  return result;
}

template <typename Passes>
std::vector<bool> values_where(std::size_t count, Passes &&passes) {
  std::vector<bool> result(count);
  for (std::size_t value = 0; value < count; ++value) result[value] = passes(value);
  return result;
}

std::vector<bool> open_ones() {
  return values_where(standings, [](auto stands) { return is_open(state_of(static_cast<unsigned>(stands))); });
}

std::vector<bool> only(const dictionary &texts, const std::string &text) {
  return one_of(texts, {text});
}

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
    term fresh{membership(type, one_of(leads.texts(type), types)), membership(location, places)};
    if (!fresh.types.nothing() && !fresh.locations.nothing()) terms_.push_back(std::move(fresh));
  };
  if (!whole.empty()) add(whole, std::vector<bool>(leads.texts(location).size(), true));
  for (const auto &[places, types] : by_locations) add(types, one_of(leads.texts(location), places));
  // An empty assignee is nobody, also for a caller without a name.
  if (!who.user.empty()) own_.emplace(assignee, only(leads.texts(assignee), who.user));
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

question::question(const lead_columns &leads, const store::lead_filter &filter, const access::visibility &who,
                   time_us now, found_text found)
    : now_(now), from_(filter.from), to_(filter.to), sight_(leads, who), due_(filter.due), text_(std::move(found)) {
  const auto &tab = filter.tab;
  if (tab == "open" || tab == "unassigned" || tab == "mine" || tab == "overdue") {
    add_membership(standing_column, open_ones());
    only_open_ = true;
  }
  if (tab == "unassigned") add_membership(assignee, only(leads.texts(assignee), ""));
  if (tab == "mine") {
    add_membership(assignee, who.user.empty() ? std::vector<bool>{} : only(leads.texts(assignee), who.user));
  }
  only_overdue_ = tab == "overdue";
  if (!filter.types.empty()) add_membership(type, one_of(leads.texts(type), filter.types));
  if (!filter.categories.empty()) add_membership(category, one_of(leads.texts(category), filter.categories));
  if (filter.location) add_membership(location, only(leads.texts(location), *filter.location));
  if (filter.assignee) add_membership(assignee, only(leads.texts(assignee), *filter.assignee));
  if (filter.model) add_membership(model, only(leads.texts(model), *filter.model));
  if (filter.campaign) add_membership(campaign, only(leads.texts(campaign), *filter.campaign));
  if (!filter.source.empty()) add_membership(source, only(leads.texts(source), filter.source));
  const auto among = [](const std::vector<std::string> &list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
  };
  if (!filter.states.empty()) {
    add_membership(standing_column, values_where(standings, [&](auto stands) {
                     return among(filter.states, key(state_of(static_cast<unsigned>(stands))));
                   }));
  }
  if (!filter.outcomes.empty()) {
    add_membership(standing_column, values_where(standings, [&](auto stands) {
                     const auto end = outcome_of(static_cast<unsigned>(stands));
                     return end != lead_state::erased && among(filter.outcomes, key(end));
                   }));
  }
  if (filter.at_least) {
    add_membership(stage_column, values_where(stages, [&](auto reached) {
                     return reached >= static_cast<std::size_t>(*filter.at_least);
                   }));
  }
  if (filter.reason) {
    const auto wanted = reason_number(*filter.reason);
    add_membership(reason, values_where(256, [&](auto number) { return number == wanted; }));
  }
  if (!filter.feedback.empty()) {
    const auto bit = filter.feedback == "pending"    ? store::feedback_pending
                     : filter.feedback == "rejected" ? store::feedback_rejected
                                                     : store::feedback_failed;
    add_membership(feedback, values_where(8, [&](auto value) { return (value & bit) != 0; }));
  }
  if (due_) {
    const bool runs = *due_ != deadline::kept;
    add_membership(running, {!runs, runs});
  }
  if (!filter.responses.empty()) {
    const auto wanted = [&](store::response one) {
      return std::find(filter.responses.begin(), filter.responses.end(), one) != filter.responses.end();
    };
    late_ = wanted(store::response::late);
    answered_.emplace(answer_column, values_where(std::size_t{deadlines} * 2, [&](auto value) {
                        const bool made = value % 2 == 1;
                        return (made && wanted(store::response::made)) ||
                               (value / 2 == kept_in_time && wanted(store::response::in_time)) ||
                               (value / 2 == passed && late_);
                      }));
  }
  const auto &words = text_.words;
  if (std::any_of(words.begin(), words.end(), [](const auto &word) { return word->nowhere(); })) text_.words.clear();
  nothing_ = nothing_ || (!text_.everything && text_.words.empty() && text_.one_of_a_kind.empty());
}

void question::add_membership(column of, const std::vector<bool> &passes) {
  membership fresh(of, passes);
  nothing_ = nothing_ || fresh.nothing();
  if (!fresh.everything()) all_of_.push_back(std::move(fresh));
}

bool question::may_pass(column of, std::uint32_t value) const {
  return sight_.may_see(of, value) && std::all_of(all_of_.begin(), all_of_.end(), [&](const membership &one) {
           return one.of() != of || one.passes(value);
         });
}

void question::of_block(const block &one, bits &seen, bits &passing) const {
  sight_.of_block(one, seen);
  passing = seen;
  const bool outside = (to_ != 0 && one.oldest >= to_) || (from_ != 0 && one.newest < from_);
  if (nothing_ || outside || (only_open_ && one.open_leads == 0)) return passing.fill(0);
  bits part;
  for (const auto &each : all_of_) {
    each.of_block(one, part);
    keep(passing, part);
  }
  if (!any(passing)) return;
  if ((from_ != 0 && one.oldest < from_) || (to_ != 0 && one.newest >= to_)) {
    const auto to = to_ == 0 ? std::numeric_limits<time_us>::max() : to_;
    keep_where(passing, [&](auto place) { return one.created_at[place] >= from_ && one.created_at[place] < to; });
  }
  if (only_overdue_) {
    overdue_of_block(one, now_, part);
    keep(passing, part);
  }
  if (due_) filter_deadline(one, passing);
  if (answered_) filter_responses(one, passing);
  if (!text_.everything) filter_text(one, passing);
}

void question::filter_deadline(const block &one, bits &passing) const {
  if (*due_ == deadline::kept || !one.deadlines) return;
  keep_where(passing, [&](auto place) {
    const auto due = one.deadlines->due_at[place], reminder = one.deadlines->reminder_at[place];
    if (due <= now_) return *due_ == deadline::overdue;
    return *due_ == (reminder != 0 && reminder <= now_ ? deadline::soon : deadline::on_time);
  });
}

void question::filter_responses(const block &one, bits &passing) const {
  bits part, overdue;
  answered_->of_block(one, part);
  if (late_) {
    overdue_of_block(one, now_, overdue);
    add(part, overdue);
  }
  keep(passing, part);
}

void question::filter_text(const block &one, bits &passing) const {
  bits found{};
  if (!text_.words.empty()) {
    found = passing;
    for (const auto &word : text_.words) word->keep_in(one, found);
  }
  const auto &rare = text_.one_of_a_kind;
  if (const auto those = rare.find(one.first_id); those != rare.end()) add(found, those->second);
  keep(passing, found);
}

void overdue_of_block(const block &one, time_us now, bits &result) {
  result.fill(0);
  if (!one.deadlines || one.first_due > now || !one.has(running, 0)) return;
  result = one.planes[running][0];
  keep_where(result, [&](auto place) { return one.deadlines->due_at[place] <= now; });
}

tab_counter::tab_counter(const lead_columns &leads, const access::visibility &who, time_us now)
    : now_(now), open_(standing_column, open_ones()), unassigned_(assignee, only(leads.texts(assignee), "")) {
  if (!who.user.empty()) mine_.emplace(assignee, only(leads.texts(assignee), who.user));
}

void tab_counter::add(const block &one, const bits &seen) {
  bits open, part;
  counts_.all += count(seen);
  if (one.open_leads == 0) return;
  open_.of_block(one, open);
  keep(open, seen);
  if (!any(open)) return;
  counts_.open += count(open);
  unassigned_.of_block(one, part);
  keep(part, open);
  counts_.unassigned += count(part);
  if (mine_ && !mine_->nothing()) {
    mine_->of_block(one, part);
    keep(part, open);
    counts_.mine += count(part);
  }
  overdue_of_block(one, now_, part);
  keep(part, open);
  counts_.overdue += count(part);
}

}  // namespace lead_system::columns
