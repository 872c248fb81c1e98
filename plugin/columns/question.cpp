#include "columns/question.hpp"

#include <algorithm>

namespace lead_system::columns {

namespace {

template <typename Passes>
std::vector<bool> values_where(std::size_t count, Passes &&passes) {
  std::vector<bool> result(count);
  for (std::size_t value = 0; value < count; ++value) result[value] = passes(value);
  return result;
}

std::vector<bool> only(const dictionary &texts, const std::string &text) {
  return texts.among({text});
}

}  // namespace

std::vector<bool> absent_ones(const lead_columns &leads, const std::vector<std::string> &present) {
  auto result = leads.texts(assignee).among(present);
  result.flip();
  const auto nobody = only(leads.texts(assignee), "");
  for (std::size_t value = 0; value < result.size(); ++value) result[value] = result[value] && !nobody[value];
  return result;
}

question::question(const lead_columns &leads, const store::lead_filter &filter, const access::visibility &who,
                   time_us now, found_text found)
    : now_(now),
      from_(filter.from),
      to_(filter.to),
      by_sale_(filter.by_sale),
      sight_(leads, who),
      due_(filter.due),
      answered_within_(filter.answered_within.value_or(never)),
      answered_open_(filter.answered_open.value_or(never)),
      text_(std::move(found)) {
  const auto &tab = filter.tab;
  if (tab == "open" || tab == "unassigned" || tab == "mine" || tab == "overdue" || tab == "silent" || tab == "absent") {
    add_membership(standing_column, open_ones());
    only_open_ = true;
  }
  if (tab == "unassigned") add_membership(assignee, only(leads.texts(assignee), ""));
  if (tab == "mine") {
    add_membership(assignee, who.user.empty() ? std::vector<bool>{} : worked_by(leads, who));
  }
  if (tab == "absent") add_membership(assignee, absent_ones(leads, filter.present));
  only_overdue_ = tab == "overdue";
  only_silent_ = tab == "silent";
  if (!filter.types.empty()) add_membership(type, leads.texts(type).among(filter.types));
  if (!filter.categories.empty()) add_membership(category, leads.texts(category).among(filter.categories));
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
  if (filter.reached) {
    add_membership(stage_column, values_where(stages, [&](auto bits) {
                     return stage_set::from_bits(static_cast<unsigned>(bits)).has(*filter.reached);
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
    add_membership(running, values_where(std::size_t{1} << (waits_for_nothing + 1), [&](auto value) {
                     const bool runs = (value >> waits_at_all & 1U) != 0,
                                silent = (value >> waits_for_nothing & 1U) != 0;
                     return *due_ == deadline::kept ? !runs : runs && silent == (*due_ == deadline::none);
                   }));
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

void question::of_block(const block &one, const bits &seen, bits &passing) const {
  passing = seen;
  const bool outside =
      by_sale_ ? !one.sold_minute : (to_ != 0 && one.oldest >= to_) || (from_ != 0 && one.newest < from_);
  if (nothing_ || outside || (only_open_ && one.open_leads == 0)) return passing.fill(0);
  bits part;
  for (const auto &each : all_of_) {
    each.of_block(one, part);
    keep(passing, part);
  }
  if (!any(passing)) return;
  filter_period(one, passing);
  if (only_overdue_) {
    overdue_of_block(one, now_, part);
    keep(passing, part);
  }
  if (only_silent_) {
    silent_of_block(one, part);
    keep(passing, part);
  }
  if (due_) filter_deadline(one, passing);
  if (answered_) filter_responses(one, passing);
  if (answered_within_ != never) {
    keep_where(passing, [&](auto place) { return one.clock_minutes[place] <= answered_within_; });
  }
  if (answered_open_ != never) {
    keep_where(passing, [&](auto place) {
      return one.clock_minutes[place] != never && one.opening_minutes[place] <= answered_open_;
    });
  }
  if (!text_.everything) filter_text(one, passing);
}

void question::filter_period(const block &one, bits &passing) const {
  const auto to = to_ == 0 ? std::numeric_limits<time_us>::max() : to_;
  if (by_sale_) {
    keep_where(passing, [&](auto place) {
      const auto minute = (*one.sold_minute)[place];
      const auto at = static_cast<time_us>(minute) * minute_us;
      return minute != never && at >= from_ && at < to;
    });
  } else if ((from_ != 0 && one.oldest < from_) || (to_ != 0 && one.newest >= to_)) {
    keep_where(passing, [&](auto place) { return one.created_at[place] >= from_ && one.created_at[place] < to; });
  }
}

void question::filter_deadline(const block &one, bits &passing) const {
  if (*due_ == deadline::kept || *due_ == deadline::none || !one.deadlines) return;
  keep_where(passing, [&](auto place) {
    return *due_ == running_deadline(one.deadlines->soon_at[place], one.deadlines->due_at[place], now_);
  });
}

void question::filter_responses(const block &one, bits &passing) const {
  bits part, late;
  answered_->of_block(one, part);
  if (late_) {
    late_of_block(one, now_, late);
    add(part, late);
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

}  // namespace lead_system::columns
