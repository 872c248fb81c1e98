#include "evaluation/evaluator.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace lead_system::evaluation {

namespace {

/// Small enough that questions on another thread never wait long for one of them.
constexpr int rows_a_page = 20'000;
/// A reader that missed more changes than that reads everything anew, which is about as fast.
constexpr std::int64_t kept_changes = 200'000;

bool same(const working_calendar &left, const working_calendar &right) {
  const auto equal = [](const working_hours &a, const working_hours &b) {
    return a.first_day == b.first_day && a.last_day == b.last_day && a.from_minute == b.from_minute &&
           a.to_minute == b.to_minute;
  };
  return left.time_zone == right.time_zone && left.region == right.region && left.holidays == right.holidays &&
         std::equal(left.hours.begin(), left.hours.end(), right.hours.begin(), right.hours.end(), equal);
}

}  // namespace

evaluator::evaluator(const store::options &how, const access::organisation_source &organisation)
    : rows_(how), organisation_(organisation) {}

numbers evaluator::ask(const question &asked, const access::visibility &who) {
  const auto lock = fresh({});
  return evaluate(columns_, asked, who);
}

time_us evaluator::oldest() {
  const auto lock = fresh({});
  return columns_.size() == 0 ? 0 : columns_.oldest_minute() * minute_us;
}

evaluator::choices evaluator::offered(const access::visibility &who) {
  const auto lock = fresh({});
  std::set<std::uint32_t> models, campaigns;
  for (const auto &one : columns_.profiles()) {
    if (!granted(columns_, one, who)) continue;
    if (one.model != 0) models.insert(one.model);
    if (one.campaign != 0) campaigns.insert(one.campaign);
  }
  choices result;
  for (const auto number : models) result.models.push_back(columns_.models.text(number));
  for (const auto number : campaigns) result.campaigns.push_back(columns_.campaigns.text(number));
  std::sort(result.models.begin(), result.models.end());
  std::sort(result.campaigns.begin(), result.campaigns.end());
  return result;
}

void evaluator::keep_warm(const std::function<bool()> &cancelled) {
  { const auto lock = fresh(cancelled); }
  rows_.forget(kept_changes);
}

std::shared_lock<std::shared_mutex> evaluator::fresh(const std::function<bool()> &cancelled) {
  const std::lock_guard turn(refreshing_);
  bring_up_to_date(cancelled);
  // Before the turn ends: nobody begins to read everything anew while these columns are in use.
  return std::shared_lock(guard_);
}

void evaluator::bring_up_to_date(const std::function<bool()> &cancelled) {
  // The opening hours that the minutes are counted in are the host's present ones.
  auto organised = organisation_.now();
  if (organised != organised_) {
    if (organised_ && calendars_changed(*organised)) read_ = false;
    organised_ = std::move(organised);
    if (!read_) calendars_.clear();
  }
  if (!read_) read_all(cancelled);
  if (!read_) return;
  auto changes = rows_.since(position_);
  if (changes.forgotten) {
    read_all(cancelled);
    if (!read_) return;
    changes = rows_.since(position_);
  }
  position_ = changes.position;
  if (changes.rows.empty()) return;
  const std::unique_lock lock(guard_);
  for (const auto &item : changes.rows) put(item);
}

void evaluator::read_all(const std::function<bool()> &cancelled) {
  read_ = false;
  position_ = rows_.position();
  std::vector<store::evaluation_row> page;
  std::int64_t after = std::numeric_limits<std::int64_t>::min();
  do {
    if (cancelled && cancelled()) return;
    page.clear();
    rows_.read(after, rows_a_page, [&](const auto &item) { page.push_back(item); });
    const std::unique_lock lock(guard_);
    for (const auto &item : page) put(item);
    if (!page.empty()) after = page.back().id;
  } while (page.size() == static_cast<std::size_t>(rows_a_page));
  const auto unsettled = rows_.unsettled_feedback();
  const std::unique_lock lock(guard_);
  for (const auto &[id, bits] : unsettled) columns_.add_feedback(id, bits);
  read_ = true;
}

void evaluator::put(const store::evaluation_row &item) {
  std::uint32_t opening = 0;
  if (item.first_contact_at != 0) {
    auto known = calendars_.find(item.location);
    if (known == calendars_.end()) {
      known = calendars_.emplace(item.location, organised_->calendar_of(item.location)).first;
    }
    opening =
        static_cast<std::uint32_t>(working_minutes_between(item.created_at, item.first_contact_at, known->second));
  }
  columns_.put(item, opening);
}

bool evaluator::calendars_changed(const access::organisation &now) const {
  return std::any_of(calendars_.begin(), calendars_.end(),
                     [&](const auto &one) { return !same(one.second, now.calendar_of(one.first)); });
}

}  // namespace lead_system::evaluation
