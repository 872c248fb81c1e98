#include "evaluation/columns.hpp"

#include <algorithm>
#include <stdexcept>

namespace lead_system::evaluation {

namespace {

std::uint32_t minutes(time_us span) noexcept {
  return static_cast<std::uint32_t>(std::clamp<time_us>(span / minute_us, 0, column_row::never - 1));
}

}  // namespace

std::uint32_t dictionary::number_of(const std::string &text) {
  const auto [found, fresh] = numbers_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
  if (fresh) texts_.push_back(text);
  return found->second;
}

std::uint32_t dictionary::find(const std::string &text) const {
  const auto found = numbers_.find(text);
  return found == numbers_.end() ? unknown : found->second;
}

std::size_t profile_hash::operator()(const profile &of) const noexcept {
  std::uint64_t hash = 0;
  for (const auto part : {of.type, of.category, of.location, of.source, of.model, of.campaign}) {
    hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29;
  }
  return static_cast<std::size_t>(hash);
}

std::uint8_t reason_number(std::string_view reason) noexcept {
  if (reason.empty()) return 0;
  const auto *found = find_reason(reason);
  return found == nullptr ? 255 : static_cast<std::uint8_t>(found - reasons().data() + 1);
}

column_row &lead_columns::slot(std::int64_t id) {
  const auto number = id / static_cast<std::int64_t>(page_size);
  auto &one = pages_[number];
  if (!one) one = std::make_unique<page>();
  return (*one)[static_cast<std::size_t>(id - number * static_cast<std::int64_t>(page_size))];
}

std::uint32_t lead_columns::profile_of(const store::evaluation_row &item) {
  const profile wanted{types.number_of(item.type),         categories.number_of(item.category),
                       locations.number_of(item.location), sources.number_of(item.source),
                       models.number_of(item.model),       campaigns.number_of(item.campaign)};
  const auto [found, fresh] = profile_numbers_.try_emplace(wanted, static_cast<std::uint32_t>(profiles_.size()));
  if (fresh) profiles_.push_back(wanted);
  return found->second;
}

void lead_columns::put(const store::evaluation_row &item, std::uint32_t opening_minutes) {
  if (item.id < 0) throw std::invalid_argument("A lead has a number below 0.");
  const auto assignee = assignees.number_of(item.assignee);
  if (assignee > 0xFFFF) throw std::length_error("The evaluation cannot tell more than 65536 salespersons apart.");
  column_row fresh;
  fresh.due_at = item.due_at;
  fresh.created_minute = minutes(item.created_at);
  fresh.profile = profile_of(item);
  fresh.assignee = static_cast<std::uint16_t>(assignee);
  fresh.status = status_of(item);
  fresh.reason = reason_number(item.reason);
  fresh.feedback = static_cast<std::uint8_t>(item.feedback);
  fresh.present = true;
  if (item.first_contact_at != 0) {
    fresh.clock_minutes = minutes(item.first_contact_at - item.created_at);
    fresh.opening_minutes = opening_minutes;
  }
  auto &place = slot(item.id);
  if (!place.present) ++size_;
  place = fresh;
  oldest_minute_ = std::min(oldest_minute_, fresh.created_minute);
}

void lead_columns::add_feedback(std::int64_t id, unsigned bits) {
  auto &place = slot(id);
  place.feedback = static_cast<std::uint8_t>(place.feedback | bits);
}

}  // namespace lead_system::evaluation
