#include "columns/found_words.hpp"

#include <algorithm>

namespace lead_system::columns {

namespace {

/// Adds the leads of `wanted` whose text is in the list. Where a few of 64 are wanted, each is looked up by itself.
void add_where(const std::shared_ptr<const std::vector<std::uint8_t>> &texts_with_it,
               const std::array<std::uint32_t, block_leads> &texts, const bits &wanted, bits &into) noexcept {
  if (!texts_with_it) return;
  const auto &list = *texts_with_it;
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

word_leads::word_leads(const lead_columns &leads, const std::string &word, const word_leads *before)
    : family_(in(leads.family_words(), word, before, &word_leads::family_)),
      given_(in(leads.given_words(), word, before, &word_leads::given_)),
      home_(in(leads.home_words(), word, before, &word_leads::home_)),
      vehicles_(in(leads.vehicle_words(), word, before, &word_leads::vehicles_)) {
  if (nowhere()) return;
  pieces_ = renew(
      leads, before == nullptr ? nullptr : &before->pieces_, [](const piece &) { return true; },
      [this](const block &one) {
        return piece{one.first_id, one.version, search(one)};
      });
}

bool word_leads::nowhere() const noexcept {
  return !family_.with_word && !given_.with_word && !home_.with_word && !vehicles_.with_word;
}

word_leads::texts word_leads::in(const word_table &table, const std::string &word, const word_leads *before,
                                 texts word_leads::*which) {
  texts known = before == nullptr ? texts{} : before->*which;
  if (known.size == table.size()) return known;
  const auto more = table.containing(word, static_cast<std::uint32_t>(known.size));
  if (!known.with_word && more.empty()) return {nullptr, table.size()};
  auto all = known.with_word ? *known.with_word : std::vector<std::uint8_t>(known.size);
  all.insert(all.end(), more.begin(), more.end());
  all.resize(table.size());
  return {std::make_shared<const std::vector<std::uint8_t>>(std::move(all)), table.size()};
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

}  // namespace lead_system::columns
