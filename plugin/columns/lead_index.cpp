#include "columns/lead_index.hpp"

#include <malloc.h>

#include <algorithm>
#include <limits>

#include "store/text_query.hpp"

namespace lead_system::columns {

namespace {

/// Small enough that questions on another thread never wait long for one of them.
constexpr int rows_a_page = 2'000;
constexpr int most_rows = 500;
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

/// Where the page begins; refuses a place of another order.
std::optional<store::page_edge> edge_of(const store::lead_query &query) {
  if (query.cursor.empty()) return std::nullopt;
  auto edge = store::from_cursor(query.cursor);
  if (edge.sort != query.sort || edge.descending != query.descending) {
    throw store::bad_cursor("The place belongs to another order of the list. Start again from its beginning.");
  }
  return edge;
}

/// Whether the filter says more than which tab is shown.
bool narrows(const store::lead_filter &filter) {
  store::lead_filter only_tab;
  only_tab.tab = filter.tab;
  only_tab.present = filter.present;
  return filter != only_tab;
}

/// The cursors of a page whose ids and keys stand in the order of the list.
void add_cursors(store::lead_page &page, const page_of_ids &found, const store::lead_query &query,
                 const std::optional<store::page_edge> &edge) {
  const auto at = [&](bool first, bool back) {
    // An empty page still knows where it would have been.
    if (found.ids.empty()) return store::to_cursor({query.sort, query.descending, back, edge->key, edge->id});
    return store::to_cursor({query.sort, query.descending, back, first ? found.keys.front() : found.keys.back(),
                             first ? found.ids.front() : found.ids.back()});
  };
  const bool backward = edge && edge->backward;
  if (backward ? true : found.more) page.next = at(false, false);
  if (backward ? found.more : edge.has_value()) page.previous = at(true, true);
}

}  // namespace

lead_index::lead_index(const store::options &how, store::store &from, const access::organisation_source &organisation)
    : feed_(how), store_(from), organisation_(organisation) {}

store::lead_page lead_index::list(const store::lead_query &query, const access::visibility &who, time_us now) {
  return ask(query, who, now).page;
}

lead_index::overview lead_index::ask(const store::lead_query &query, const access::visibility &who, time_us now) {
  const auto edge = edge_of(query);
  overview result;
  page_of_ids found;
  const auto text = store::read_text(query.filter.text);
  auto one_of_a_kind = text.one_of_a_kind() ? find_one_of_a_kind(query.filter.text) : lead_set{};
  {
    const auto lock = fresh({});
    const auto known = find(text, std::move(one_of_a_kind));
    const question asked(columns_, query.filter, who, now, known);
    const auto seen = seen_by_.of(
        who, [&](const seen_leads *before) { return seen_leads(columns_, asked.sees(), who, now, before); });
    selection chosen;
    auto of_block = seen->blocks().begin();
    for (const auto &[number, one] : columns_.blocks()) {
      bits passing;
      asked.of_block(*one, (*of_block++)->leads, passing);
      const auto passed = columns::count(passing);
      if (passed == 0) continue;
      chosen.total += passed;
      chosen.blocks.push_back({one.get(), passing});
    }
    if (!chosen.blocks.empty()) {
      const auto &[last, passing] = chosen.blocks.back();
      for_each(passing, [&, one = last](auto at) { result.newest = one->id(at); });
    }
    if (narrows(query.filter)) {
      auto all = query.filter;
      all.tab.clear();
      result.tabs = count_tabs(*seen, question(columns_, all, who, now, known), all.present, who, now);
    } else {
      result.tabs = count_tabs(*seen, query.filter.present);
    }
    result.page.total = chosen.total;
    found = read_page(columns_, names_, asked, chosen, query.sort, query.descending, edge ? &*edge : nullptr,
                      static_cast<std::size_t>(std::clamp(query.limit, 1, most_rows)));
  }
  if (edge && edge->backward) {
    std::reverse(found.ids.begin(), found.ids.end());
    std::reverse(found.keys.begin(), found.keys.end());
  }
  add_cursors(result.page, found, query, edge);
  result.page.leads = store_.leads(found.ids, who);
  return result;
}

namespace {

/// Open leads of the block whose assignee is none of those who are here.
std::int64_t count_absent(const block &one, const bits &leads, const membership &absent) {
  // Mostly everybody who has leads is here, and nothing is counted.
  if (absent.nothing() || one.open_leads == 0) return 0;
  static const membership open(standing_column, open_ones());
  auto passing = leads;
  for (const auto *each : {&open, &absent}) {
    bits part;
    each->of_block(one, part);
    keep(passing, part);
  }
  return columns::count(passing);
}

}  // namespace

store::tab_counts lead_index::count_tabs(const seen_leads &seen, const std::vector<std::string> &present) const {
  auto result = seen.tabs();
  if (present.empty()) return result;
  const membership absent(assignee, absent_ones(columns_, present));
  auto of_block = seen.blocks().begin();
  for (const auto &[number, one] : columns_.blocks()) {
    result.absent += count_absent(*one, (*of_block++)->leads, absent);
  }
  return result;
}

store::tab_counts lead_index::count_tabs(const seen_leads &seen, const question &asked,
                                         const std::vector<std::string> &present, const access::visibility &who,
                                         time_us now) const {
  const tab_counter tabs(columns_, who, now);
  const membership absent(assignee, present.empty() ? std::vector<bool>{} : absent_ones(columns_, present));
  store::tab_counts result;
  auto of_block = seen.blocks().begin();
  for (const auto &[number, one] : columns_.blocks()) {
    seen_block passing;
    asked.of_block(*one, (*of_block++)->leads, passing.leads);
    if (!any(passing.leads)) continue;
    tabs.count_in(*one, passing);
    result += passing.tabs;
    result.absent += count_absent(*one, passing.leads, absent);
  }
  return result;
}

lead_set lead_index::find_one_of_a_kind(const std::string &text) {
  std::vector<std::string> sources;
  {
    const auto lock = fresh({});
    const auto &all = columns_.texts(source);
    for (std::uint32_t number = 1; number < all.size(); ++number) sources.push_back(all.text(number));
  }
  // Without the lock: while the database thinks, others get their answers.
  return set_of(store_.find_one_of_a_kind(text, sources));
}

found_text lead_index::find(const store::text_query &asked, lead_set one_of_a_kind) {
  found_text result{asked.everything, {}, std::move(one_of_a_kind)};
  for (const auto &word : asked.words) {
    result.words.push_back(
        found_words_.of(word, [&](const word_leads *before) { return word_leads(columns_, word, before); }));
  }
  return result;
}

std::vector<std::int64_t> lead_index::seen(const std::vector<std::int64_t> &ids, const access::visibility &who) {
  const auto lock = fresh({});
  const sight sees(columns_, who);
  std::map<const block *, bits> of_blocks;
  std::vector<std::int64_t> result;
  for (const auto id : ids) {
    const auto *in = columns_.find(id);
    if (in == nullptr) continue;
    const auto [entry, fresh_block] = of_blocks.try_emplace(in);
    if (fresh_block) sees.of_block(*in, entry->second);
    if (holds(entry->second, static_cast<std::size_t>(id - in->first_id))) result.push_back(id);
  }
  return result;
}

std::map<std::string, std::int64_t> lead_index::open_per_assignee(const access::visibility &who) {
  const auto lock = fresh({});
  const sight sees(columns_, who);
  const membership open(standing_column, open_ones());
  std::vector<std::int64_t> by_number(columns_.texts(assignee).size());
  for (const auto &[number, one] : columns_.blocks()) {
    if (one->open_leads == 0) continue;
    bits visible, part;
    sees.of_block(*one, visible);
    open.of_block(*one, part);
    keep(visible, part);
    for_each(visible, [&, &of = *one](auto at) { ++by_number[of.person[at]]; });
  }
  std::map<std::string, std::int64_t> result;
  for (std::uint32_t number = 0; number < by_number.size(); ++number) {
    if (by_number[number] != 0) result[columns_.texts(assignee).text(number)] = by_number[number];
  }
  result.erase("");
  return result;
}

std::map<std::string, std::int64_t> lead_index::overdue_per_location(const access::visibility &who, time_us now) {
  const auto lock = fresh({});
  const sight sees(columns_, who);
  std::vector<std::int64_t> by_place(columns_.places().size());
  for (const auto &[number, one] : columns_.blocks()) {
    bits due, visible;
    overdue_of_block(*one, now, due);
    if (!any(due)) continue;
    sees.of_block(*one, visible);
    keep(due, visible);
    for_each(due, [&, &of = *one](auto at) { ++by_place[of.place[at]]; });
  }
  std::map<std::string, std::int64_t> result;
  for (std::size_t place = 0; place < by_place.size(); ++place) {
    if (by_place[place] != 0) result[columns_.texts(location).text(columns_.places()[place].third)] += by_place[place];
  }
  return result;
}

lead_index::reading lead_index::now() {
  return {fresh({}), columns_};
}

void lead_index::keep_warm(const std::function<bool()> &cancelled) {
  { const auto lock = fresh(cancelled); }
  forget_unused_words();
  feed_.forget(kept_changes);
  // What reading took stays with the allocator otherwise.
  ::malloc_trim(0);
}

void lead_index::forget_unused_words() {
  if (!erased_.exchange(false)) return;
  const std::lock_guard turn(refreshing_);
  const std::unique_lock lock(guard_);
  columns_.forget_unused_words();
  // They know words by their numbers.
  found_words_.clear();
}

std::shared_lock<std::shared_mutex> lead_index::fresh(const std::function<bool()> &cancelled) {
  const auto before = begun_.load();
  const std::lock_guard turn(refreshing_);
  // Who waited while somebody else began and ended has what was committed before he came.
  if (!read_ || done_ <= before) {
    const auto turn_number = ++begun_;
    bring_up_to_date(cancelled);
    done_ = turn_number;
  }
  // Before the turn ends: nobody begins to read everything anew while these columns are in use.
  return std::shared_lock(guard_);
}

void lead_index::bring_up_to_date(const std::function<bool()> &cancelled) {
  // The opening hours that the minutes are counted in are the host's present ones.
  auto organised = organisation_.now();
  if (organised != organised_) {
    if (organised_ && calendars_changed(*organised)) read_ = false;
    organised_ = std::move(organised);
    if (!read_) calendars_.clear();
  }
  if (!read_) read_all(cancelled);
  if (!read_) return;
  auto changes = feed_.since(position_);
  if (changes.forgotten) {
    read_all(cancelled);
    if (!read_) return;
    changes = feed_.since(position_);
  }
  position_ = changes.position;
  if (changes.rows.empty()) return;
  // What is half taken is not known: everything is read anew then.
  read_ = false;
  take_changes(changes.rows);
  read_ = true;
}

void lead_index::take_changes(const std::vector<store::feed_row> &rows) {
  const std::unique_lock lock(guard_);
  // After a large import it is quicker to sort all names than to find each its place.
  const bool many = rows.size() > columns_.size() / 4;
  for (const auto &item : rows) {
    const auto *known = columns_.find(item.id);
    const auto [family, given] = split_name(item.name_key);
    bool stays = false;
    if (known != nullptr) {
      const auto place = place_of(*known, static_cast<std::size_t>(item.id - known->first_id), columns_);
      stays = place.family == family && place.given == given;
    }
    if (!stays && !many) names_.take_out(item.id);
    put(item);
    if (!stays && !many) names_.put_in(item.id);
  }
  if (many) names_.build();
}

void lead_index::read_all(const std::function<bool()> &cancelled) {
  read_ = false;
  position_ = feed_.position();
  std::vector<store::feed_row> page;
  std::int64_t after = std::numeric_limits<std::int64_t>::min();
  do {
    if (cancelled && cancelled()) return;
    page.clear();
    feed_.read(after, rows_a_page, [&](const auto &item) { page.push_back(item); });
    const std::unique_lock lock(guard_);
    for (const auto &item : page) put(item);
    if (!page.empty()) after = page.back().id;
  } while (page.size() == static_cast<std::size_t>(rows_a_page));
  const auto unsettled = feed_.unsettled_feedback();
  const std::unique_lock lock(guard_);
  for (const auto &[id, statuses] : unsettled) columns_.add_feedback(id, statuses);
  names_.build();
  read_ = true;
}

void lead_index::put(const store::feed_row &item) {
  if (item.state == key(lead_state::erased)) erased_ = true;
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

bool lead_index::calendars_changed(const access::organisation &now) const {
  return std::any_of(calendars_.begin(), calendars_.end(),
                     [&](const auto &one) { return !same(one.second, now.calendar_of(one.first)); });
}

}  // namespace lead_system::columns
