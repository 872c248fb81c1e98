#include "columns/page.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <numeric>

#include "store/store.hpp"

namespace lead_system::columns {

namespace {

/// Fewer are sorted by name; to find more, one walks along the names.
constexpr std::int64_t few = 4000;
/// From so many leads on they are looked for value by value, up to so many values.
constexpr std::int64_t worth_it = 20'000;
constexpr std::size_t most_tried = 12;

time_us number_of(const std::string &key) {
  std::int64_t number = 0;
  const auto *end = key.data() + key.size();
  const auto parsed = std::from_chars(key.data(), end, number);
  if (parsed.ec != std::errc{} || parsed.ptr != end) {
    throw store::bad_cursor("The place in the list is not known. Start again from its beginning.");
  }
  return number;
}

// What a list is sorted by besides names, as a number; equal ones stand in the order of ids. Each has key(), the bounds
// of the keys that a block may hold, and a key as a cursor names it, forth and back.

struct numbered {
  static std::int64_t key_of(const store::page_edge &edge) { return number_of(edge.key); }
  static std::string text(std::int64_t key) { return std::to_string(key); }
};

class by_arrival : public numbered {
 public:
  std::int64_t key(const block &one, std::size_t at) const { return one.created_at[at]; }
  std::pair<std::int64_t, std::int64_t> bounds(const block &one) const { return {one.oldest, one.newest}; }
};

/// Of leads that wait for something, and of those that do not: see read_by_deadline.
class by_deadline : public numbered {
 public:
  static std::int64_t key(const block &one, std::size_t at) { return one.deadlines->due_at[at]; }
  static std::pair<std::int64_t, std::int64_t> bounds(const block &one) { return {one.first_due, store::due_never}; }
};
class without_deadline : public numbered {
 public:
  static std::int64_t key(const block & /*one*/, std::size_t /*at*/) { return store::due_kept; }
  static std::pair<std::int64_t, std::int64_t> bounds(const block & /*one*/) {
    return {store::due_kept, store::due_kept};
  }
};

class by_state : public numbered {
 public:
  explicit by_state(const question &asked) {
    for (unsigned stands = 0; stands < standings; ++stands) {
      const auto rank = static_cast<std::int64_t>(state_of(stands));
      if (asked.may_pass(standing_column, stands) && std::find(keys_.begin(), keys_.end(), rank) == keys_.end()) {
        keys_.push_back(rank);
      }
    }
    std::sort(keys_.begin(), keys_.end());
  }
  static std::int64_t key(const block &one, std::size_t at) {
    return static_cast<std::int64_t>(state_of(one.value(standing_column, at)));
  }
  std::pair<std::int64_t, std::int64_t> bounds(const block & /*one*/) const {
    return keys_.empty() ? std::pair<std::int64_t, std::int64_t>{} : std::pair{keys_.front(), keys_.back()};
  }
  /// All that may occur, ascending.
  const std::vector<std::int64_t> &keys() const noexcept { return keys_; }
  static membership leads_of(std::int64_t key) {
    std::vector<bool> passes(standings);
    for (unsigned stands = 0; stands < standings; ++stands) {
      passes[stands] = static_cast<std::int64_t>(state_of(stands)) == key;
    }
    return membership(standing_column, passes);
  }

 private:
  std::vector<std::int64_t> keys_;
};

/// By type, location or assignee: odd numbers in the order of the texts, even ones between them for a text that no lead
/// has any more.
class by_text {
 public:
  by_text(const lead_columns &leads, column of, const question &asked) : of_(of), texts_(leads.texts(of)) {
    sorted_.resize(texts_.size());
    std::iota(sorted_.begin(), sorted_.end(), 0U);
    std::sort(sorted_.begin(), sorted_.end(),
              [this](auto left, auto right) { return texts_.text(left) < texts_.text(right); });
    std::vector<std::int64_t> of_number(texts_.size());
    for (std::size_t at = 0; at < sorted_.size(); ++at) {
      const auto rank = static_cast<std::int64_t>(at) * 2 + 1;
      of_number[sorted_[at]] = rank;
      if (asked.may_pass(of, sorted_[at])) keys_.push_back(rank);
    }
    if (of == assignee) {
      ranks_ = std::move(of_number);
      return;
    }
    for (const auto &one : leads.places()) ranks_.push_back(of_number[of == type ? one.first : one.third]);
  }
  std::int64_t key(const block &one, std::size_t at) const {
    return ranks_[of_ == assignee ? one.person[at] : one.place[at]];
  }
  std::pair<std::int64_t, std::int64_t> bounds(const block & /*one*/) const {
    return keys_.empty() ? std::pair<std::int64_t, std::int64_t>{} : std::pair{keys_.front(), keys_.back()};
  }
  const std::vector<std::int64_t> &keys() const noexcept { return keys_; }
  membership leads_of(std::int64_t key) const {
    std::vector<bool> passes(texts_.size());
    passes[sorted_[static_cast<std::size_t>(key / 2)]] = true;
    return membership(of_, passes);
  }
  std::int64_t key_of(const store::page_edge &edge) const {
    const auto found = std::lower_bound(sorted_.begin(), sorted_.end(), edge.key,
                                        [this](auto number, const auto &text) { return texts_.text(number) < text; });
    const auto rank = (found - sorted_.begin()) * 2;
    return found != sorted_.end() && texts_.text(*found) == edge.key ? rank + 1 : rank;
  }
  std::string text(std::int64_t key) const { return texts_.text(sorted_[static_cast<std::size_t>(key / 2)]); }

