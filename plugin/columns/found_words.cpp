#include "columns/found_words.hpp"

#include <algorithm>

namespace lead_system::columns {

namespace {

/// Of a million leads a word is 125 kB.
constexpr std::size_t most_kept = 16;

/// Adds the leads of `wanted` whose text is in the list. Where a few of 64 are wanted, each is looked up by itself.
void add_where(const std::vector<std::uint8_t> &list, const std::array<std::uint32_t, block_leads> &texts,
               const bits &wanted, bits &into) noexcept {
  if (list.empty()) return;
  constexpr int few = 16;
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    const auto open = wanted[at] & ~into[at];
    if (open == 0) continue;
    const auto *of = &texts[at * 64];
    std::uint64_t found = 0;
    if (std::popcount(open) <= few) {
      for (auto left = open; left != 0; left &= left - 1) {
        const auto place = std::countr_zero(left);
        found |= std::uint64_t{list[of[place]]} << place;
      }
    } else {
      for (std::size_t place = 0; place < 64; ++place) found |= std::uint64_t{list[of[place]]} << place;
    }
    into[at] |= found & open;
  }
}

}  // namespace

lead_set set_of(const std::vector<std::int64_t> &ids) {
  constexpr auto block_size = static_cast<std::int64_t>(block_leads);
  lead_set result;
  for (const auto id : ids) {
    const auto first = id / block_size * block_size;
    put(result[first], static_cast<std::size_t>(id - first), true);
  }
  return result;
}

word_leads::word_leads(const lead_columns &leads, const word_leads &before)
    : word_(before.word_),
      family_(in(leads.family_words(), word_, before.family_)),
      given_(in(leads.given_words(), word_, before.given_)),
      home_(in(leads.home_words(), word_, before.home_)),
      vehicles_(in(leads.vehicle_words(), word_, before.vehicles_)) {
  if (nowhere()) return;
  pieces_.reserve(leads.blocks().size());
  auto known = before.pieces_.begin();
  for (const auto &[number, one] : leads.blocks()) {
    while (known != before.pieces_.end() && (*known)->first_id < one->first_id) ++known;
    const bool same =
        known != before.pieces_.end() && (*known)->first_id == one->first_id && (*known)->version == one->words_version;
    pieces_.push_back(same ? *known
                           : std::make_shared<const piece>(piece{one->first_id, one->words_version, search(*one)}));
  }
}

bool word_leads::nowhere() const noexcept {
  return family_.with_word.empty() && given_.with_word.empty() && home_.with_word.empty() &&
         vehicles_.with_word.empty();
}

word_leads::texts word_leads::in(const word_table &table, const std::string &word, const texts &before) {
  texts result{before.with_word, table.size()};
  if (result.size == before.size) return result;
  const auto more = table.containing(word, static_cast<std::uint32_t>(before.size));
  if (result.with_word.empty() && more.empty()) return result;
  result.with_word.resize(before.size);
  result.with_word.insert(result.with_word.end(), more.begin(), more.end());
  result.with_word.resize(result.size);
  return result;
}

bits word_leads::search(const block &one) const noexcept {
  bits found{};
  // What most leads have first: the others are asked only for the rest.
  add_where(vehicles_.with_word, one.vehicles, one.present, found);
  add_where(home_.with_word, one.home, one.present, found);
  add_where(family_.with_word, one.family, one.present, found);
  add_where(given_.with_word, one.given, one.present, found);
  return found;
}

void word_leads::keep_in(const block &one, bits &passing) const noexcept {
  const auto found = std::lower_bound(pieces_.begin(), pieces_.end(), one.first_id,
                                      [](const auto &each, auto first_id) { return each->first_id < first_id; });
  if (found == pieces_.end() || (*found)->first_id != one.first_id) return passing.fill(0);
  keep(passing, (*found)->leads);
}

std::vector<std::shared_ptr<const word_leads>> found_words::of(const lead_columns &leads,
                                                               const std::vector<std::string> &words) {
  std::vector<std::shared_ptr<const word_leads>> result;
  for (const auto &word : words) result.push_back(of(leads, word));
  return result;
}

std::shared_ptr<const word_leads> found_words::of(const lead_columns &leads, const std::string &word) {
  const auto place = [&] {
    return std::find_if(kept_.begin(), kept_.end(), [&](const auto &each) { return each->word() == word; });
  };
  std::shared_ptr<const word_leads> before;
  {
    const std::lock_guard lock(mutex_);
    const auto known = place();
    before = known != kept_.end() ? *known : std::make_shared<const word_leads>(word);
  }
  auto now = std::make_shared<const word_leads>(leads, *before);
  const std::lock_guard lock(mutex_);
  if (const auto known = place(); known != kept_.end()) kept_.erase(known);
  if (kept_.size() >= most_kept) kept_.erase(kept_.begin());
  kept_.push_back(now);
  return now;
}

}  // namespace lead_system::columns
