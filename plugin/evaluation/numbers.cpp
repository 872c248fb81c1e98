// numbers.cpp - one pass over the leads for each period: the columns say which leads are asked for, each of them is
// added to its groups.
#include "evaluation/numbers.hpp"

#include <algorithm>

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
  return result;
}

/// Finds the part of a period by guessing: parts are about equally long.
class parts_of_period {
 public:
  explicit parts_of_period(const std::vector<time_us> &edges) {
    for (const auto edge : edges) edges_.push_back(minute_of(edge));
    const auto parts = count();
    if (parts > 0) length_ = std::max<std::uint32_t>(1, (edges_.back() - edges_.front()) / parts);
  }
  std::uint32_t count() const noexcept { return edges_.size() < 2 ? 0 : static_cast<std::uint32_t>(edges_.size() - 1); }
  /// count() for a minute outside.
  std::uint32_t of(std::uint32_t minute) const noexcept {
    const auto parts = count();
    if (parts == 0 || minute < edges_.front() || minute >= edges_.back()) return parts;
    auto part = std::min((minute - edges_.front()) / length_, parts - 1);
    while (minute < edges_[part]) --part;
    while (minute >= edges_[part + 1]) ++part;
    return part;
  }

 private:
  std::vector<std::uint32_t> edges_;
  std::uint32_t length_ = 1;
};

/// Counts by group. Where groups are few it only notes how often each status occurred, one number a lead, and adds the
/// figures up at the end; a table of every status for many groups would cost more than it saves.
class counts_by_group {
 public:
  explicit counts_by_group(std::size_t groups)
      : few_(groups <= most_noted), noted_(few_ ? groups * status_codes : 0), sums_(groups) {}
  void add(std::size_t group, status_code code, const counts &one) {
    if (few_) {
      ++noted_[group * status_codes + code];
    } else {
      sums_[group] += one;
    }
  }
  counts &extra(std::size_t group) noexcept { return sums_[group]; }  ///< what no status says
  /// The whole; add() no more afterwards.
  const std::vector<counts> &sums() {
    const auto table = counted_by_status();
    for (std::size_t at = 0; at < noted_.size(); ++at) {
      if (noted_[at] == 0) continue;
      auto &into = sums_[at / status_codes];
      const auto &one = table[at % status_codes];
      for (std::size_t which = 0; which < figures_used; ++which) into[which] += noted_[at] * one[which];
    }
    noted_.clear();
    return sums_;
  }

 private:
  static constexpr std::size_t most_noted = 1024;
  bool few_;
  std::vector<std::uint32_t> noted_;
  std::vector<counts> sums_;
};

/// The counts of one period. The main one also asks how fast, how old and why.
struct tally {
  tally(const lead_columns &leads, const period &during, std::size_t age_parts)
      : split(during.edges),
        by_place(leads.places().size()),
        by_origin(leads.origins().size()),
        by_assignee(leads.texts(columns::assignee).size()),
        by_part(split.count() + 1),
        lost_by_reason(reason_slots),
        ages(age_parts),
        response_of(leads.texts(columns::assignee).size()) {}

  parts_of_period split;
  counts_by_group by_place, by_origin, by_assignee, by_part;
  std::vector<std::uint32_t> lost_by_reason;
  std::vector<age_count> ages;
  minute_counter clock, opening;
  std::vector<std::vector<std::uint32_t>> response_of;  ///< in opening hours, by assignee
};

class counter {
 public:
  counter(const lead_columns &leads, const question &asked, const access::visibility &who)
      : leads_(leads), asked_(asked), who_(who), table_(counted_by_status()) {
    for (const auto edge : asked.ages) age_edges_.push_back(minute_of(edge));
  }

  tally count(const period &during, bool with_details) const {
    tally result(leads_, during, age_edges_.size() + 1);
    const columns::question wanted(leads_, filter_of(asked_, during), who_, asked_.now, {});
    columns::bits seen, passing, overdue_now;
    for (const auto &[number, one] : leads_.blocks()) {
      wanted.of_block(*one, seen, passing);
      columns::overdue_of_block(*one, asked_.now, overdue_now);
      columns::for_each(
          passing, [&, &of = *one](auto at) { take(of, at, columns::holds(overdue_now, at), result, with_details); });
    }
    return result;
  }

