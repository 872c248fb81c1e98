// numbers.cpp - one pass over the leads for each period. What depends on a lead's profile (rights, filters, groups) is
// decided once a profile, not once a lead.
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

/// What the question and the user's rights say of one profile.
struct verdict {
  bool asked = false;    ///< the filters let it pass
  bool granted = false;  ///< the user sees it whoever works it
};

class judge {
 public:
  judge(const lead_columns &leads, const question &asked, const access::visibility &who)
      : leads_(leads), asked_(asked), who_(who) {}

  verdict of(const profile &one) const { return {passes(one), granted(leads_, one, who_)}; }

 private:
  static bool among(const std::vector<std::string> &list, const std::string &text) {
    return list.empty() || std::find(list.begin(), list.end(), text) != list.end();
  }
  static bool is(const std::optional<std::string> &wanted, const std::string &text) {
    return !wanted || *wanted == text;
  }
  bool passes(const profile &one) const {
    return among(asked_.types, leads_.types.text(one.type)) &&
           among(asked_.categories, leads_.categories.text(one.category)) &&
           is(asked_.location, leads_.locations.text(one.location)) &&
           is(asked_.model, leads_.models.text(one.model)) &&
           is(asked_.campaign, leads_.campaigns.text(one.campaign)) &&
           (asked_.source.empty() || asked_.source == leads_.sources.text(one.source));
  }
  const lead_columns &leads_;
  const question &asked_;
  const access::visibility &who_;
};

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
  static constexpr std::size_t most_noted = 128;
  bool few_;
  std::vector<std::uint32_t> noted_;
  std::vector<counts> sums_;
};

/// The counts of one period. The main one also asks how fast, how old and why.
struct tally {
  tally(const lead_columns &leads, const period &during, std::size_t age_parts)
      : from(minute_of(during.from)),
        to(during.to == 0 ? end_of_time : minute_of(during.to)),
        split(during.edges),
        by_profile(leads.profiles().size()),
        by_assignee(leads.assignees.size()),
        by_part(split.count() + 1),
        lost_by_reason(reason_slots),
        ages(age_parts),
        response_of(leads.assignees.size()) {}

  std::uint32_t from, to;
  parts_of_period split;
  std::vector<counts> by_profile;
  counts_by_group by_assignee, by_part;
  std::vector<std::uint32_t> lost_by_reason;
  std::vector<age_count> ages;
  minute_counter clock, opening;
  std::vector<std::vector<std::uint32_t>> response_of;  ///< in opening hours, by assignee
};

class counter {
 public:
  counter(const lead_columns &leads, const question &asked, const access::visibility &who)
      : leads_(leads), asked_(asked), table_(counted_by_status()) {
    const judge decide(leads, asked, who);
    verdicts_.reserve(leads.profiles().size());
    for (const auto &one : leads.profiles()) verdicts_.push_back(decide.of(one));
    if (!who.everything && !who.user.empty()) own_ = leads.assignees.find(who.user);
    if (asked.assignee) {
      // A name that nobody has counts nothing.
      wanted_ = leads.assignees.find(*asked.assignee);
      nobody_ = wanted_ == dictionary::unknown;
    }
    for (const auto edge : asked.ages) age_edges_.push_back(minute_of(edge));
  }

  tally count(const period &during, bool with_details) const {
    tally result(leads_, during, age_edges_.size() + 1);
    if (nobody_) return result;
    for (const auto &[number, page] : leads_.pages()) {
      for (const auto &row : *page) {
        if (!row.present || row.created_minute < result.from || row.created_minute >= result.to) continue;
        if (seen(row)) take(row, result, with_details);
      }
    }
    return result;
  }

 private:
  bool seen(const column_row &row) const noexcept {
    const auto &of = verdicts_[row.profile];
    if (!of.asked || (wanted_ != dictionary::unknown && row.assignee != wanted_)) return false;
    return of.granted || row.assignee == own_;
  }

