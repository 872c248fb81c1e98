#include "columns/dictionary.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace lead_system::columns {

std::uint32_t dictionary::number_of(const std::string &text) {
  const auto [found, fresh] = numbers_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
  if (fresh) texts_.push_back(text);
  return found->second;
}

std::uint32_t dictionary::find(const std::string &text) const {
  const auto found = numbers_.find(text);
  return found == numbers_.end() ? unknown : found->second;
}

std::vector<bool> dictionary::among(const std::vector<std::string> &these) const {
  std::vector<bool> result(size());
  for (const auto &one : these) {
    if (const auto number = find(one); number != unknown) result[number] = true;
  }
  return result;
}

std::string_view word_table::text(std::uint32_t number) const noexcept {
  return std::string_view(letters_).substr(begins_[number], begins_[number + 1] - begins_[number] - 1);
}

std::size_t word_table::slot_of(std::string_view text) const noexcept {
  auto slot = std::hash<std::string_view>{}(text) & (slots_.size() - 1);
  while (slots_[slot] != 0 && this->text(slots_[slot] - 1) != text) slot = (slot + 1) & (slots_.size() - 1);
  return slot;
}

void word_table::grow() {
  slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), 0);
  for (std::uint32_t number = 0; number < size(); ++number) slots_[slot_of(text(number))] = number + 1;
}

std::uint32_t word_table::number_of(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  if (slots_.empty() || size() * 2 >= slots_.size()) grow();
  const auto slot = slot_of(text);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  if (letters_.size() + text.size() >= std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("The leads have more words than can be searched.");
  }
  letters_.append(text).push_back('\n');
  begins_.push_back(static_cast<std::uint32_t>(letters_.size()));
  slots_[slot] = static_cast<std::uint32_t>(size());
  return slots_[slot] - 1;
}

std::vector<std::uint8_t> word_table::containing(std::string_view part, std::uint32_t first) const {
  std::vector<std::uint8_t> result;
  // memmem: searching letter by letter takes ten times as long.
  const auto next = [&](std::size_t from) -> std::size_t {
    const void *found = ::memmem(letters_.data() + from, letters_.size() - from, part.data(), part.size());
    return found == nullptr ? letters_.size()
                            : static_cast<std::size_t>(static_cast<const char *>(found) - letters_.data());
  };
  for (auto at = next(begins_[first]); at < letters_.size();) {
    const auto behind = std::upper_bound(begins_.begin(), begins_.end(), at);
    if (result.empty()) result.resize(size() - first);
    result[static_cast<std::size_t>(behind - begins_.begin()) - 1 - first] = 1;
    at = next(*behind);
  }
  return result;
}

std::vector<std::uint32_t> word_table::ranks() const {
  std::vector<std::uint32_t> order(size()), result(size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [this](auto left, auto right) { return text(left) < text(right); });
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) result[order[rank]] = rank;
  return result;
}

}  // namespace lead_system::columns
