// numbers.cpp - one pass over the leads for each period: the columns say which leads are asked for, each of them is
// added to its groups.
#include "evaluation/numbers.hpp"

#include <algorithm>
#include <map>

#include "evaluation/median.hpp"

namespace lead_system::evaluation {

namespace {

constexpr std::uint32_t end_of_time = 0xFFFFFFFF;
constexpr std::size_t reason_slots = 256;

std::uint32_t minute_of(time_us at) noexcept {
  return static_cast<std::uint32_t>(std::clamp<time_us>((at + minute_us - 1) / minute_us, 0, end_of_time));
}

using columns::block;
using columns::lead_columns;

/// The question as the overview asks it: so the numbers agree with what their links show.
store::lead_filter filter_of(const question &asked, const period &during) {
  store::lead_filter result;
  result.types = asked.types;
  result.categories = asked.categories;
  result.location = asked.location;
  result.assignee = asked.assignee;
  result.model = asked.model;
  result.campaign = asked.campaign;
  result.source = asked.source;
  result.from = during.from;
  result.to = during.to;
  result.by_sale = asked.by_sale;
  return result;
}

/// Finds the part of a period. Leads come in one after the other, so the next one is mostly in the part of the last.
class parts_of_period {
 public:
  explicit parts_of_period(const std::vector<time_us> &edges) {
    for (const auto edge : edges) edges_.push_back(minute_of(edge));
  }
  std::uint32_t count() const noexcept { return edges_.size() < 2 ? 0 : static_cast<std::uint32_t>(edges_.size() - 1); }
  /// count() for a minute outside.
  std::uint32_t of(std::uint32_t minute) noexcept {
    const auto parts = count();
    if (parts == 0 || minute < edges_.front() || minute >= edges_.back()) return parts;
    if (minute < edges_[last_] || minute >= edges_[last_ + 1]) {
      const auto after = std::upper_bound(edges_.begin(), edges_.end(), minute);
      last_ = static_cast<std::uint32_t>(after - edges_.begin()) - 1;
    }
    return last_;
  }

 private:
  std::vector<std::uint32_t> edges_;
  std::uint32_t last_ = 0;
};

/// Counts by several groupings at once: it only notes how often each kind of lead occurred in each group, one number a
/// lead and grouping, and adds the figures up at the end.
class counts_by_group {
 public:
  /// How many groups each grouping has.
  explicit counts_by_group(std::initializer_list<std::size_t> groups) : row_of_(lead_kinds) {
    for (const auto size : groups) {
      first_.push_back(width_);
      width_ += size;
    }
    first_.push_back(width_);
  }
  /// Returns what a lead of that kind counts for.
  template <typename... Groups>
  const counts &add(lead_kind kind, Groups... groups) {
    auto &number = row_of_[kind];
    if (number == 0) {
      rows_.push_back({counts_of(kind), std::vector<std::uint32_t>(width_)});
      number = static_cast<std::uint16_t>(rows_.size());
    }
    auto &row = rows_[number - 1U];
    std::size_t grouping = 0;
    (++row.leads[first_[grouping++] + groups], ...);
    return row.one;
  }
  std::vector<counts> sums(std::size_t grouping) const {
    std::vector<counts> result(first_[grouping + 1] - first_[grouping]);
    for (const auto &row : rows_) {
      const auto *leads = row.leads.data() + first_[grouping];
      for (std::size_t group = 0; group < result.size(); ++group) {
        if (leads[group] == 0) continue;
        auto &into = result[group];
        for (std::size_t which = 0; which < into.of.size(); ++which) into[which] += leads[group] * row.one[which];
      }
    }
    return result;
  }

 private:
  /// How often a kind of lead occurred, by group.
  struct of_kind {
    counts one;
    std::vector<std::uint32_t> leads;
  };
  std::vector<std::size_t> first_;     ///< of each grouping, its first group's place in a row; and the end
  std::vector<std::uint16_t> row_of_;  ///< of each kind, from 1 on; 0: did not occur
  std::vector<of_kind> rows_;
  std::size_t width_ = 0;
};

enum grouping : std::size_t { by_place, by_origin, by_assignee, by_part };

/// The counts of one period. The main one also asks how fast, how old and why.
struct tally {
  tally(const lead_columns &leads, const period &during, std::size_t age_parts, bool with_places)
      : split(during.edges),
        groups{leads.places().size(), leads.origins().size(), leads.texts(columns::assignee).size(),
               split.count() + 1U},
        lost_by_reason(reason_slots),
        ages(age_parts),
        answered(leads.places().size()),
        places(with_places ? leads.places().size() : 0),
        response_of(leads.texts(columns::assignee).size()) {}

