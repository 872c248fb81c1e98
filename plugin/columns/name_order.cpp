#include "columns/name_order.hpp"

#include <tuple>

namespace lead_system::columns {

name_place place_of(const block &one, std::size_t at, const lead_columns &leads) noexcept {
  return {leads.family_words().text(one.family[at]), leads.given_words().text(one.given[at]), one.id(at)};
}

name_place name_order::place(handle one) const noexcept {
  return place_of(*blocks_[one / block_leads], one % block_leads, leads_);
}

void name_order::build() {
  blocks_.clear();
  runs_.clear();
  std::vector<handle> all;
  all.reserve(leads_.size());
  for (const auto &[number, one] : leads_.blocks()) {
    const auto first = static_cast<handle>(blocks_.size() * block_leads);
    blocks_.push_back(one.get());
    for_each(one->present, [&](auto at) { all.push_back(first + static_cast<handle>(at)); });
  }
  // By number first: comparing letters a million times takes seconds.
  const auto family = leads_.family_words().ranks(), given = leads_.given_words().ranks();
  const auto rank = [&](handle one) {
    const auto &in = *blocks_[one / block_leads];
    const auto at = one % block_leads;
    return std::tuple(family[in.family[at]], given[in.given[at]], one);
  };
  std::sort(all.begin(), all.end(), [&](handle left, handle right) { return rank(left) < rank(right); });
  // Half full: there is room for what comes.
  for (std::size_t from = 0; from < all.size(); from += longest_run / 2) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
    const auto length = std::min(longest_run / 2, all.size() - from);
    runs_.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(length));
  }
}

name_order::handle name_order::handle_of(std::int64_t id) {
  const auto first = id / static_cast<std::int64_t>(block_leads) * static_cast<std::int64_t>(block_leads);
  // Nearly always one of the last.
  auto known = std::find_if(blocks_.rbegin(), blocks_.rend(), [&](const block *one) { return one->first_id == first; });
  if (known == blocks_.rend()) {
    blocks_.push_back(leads_.find(id));
    known = blocks_.rbegin();
  }
  const auto number = static_cast<std::size_t>(blocks_.rend() - known) - 1;
  return static_cast<handle>(number * block_leads + static_cast<std::size_t>(id - first));
}

/// The last run that begins at or before the wanted place.
std::size_t name_order::run_of(const name_place &wanted) const {
  const auto behind = std::upper_bound(
      runs_.begin(), runs_.end(), wanted,
      [this](const name_place &place, const std::vector<handle> &run) { return place < this->place(run.front()); });
  return behind == runs_.begin() ? 0 : static_cast<std::size_t>(behind - runs_.begin()) - 1;
}

void name_order::take_out(std::int64_t id) {
  const auto *one = leads_.find(id);
  if (one == nullptr || runs_.empty()) return;
  const auto wanted = place_of(*one, static_cast<std::size_t>(id - one->first_id), leads_);
  const auto run = run_of(wanted);
  auto &all = runs_[run];
  const auto found = std::lower_bound(all.begin(), all.end(), wanted,
                                      [this](handle left, const name_place &right) { return place(left) < right; });
  if (found == all.end() || place(*found) != wanted) return;
  all.erase(found);
  if (all.empty()) runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(run));
}

void name_order::put_in(std::int64_t id) {
  const auto one = handle_of(id);
  if (runs_.empty()) runs_.emplace_back();
  const auto wanted = place(one);
  const auto run = runs_.front().empty() ? 0 : run_of(wanted);
  auto &all = runs_[run];
  all.insert(std::upper_bound(all.begin(), all.end(), wanted,
                              [this](const name_place &left, handle right) { return left < place(right); }),
             one);
  if (all.size() < longest_run) return;
  const auto middle = all.begin() + longest_run / 2;
  std::vector<handle> upper(middle, all.end());
  all.erase(middle, all.end());
  all.shrink_to_fit();
  runs_.insert(runs_.begin() + static_cast<std::ptrdiff_t>(run) + 1, std::move(upper));
}

}  // namespace lead_system::columns