  void take(const column_row &row, tally &into, bool with_details) const {
    const auto code = with_deadline(row.status, row.due_at <= asked_.now);
    const auto &one = table_[code];
    auto &of_profile = into.by_profile[row.profile];
    of_profile += one;
    into.by_assignee.add(row.assignee, code, one);
    into.by_part.add(into.split.of(row.created_minute), code, one);
    if (row.feedback != 0) {
      of_profile[feedback_pending] += (row.feedback & store::feedback_pending) != 0;
      of_profile[feedback_rejected] += (row.feedback & store::feedback_rejected) != 0;
      of_profile[feedback_failed] += (row.feedback & store::feedback_failed) != 0;
    }
    if (row.assignee == 0) of_profile[unassigned] += one[open];
    if (one[lost] != 0) ++into.lost_by_reason[row.reason];
    if (row.clock_minutes != column_row::never) {
      ++of_profile[responded];
      ++into.by_assignee.extra(row.assignee)[responded];
      into.opening.add(row.opening_minutes);
      if (with_details) {
        into.clock.add(row.clock_minutes);
        into.response_of[row.assignee].push_back(row.opening_minutes);
      }
    }
    if (with_details && one[open] != 0) {
      std::size_t age = 0;
      while (age < age_edges_.size() && row.created_minute >= age_edges_[age]) ++age;
      ++into.ages[age].open;
      into.ages[age].overdue += one[overdue];
    }
  }

  const lead_columns &leads_;
  const question &asked_;
  std::span<const counts, status_codes> table_;
  std::vector<verdict> verdicts_;
  std::vector<std::uint32_t> age_edges_;
  std::uint32_t own_ = dictionary::unknown, wanted_ = dictionary::unknown;
  bool nobody_ = false;
};

counts sum(const std::vector<counts> &all) {
  counts result;
  for (const auto &one : all) result += one;
  return result;
}

/// Groups by one member of the profiles.
std::vector<group> grouped(const lead_columns &leads, const dictionary &names, std::uint32_t profile::*member,
                           const tally &now, const tally *before) {
  std::vector<group> all(names.size());
  for (std::size_t at = 0; at < leads.profiles().size(); ++at) {
    auto &into = all[leads.profiles()[at].*member];
    into.of += now.by_profile[at];
    if (before != nullptr) into.compared += before->by_profile[at];
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
  const auto &mine = now.by_assignee.sums();
  const auto *past = before != nullptr ? &before->by_assignee.sums() : nullptr;
  std::vector<group> result;
  for (std::uint32_t number = 0; number < leads.assignees.size(); ++number) {
    group one{leads.assignees.text(number), mine[number], past != nullptr ? (*past)[number] : counts{}, {}};
    if (one.of[received] + one.compared[received] == 0) continue;
    if (number == 0) one.of[unassigned] = one.of[open];
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

bool granted(const lead_columns &leads, const profile &one, const access::visibility &who) {
  if (who.everything) return true;
  const auto &type = leads.types.text(one.type);
  const auto &location = leads.locations.text(one.location);
  return std::any_of(who.types.begin(), who.types.end(), [&](const access::type_visibility &seen) {
    if (seen.type != type) return false;
    return seen.all || std::find(seen.locations.begin(), seen.locations.end(), location) != seen.locations.end();
  });
}

numbers evaluate(const lead_columns &leads, const question &asked, const access::visibility &who) {
  const counter all(leads, asked, who);
  auto now = all.count(asked.during, true);
  std::optional<tally> before;
  if (asked.compared) before = all.count(*asked.compared, false);
  auto *past = before ? &*before : nullptr;

  numbers result;
  result.total = sum(now.by_profile);
  result.clock_median = now.clock.median();
  result.opening_median = now.opening.median();
  result.ages = now.ages;
  // The last part holds what lies outside of the edges.
  result.parts = now.by_part.sums();
  result.parts.pop_back();
  if (past != nullptr) {
    result.compared = sum(past->by_profile);
    result.compared_opening_median = past->opening.median();
    result.compared_parts = past->by_part.sums();
    result.compared_parts.pop_back();
  }
  result.types = grouped(leads, leads.types, &profile::type, now, past);
  result.locations = grouped(leads, leads.locations, &profile::location, now, past);
  result.sources = grouped(leads, leads.sources, &profile::source, now, past);
  result.models = grouped(leads, leads.models, &profile::model, now, past);
  result.campaigns = grouped(leads, leads.campaigns, &profile::campaign, now, past);
  result.salespersons = salespersons(leads, now, past);
  result.lost_by_reason = lost_reasons(now, past);
  return result;
}

}  // namespace lead_system::evaluation