  parts_of_period split;
  counts_by_group groups;
  std::vector<std::uint32_t> lost_by_reason;
  std::vector<age_count> ages;
  std::vector<answered_within> answered;  ///< by place
  std::vector<place_numbers> places;      ///< or none
  minute_counter clock, opening;
  std::vector<std::vector<std::uint32_t>> response_of;  ///< in opening hours, by assignee
};

class counter {
 public:
  counter(const lead_columns &leads, const question &asked, const access::visibility &who)
      : leads_(leads), asked_(asked), who_(who) {
    for (const auto edge : asked.ages) age_edges_.push_back(minute_of(edge));
  }

  tally count(const period &during, bool with_details) const {
    tally result(leads_, during, age_edges_.size() + 1, with_details && asked_.by_place);
    const columns::question wanted(leads_, filter_of(asked_, during), who_, asked_.now, {});
    columns::bits seen, passing, due, late, silent;
    for (const auto &[number, one] : leads_.blocks()) {
      wanted.sees().of_block(*one, seen);
      wanted.of_block(*one, seen, passing);
      columns::overdue_of_block(*one, asked_.now, due);
      columns::late_of_block(*one, asked_.now, late);
      columns::silent_of_block(*one, silent);
      columns::for_each(passing, [&, &of = *one](auto at) {
        const auto how = columns::holds(late, at)     ? overdue_now::first_contact
                         : columns::holds(due, at)    ? overdue_now::yes
                         : columns::holds(silent, at) ? overdue_now::nothing_planned
                                                      : overdue_now::no;
        take(of, at, how, result, with_details);
      });
    }
    return result;
  }

 private:
  void take(const block &of, std::size_t at, overdue_now how, tally &into, bool with_details) const {
    const auto person = of.person[at];
    const auto arrived = static_cast<std::uint32_t>(of.created_at[at] / minute_us);
    const auto minute = asked_.by_sale ? (*of.sold_minute)[at] : arrived;
    const bool has_responded = of.clock_minutes[at] != columns::never;
    // In most blocks everything is settled.
    const auto unsettled = of.planes[columns::feedback].empty() ? 0U : of.value(columns::feedback, at);
    const auto kind = kind_of(of.code[at], how, has_responded, person != 0, unsettled);
    const auto &one = into.groups.add(kind, of.place[at], of.origin[at], person, into.split.of(minute));
    if (one[lost] != 0) ++into.lost_by_reason[of.value(columns::reason, at)];
    if (has_responded) {
      into.opening.add(of.opening_minutes[at]);
      if (with_details) {
        into.clock.add(of.clock_minutes[at]);
        for (std::size_t span = 0; span < answer_spans.size(); ++span) {
          if (of.clock_minutes[at] <= answer_spans[span]) ++into.answered[of.place[at]][span];
        }
        into.response_of[person].push_back(of.opening_minutes[at]);
        if (!into.places.empty()) add_response(of, at, into.places[of.place[at]]);
      }
    }
    if (with_details && one[open] != 0) {
      std::size_t age = 0;
      while (age < age_edges_.size() && arrived >= age_edges_[age]) ++age;
      ++into.ages[age].open;
      into.ages[age].overdue += one[overdue];
    }
  }

  static void add_response(const block &of, std::size_t at, place_numbers &into) {
    into.clock.push_back(of.clock_minutes[at]);
    into.opening.push_back(of.opening_minutes[at]);
    for (std::size_t span = 0; span < working_spans.size(); ++span) {
      if (of.opening_minutes[at] <= working_spans[span]) ++into.answered_open[span];
    }
  }