 private:
  column of_;
  const dictionary &texts_;
  std::vector<std::uint32_t> sorted_;
  std::vector<std::int64_t> ranks_, keys_;
};

using entry = std::pair<std::int64_t, std::int64_t>;  ///< key, id

/// The first `limit` behind an edge, of everything that is offered, in one direction.
class first_ones {
 public:
  first_ones(std::optional<entry> edge, bool down, std::size_t limit) : edge_(edge), down_(down), limit_(limit) {}

  bool before(const entry &left, const entry &right) const noexcept { return down_ ? left > right : left < right; }
  void offer(const entry &one) {
    if ((edge_ && !before(*edge_, one)) || (full() && !before(one, all_.front()))) return;
    const auto last_first = [this](const entry &left, const entry &right) { return before(left, right); };
    if (full()) {
      std::pop_heap(all_.begin(), all_.end(), last_first);
      all_.back() = one;
    } else {
      all_.push_back(one);
    }
    std::push_heap(all_.begin(), all_.end(), last_first);
  }
  /// Whether a block that holds nothing outside of these bounds could still change anything.
  bool wants(entry least, entry greatest) const noexcept {
    // Nothing before the edge is taken.
    if (edge_ && down_) greatest.first = std::min(greatest.first, edge_->first);
    if (edge_ && !down_) least.first = std::max(least.first, edge_->first);
    const auto &best = down_ ? greatest : least;
    const auto &worst = down_ ? least : greatest;
    return !(full() && !before(best, all_.front())) && !(edge_ && !before(*edge_, worst));
  }
  std::vector<entry> take() {
    std::sort(all_.begin(), all_.end(), [this](const auto &left, const auto &right) { return before(left, right); });
    return std::move(all_);
  }

  bool full() const noexcept { return all_.size() == limit_; }

 private:
  std::optional<entry> edge_;
  bool down_;
  std::size_t limit_;
  std::vector<entry> all_;  ///< a heap, the last one on top
};

template <typename Order>
void offer_all(const selection &chosen, const Order &by, bool down, first_ones &into) {
  const auto offer = [&](const chosen_block &one) {
    const auto [least, greatest] = by.bounds(*one.from);
    if (!into.wants({least, one.from->first_id}, {greatest, one.from->id(block_leads - 1)})) return;
    for_each(one.passing, [&](auto at) { into.offer({by.key(*one.from, at), one.from->id(at)}); });
  };
  if (down) {
    std::for_each(chosen.blocks.rbegin(), chosen.blocks.rend(), offer);
  } else {
    std::for_each(chosen.blocks.begin(), chosen.blocks.end(), offer);
  }
}

template <typename Order>
page_of_ids page_of(first_ones &found, const Order &by, std::size_t limit) {
  page_of_ids result;
  for (const auto &[key, id] : found.take()) {
    if (result.ids.size() == limit) {
      result.more = true;
      break;
    }
    result.ids.push_back(id);
    result.keys.push_back(by.text(key));
  }
  return result;
}

template <typename Order>
page_of_ids read_in(const Order &by, const selection &chosen, bool down, const store::page_edge *edge,
                    std::size_t limit) {
  std::optional<entry> from;
  if (edge != nullptr) from.emplace(by.key_of(*edge), edge->id);
  first_ones found(from, down, limit + 1);
  offer_all(chosen, by, down, found);
  return page_of(found, by, limit);
}

/// A key that all leads of a selection have.
struct always {
  std::int64_t value;
  std::int64_t key(const block & /*one*/, std::size_t /*at*/) const { return value; }
  std::pair<std::int64_t, std::int64_t> bounds(const block & /*one*/) const { return {value, value}; }
};

/// By a column of few values: the first values in order mostly fill a page, and their leads are found on the planes.
template <typename Order>
page_of_ids read_by_value(const Order &by, const selection &chosen, bool down, const store::page_edge *edge,
                          std::size_t limit) {
  if (chosen.total <= worth_it) return read_in(by, chosen, down, edge, limit);
  std::optional<entry> from;
  if (edge != nullptr) from.emplace(by.key_of(*edge), edge->id);
  auto keys = by.keys();
  if (down) std::reverse(keys.begin(), keys.end());
  if (from) std::erase_if(keys, [&](auto key) { return down ? key > from->first : key < from->first; });
  if (keys.size() > most_tried) keys.resize(most_tried);
  first_ones found(from, down, limit + 1);
  for (const auto key : keys) {
    selection those;
    bits part;
    const auto only = by.leads_of(key);
    for (const auto &one : chosen.blocks) {
      only.of_block(*one.from, part);
      keep(part, one.passing);
      if (any(part)) those.blocks.push_back({one.from, part});
    }
    offer_all(those, always{key}, down, found);
    if (found.full()) return page_of(found, by, limit);
  }
  return read_in(by, chosen, down, edge, limit);
}

/// The few that wait for something stand before all others: each of the two is asked for by itself.
page_of_ids read_by_deadline(const selection &chosen, bool down, const store::page_edge *edge, std::size_t limit) {
  selection runs, others;
  for (const auto &one : chosen.blocks) {
    if (!one.from->has(running, waits_at_all)) {
      others.blocks.push_back(one);
      continue;
    }
    runs.blocks.push_back(one);
    others.blocks.push_back(one);
    keep(runs.blocks.back().passing, one.from->planes[running][waits_at_all]);
    drop(others.blocks.back().passing, one.from->planes[running][waits_at_all]);
  }
  const by_deadline by;
  std::optional<entry> from;
  if (edge != nullptr) from.emplace(numbered::key_of(*edge), edge->id);
  first_ones found(from, down, limit + 1);
  if (down) offer_all(others, without_deadline{}, down, found);
  offer_all(runs, by, down, found);
  if (!down) offer_all(others, without_deadline{}, down, found);
  return page_of(found, by, limit);
}

std::string name_key(const name_place &of) {
  std::string result(of.family);
  if (!of.given.empty()) result.append(" ").append(of.given);
  return result;
}

/// Takes those behind the edge until there is one more than wanted.
class name_page {
 public:
  explicit name_page(std::size_t limit) : limit_(limit) {}
  bool take(const name_place &one) {
    if (result_.ids.size() == limit_) {
      result_.more = true;
      return false;
    }
    result_.ids.push_back(one.id);
    result_.keys.push_back(name_key(one));
    return true;
  }
  page_of_ids result() { return std::move(result_); }

