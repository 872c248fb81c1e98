#include "lead/catalog.hpp"

#include <algorithm>
#include <array>

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

constexpr std::array steps_to_choose{lead_state::appointment, lead_state::test_drive_done, lead_state::offer};

bool among(const std::vector<lead_state> &all, lead_state one) noexcept {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

std::span<const lead_state> choosable_steps() noexcept {
  return steps_to_choose;
}

bool has_state(const lead_type *type, lead_state state) noexcept {
  const bool choosable = std::find(steps_to_choose.begin(), steps_to_choose.end(), state) != steps_to_choose.end();
  return type == nullptr || !choosable || among(type->steps, state) || among(type->further_steps, state);
}

lead_state next_state(const lead_type *type, lead_state from) noexcept {
  if (from < lead_state::in_progress) return lead_state::in_progress;
  for (const auto step : steps_to_choose) {
    if (step > from && (type == nullptr || among(type->steps, step))) return step;
  }
  return lead_state::won;
}

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