  const lead_columns &leads_;
  const question &asked_;
  const access::visibility &who_;
  std::vector<std::uint32_t> age_edges_;
};

counts sum(const std::vector<counts> &all) {
  counts result;
  for (const auto &one : all) result += one;
  return result;
}

/// Groups by one member of the combinations that were counted.
std::vector<group> grouped(const columns::dictionary &names, const std::vector<columns::combination> &of,
                           std::uint32_t columns::combination::*member, const std::vector<counts> &now,
                           const std::vector<counts> &before) {
  std::vector<group> all(names.size());
  for (std::size_t at = 0; at < of.size(); ++at) {
    auto &into = all[of[at].*member];
    into.of += now[at];
    into.compared += before[at];
  }
  std::vector<group> result;
  for (std::uint32_t number = 0; number < all.size(); ++number) {
    if (all[number].of[received] + all[number].compared[received] == 0) continue;
    all[number].key = names.text(number);
    result.push_back(std::move(all[number]));
  }
  return result;
}

void add(const answered_within &more, answered_within &into) {
  for (std::size_t span = 0; span < into.size(); ++span) into[span] += more[span];
}

/// The answers of the same groups, by one member of their combinations.
void add_answered(const columns::dictionary &names, const std::vector<columns::combination> &of,
                  std::uint32_t columns::combination::*member, const std::vector<answered_within> &answered,
                  std::vector<group> &into) {
  std::map<std::string_view, answered_within> by_name;
  for (std::size_t at = 0; at < of.size(); ++at) add(answered[at], by_name[names.text(of[at].*member)]);
  for (auto &one : into) one.answered = by_name[one.key];
}

/// What was counted of each place, with its names.
std::vector<place_numbers> places_of(const lead_columns &leads, tally &now, const std::vector<counts> &sums) {
  std::vector<place_numbers> result;
  for (std::size_t at = 0; at < now.places.size(); ++at) {
    if (sums[at][received] == 0) continue;
    auto &one = result.emplace_back(std::move(now.places[at]));
    one.type = leads.texts(columns::type).text(leads.places()[at].first);
    one.location = leads.texts(columns::location).text(leads.places()[at].third);
    one.of = sums[at];
    one.answered = now.answered[at];
  }
  return result;
}

/// Nothing in all groups where nothing is compared.
std::vector<counts> sums_of(const tally *period, grouping by, std::size_t groups) {
  return period != nullptr ? period->groups.sums(by) : std::vector<counts>(groups);
}

std::vector<group> salespersons(const lead_columns &leads, tally &now, const tally *before) {
  const auto &names = leads.texts(columns::assignee);
  const auto mine = now.groups.sums(by_assignee);
  const auto past = sums_of(before, by_assignee, names.size());
  std::vector<group> result;
  for (std::uint32_t number = 0; number < names.size(); ++number) {
    group one{names.text(number), mine[number], past[number], {}, {}};
    if (one.of[received] + one.compared[received] == 0) continue;
    one.opening_median = median(now.response_of[number]);
    result.push_back(std::move(one));
  }
  return result;
}

std::vector<reason_count> lost_reasons(const tally &now, const tally *before) {
  std::vector<reason_count> result;
  for (std::size_t number = 0; number < reason_slots; ++number) {
    reason_count one;
    one.of = now.lost_by_reason[number];
    if (before != nullptr) one.compared = before->lost_by_reason[number];
    if (one.of + one.compared == 0) continue;
    if (number > 0) one.key = number <= reasons().size() ? reasons()[number - 1].key : "other";
    result.push_back(std::move(one));
  }
  std::stable_sort(result.begin(), result.end(), [](const auto &left, const auto &right) {
    return std::pair(left.of, left.compared) > std::pair(right.of, right.compared);
  });
  return result;
}

}  // namespace

place_numbers &place_numbers::operator+=(const place_numbers &more) {
  of += more.of;
  add(more.answered, answered);
  add(more.answered_open, answered_open);
  clock.insert(clock.end(), more.clock.begin(), more.clock.end());
  opening.insert(opening.end(), more.opening.begin(), more.opening.end());
  return *this;
}

numbers evaluate(const lead_columns &leads, const question &asked, const access::visibility &who) {
  const counter all(leads, asked, who);
  auto now = all.count(asked.during, true);
  std::optional<tally> before;
  if (asked.compared) before = all.count(*asked.compared, false);
  auto *past = before ? &*before : nullptr;

  numbers result;
  const auto places = now.groups.sums(by_place), past_places = sums_of(past, by_place, places.size());
  const auto origins = now.groups.sums(by_origin), past_origins = sums_of(past, by_origin, origins.size());
  result.total = sum(places);
  result.clock_median = now.clock.median();
  result.opening_median = now.opening.median();
  result.ages = now.ages;
  // The last part holds what lies outside of the edges.
  result.parts = now.groups.sums(by_part);
  result.parts.pop_back();
  if (past != nullptr) {
    result.compared = sum(past_places);
    result.compared_opening_median = past->opening.median();
    result.compared_parts = past->groups.sums(by_part);
    result.compared_parts.pop_back();
  }
  result.types = grouped(leads.texts(columns::type), leads.places(), &columns::combination::first, places, past_places);
  result.locations =
      grouped(leads.texts(columns::location), leads.places(), &columns::combination::third, places, past_places);
  add_answered(leads.texts(columns::type), leads.places(), &columns::combination::first, now.answered, result.types);
  add_answered(leads.texts(columns::location), leads.places(), &columns::combination::third, now.answered,
               result.locations);
  for (const auto &one : now.answered) add(one, result.answered);
  result.places = places_of(leads, now, places);
  result.sources =
      grouped(leads.texts(columns::source), leads.origins(), &columns::combination::first, origins, past_origins);
  result.models =
      grouped(leads.texts(columns::model), leads.origins(), &columns::combination::second, origins, past_origins);
  result.campaigns =
      grouped(leads.texts(columns::campaign), leads.origins(), &columns::combination::third, origins, past_origins);
  result.salespersons = salespersons(leads, now, past);
  result.lost_by_reason = lost_reasons(now, past);
  return result;
}

}  // namespace lead_system::evaluation