 private:
  std::size_t limit_;
  page_of_ids result_;
};

page_of_ids read_by_name(const lead_columns &leads, const name_order &names, const selection &chosen, bool down,
                         const store::page_edge *edge, std::size_t limit) {
  std::optional<name_place> from;
  if (edge != nullptr) {
    const auto [family, given] = split_name(edge->key);
    from = name_place{family, given, edge->id};
  }
  name_page page(limit);
  if (chosen.total <= few) {
    std::vector<name_place> all;
    for (const auto &one : chosen.blocks) {
      for_each(one.passing, [&](auto at) {
        const auto place = place_of(*one.from, at, leads);
        if (!from || (down ? place < *from : *from < place)) all.push_back(place);
      });
    }
    const auto wanted = all.begin() + static_cast<std::ptrdiff_t>(std::min(limit + 1, all.size()));
    std::partial_sort(all.begin(), wanted, all.end(),
                      [&](const auto &left, const auto &right) { return down ? right < left : left < right; });
    for (auto one = all.begin(); one != wanted && page.take(*one); ++one) {
    }
    return page.result();
  }
  std::unordered_map<const block *, const bits *> of_block;
  for (const auto &one : chosen.blocks) of_block.emplace(one.from, &one.passing);
  std::vector<const bits *> passing;
  for (const auto *one : names.blocks()) {
    const auto found = of_block.find(one);
    passing.push_back(found == of_block.end() ? nullptr : found->second);
  }
  names.walk(from ? &*from : nullptr, down, [&](std::size_t number, std::size_t at) {
    if (passing[number] == nullptr || !holds(*passing[number], at)) return true;
    return page.take(place_of(*names.blocks()[number], at, leads));
  });
  return page.result();
}

}  // namespace

page_of_ids read_page(const lead_columns &leads, const name_order &names, const question &asked,
                      const selection &chosen, store::lead_sort sort, bool descending, const store::page_edge *edge,
                      std::size_t limit) {
  const bool down = descending != (edge != nullptr && edge->backward);
  const auto by_value = [&](const auto &order) { return read_by_value(order, chosen, down, edge, limit); };
  switch (sort) {
    case store::lead_sort::prospect:
      return read_by_name(leads, names, chosen, down, edge, limit);
    case store::lead_sort::deadline:
      return read_by_deadline(chosen, down, edge, limit);
    case store::lead_sort::type:
      return by_value(by_text(leads, type, asked));
    case store::lead_sort::location:
      return by_value(by_text(leads, location, asked));
    case store::lead_sort::assignee:
      return by_value(by_text(leads, assignee, asked));
    case store::lead_sort::state:
      return by_value(by_state(asked));
    case store::lead_sort::received:
      break;
  }
  return read_in(by_arrival{}, chosen, down, edge, limit);
}

}  // namespace lead_system::columns
