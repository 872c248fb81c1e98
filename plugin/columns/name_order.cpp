#include "columns/name_order.hpp"

#include <algorithm>
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
  order_ = {all.begin(), all.end(), by_place{this}};
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

void name_order::take_out(std::int64_t id) {
  const auto *one = leads_.find(id);
  if (one == nullptr) return;
  const auto known = order_.find(place_of(*one, static_cast<std::size_t>(id - one->first_id), leads_));
  if (known != order_.end()) order_.erase(known);
}

}  // namespace lead_system::columns