 private:
  void take(const block &of, std::size_t at, bool overdue_now, tally &into, bool with_details) const {
    const auto code = with_deadline(of.code[at], overdue_now);
    const auto &one = table_[code];
    const auto place = of.place[at], person = of.person[at];
    const auto minute = static_cast<std::uint32_t>(of.created_at[at] / minute_us);
    const auto origin = of.origin[at];
    into.by_place.add(place, code, one);
    into.by_origin.add(origin, code, one);
    into.by_assignee.add(person, code, one);
    into.by_part.add(into.split.of(minute), code, one);
    auto &of_place = into.by_place.extra(place), &of_origin = into.by_origin.extra(origin);
    if (const auto bits = of.value(columns::feedback, at); bits != 0) {
      for (auto *extra : {&of_place, &of_origin}) {
        (*extra)[feedback_pending] += (bits & store::feedback_pending) != 0;
        (*extra)[feedback_rejected] += (bits & store::feedback_rejected) != 0;
        (*extra)[feedback_failed] += (bits & store::feedback_failed) != 0;
      }
    }
    if (person == 0 && one[open] != 0) {
      ++of_place[unassigned];
      ++of_origin[unassigned];
      ++into.by_assignee.extra(person)[unassigned];
    }
    if (one[lost] != 0) ++into.lost_by_reason[of.value(columns::reason, at)];
    if (of.clock_minutes[at] != columns::never) {
      ++of_place[responded];
      ++of_origin[responded];
      ++into.by_assignee.extra(person)[responded];
      into.opening.add(of.opening_minutes[at]);
      if (with_details) {
        into.clock.add(of.clock_minutes[at]);
        into.response_of[person].push_back(of.opening_minutes[at]);
      }
    }
    if (with_details && one[open] != 0) {
      std::size_t age = 0;
      while (age < age_edges_.size() && minute >= age_edges_[age]) ++age;
      ++into.ages[age].open;
      into.ages[age].overdue += one[overdue];
    }
  }

  const lead_columns &leads_;
  const question &asked_;
  const access::visibility &who_;
  std::span<const counts, status_codes> table_;
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
                           const std::vector<counts> *before) {
  std::vector<group> all(names.size());
  for (std::size_t at = 0; at < of.size(); ++at) {
    auto &into = all[of[at].*member];
    into.of += now[at];
    if (before != nullptr) into.compared += (*before)[at];
  }
  std::vector<group> result;
  for (std::uint32_t number = 0; number < all.size(); ++number) {
    if (all[number].of[received] + all[number].compared[received] == 0) continue;
    all[number].key = names.text(number);
    result.push_back(std::move(all[number]));
  }
  return result;
}

std::vector<group> salespersons(const lead_columns &leads, tally &now, tally *before) {
  const auto &names = leads.texts(columns::assignee);
  const auto &mine = now.by_assignee.sums();
  const auto *past = before != nullptr ? &before->by_assignee.sums() : nullptr;
  std::vector<group> result;
  for (std::uint32_t number = 0; number < names.size(); ++number) {
    group one{names.text(number), mine[number], past != nullptr ? (*past)[number] : counts{}, {}};
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

numbers evaluate(const lead_columns &leads, const question &asked, const access::visibility &who) {
  const counter all(leads, asked, who);
  auto now = all.count(asked.during, true);
  std::optional<tally> before;
  if (asked.compared) before = all.count(*asked.compared, false);
  auto *past = before ? &*before : nullptr;

  numbers result;
  const auto &places = now.by_place.sums(), &origins = now.by_origin.sums();
  const auto *past_places = past != nullptr ? &past->by_place.sums() : nullptr;
  const auto *past_origins = past != nullptr ? &past->by_origin.sums() : nullptr;
  result.total = sum(places);
  result.clock_median = now.clock.median();
  result.opening_median = now.opening.median();
  result.ages = now.ages;
  // The last part holds what lies outside of the edges.
  result.parts = now.by_part.sums();
  result.parts.pop_back();
  if (past != nullptr) {
    result.compared = sum(*past_places);
    result.compared_opening_median = past->opening.median();
    result.compared_parts = past->by_part.sums();
    result.compared_parts.pop_back();
  }
  result.types = grouped(leads.texts(columns::type), leads.places(), &columns::combination::first, places, past_places);
  result.locations =
      grouped(leads.texts(columns::location), leads.places(), &columns::combination::third, places, past_places);
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
