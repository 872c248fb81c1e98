#include "lead/catalog.hpp"

#include <algorithm>

namespace lead_system {
namespace {

template <typename Item>
void add_or_replace(std::vector<Item> &all, Item item) {
  auto known = std::find_if(all.begin(), all.end(), [&](const Item &other) { return other.key == item.key; });
  if (known != all.end()) {
    *known = std::move(item);
  } else {
    all.push_back(std::move(item));
  }
}

template <typename Item>
const Item *find(const std::vector<Item> &all, std::string_view key) noexcept {
  auto found = std::find_if(all.begin(), all.end(), [&](const Item &item) { return item.key == key; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

void catalog::add(category item) {
  add_or_replace(categories_, std::move(item));
}

void catalog::add(lead_type item) {
  add_or_replace(types_, std::move(item));
}

const lead_type *catalog::find_type(std::string_view key) const noexcept {
  return find(types_, key);
}

const category *catalog::find_category(std::string_view key) const noexcept {
  return find(categories_, key);
}

std::vector<const lead_type *> catalog::types_of(std::string_view category) const {
  std::vector<const lead_type *> result;
  for (const auto &item : types_) {
    if (item.category == category) result.push_back(&item);
  }
  return result;
}

}  // namespace lead_system
