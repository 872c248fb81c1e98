#include "columns/lead_columns.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "lead/next_step.hpp"

namespace lead_system::columns {

namespace {

constexpr auto block_size = static_cast<std::int64_t>(block_leads);
constexpr std::size_t longest_word = 8;

std::uint32_t minutes(time_us span) noexcept {
  return static_cast<std::uint32_t>(std::clamp<time_us>(span / minute_us, 0, never - 1));
}

void put_value(std::vector<bits> &planes, std::size_t at, std::uint32_t value) {
  while (planes.size() < 32 && value >> planes.size() != 0) {
    planes.reserve(planes.size() + 1);  // no more than it takes
    planes.emplace_back();
  }
  for (std::size_t digit = 0; digit < planes.size(); ++digit) put(planes[digit], at, (value >> digit & 1U) != 0);
}

/// Rows of before migration 0007 begin with a blank and hold what is one of a kind too, which the database finds.
std::string without_unique(std::string_view search_key) {
  std::string result;
  while (!search_key.empty()) {
    const auto word = search_key.substr(0, search_key.find(' '));
    const bool number = word.size() > longest_word && word.find_first_of("0123456789") != std::string_view::npos;
    if (!word.empty() && !number && word.find('@') == std::string_view::npos) (result += ' ') += word;
    search_key.remove_prefix(std::min(word.size() + 1, search_key.size()));
  }
  return result;
}

}  // namespace

std::uint8_t reason_number(std::string_view reason) noexcept {
  if (reason.empty()) return 0;
  const auto *found = find_reason(reason);
  return found == nullptr ? 255 : static_cast<std::uint8_t>(found - reasons().data() + 1);
}

std::uint32_t block::value(column of, std::size_t at) const noexcept {
  std::uint32_t result = 0;
  for (std::size_t digit = 0; digit < planes[of].size(); ++digit) {
    result |= (holds(planes[of][digit], at) ? 1U : 0U) << digit;
  }
  return result;
}

std::size_t combinations::hash::operator()(const combination &of) const noexcept {
  std::uint64_t mixed = 0;
  for (const auto part : {of.first, of.second, of.third}) {
    mixed = (mixed ^ part) * 0x9E3779B97F4A7C15ULL;
    mixed ^= mixed >> 29;
  }
  return static_cast<std::size_t>(mixed);
}

std::uint32_t combinations::number_of(const combination &one) {
  const auto [found, fresh] = numbers_.try_emplace(one, static_cast<std::uint32_t>(all_.size()));
  if (fresh) all_.push_back(one);
  return found->second;
}

std::pair<std::string_view, std::string_view> split_name(std::string_view name_key) noexcept {
  const auto blank = name_key.find(' ');
  if (blank == std::string_view::npos) return {name_key, {}};
  return {name_key.substr(0, blank), name_key.substr(blank + 1)};
}

block &lead_columns::block_of(std::int64_t id) {
  const auto number = id / block_size;
  auto &one = blocks_[number];
  if (!one) {
    one = std::make_unique<block>();
    one->first_id = number * block_size;
  }
  return *one;
}

const block *lead_columns::find(std::int64_t id) const {
  const auto found = blocks_.find(id / block_size);
  if (id < 0 || found == blocks_.end()) return nullptr;
  return holds(found->second->present, static_cast<std::size_t>(id % block_size)) ? found->second.get() : nullptr;
}

void lead_columns::put_words(block &into, std::size_t at, const store::feed_row &item) {
  const auto [first, others] = split_name(item.name_key);
  into.family[at] = family_words_.number_of(first);
  into.given[at] = given_words_.number_of(others);
  const bool old = item.search_key.starts_with(' ');
  const auto words = old ? without_unique(item.search_key) : item.search_key;
  const auto [home, vehicles] = store::split_search_key(words);
  into.home[at] = home_words_.number_of(home);
  into.vehicles[at] = vehicle_words_.number_of(vehicles);
}

void lead_columns::put(const store::feed_row &item, std::uint32_t opening_minutes) {
  if (item.id < 0) throw std::invalid_argument("A lead has a number below 0.");
  std::array<std::uint32_t, column_count> values{};
  const std::string *const texts[] = {&item.type,   &item.category, &item.location, &item.assignee,
                                      &item.source, &item.model,    &item.campaign};
  for (std::size_t of = type; of <= campaign; ++of) values[of] = texts_[of].number_of(*texts[of]);
  const auto place = places_.number_of({values[type], values[category], values[location]});
  const auto stands = status_of(item);
  values[standing_column] = stands.stands;
  values[stage_column] = stands.reached;
  values[answer_column] = answer(static_cast<decided_deadline>(stands.deadline), stands.responded);
  values[reason] = reason_number(item.reason);
  values[feedback] = item.feedback;
  const bool first = item.due_at != store::due_kept && item.first_contact_at == 0 && item.escalation_at != 0;
  if (item.due_at != store::due_kept) {
    values[running] = 1U << waits_at_all | (first ? 1U << waits_for_first_contact : 0U) |
                      (item.due_at == store::due_never ? 1U << waits_for_nothing : 0U);
  }

  auto &into = block_of(item.id);
  const auto at = static_cast<std::size_t>(item.id - into.first_id);
  const bool known = holds(into.present, at);
  ++into.version;
  if (!known) ++size_;
  if (known && is_open(state_of(into.value(standing_column, at)))) --into.open_leads;
  if (is_open(state_of(stands.stands))) ++into.open_leads;
  columns::put(into.present, at, true);
  for (std::size_t of = 0; of < column_count; ++of) put_value(into.planes[of], at, values[of]);
  into.created_at[at] = item.created_at;
  into.oldest = std::min(into.oldest, item.created_at);
  into.newest = std::max(into.newest, item.created_at);
  if (values[running] != 0) {
    if (!into.deadlines) into.deadlines = std::make_unique<block::times>();
    into.deadlines->due_at[at] = item.due_at;
    into.deadlines->soon_at[at] =
        first && item.due_at == item.escalation_at ? item.reminder_at : item.due_at - soon_before;
    into.deadlines->answer_by[at] = first ? item.escalation_at : store::due_never;
    into.first_due = std::min(into.first_due, item.due_at);
  }
  const auto sold = stage_set::from_bits(item.reached).has(stage::sold);
  if (sold && !into.sold_minute) {
    into.sold_minute = std::make_unique<std::array<std::uint32_t, block_leads>>();
    into.sold_minute->fill(never);
  }
  if (into.sold_minute) (*into.sold_minute)[at] = sold ? minutes(item.ended_at) : never;
  put_words(into, at, item);
  into.clock_minutes[at] = stands.responded ? minutes(item.first_contact_at - item.created_at) : never;
  into.opening_minutes[at] = stands.responded ? opening_minutes : never;
  into.origin[at] = origins_.number_of({values[source], values[model], values[campaign]});
  into.place[at] = place;
  into.person[at] = values[assignee];
  into.code[at] = static_cast<std::uint16_t>((stands.stands * stages + stands.reached) * deadlines + stands.deadline);
}

void lead_columns::forget_unused(word_table &table, words_of_block which) {
  word_table fresh;
  std::vector<std::uint32_t> numbers(table.size(), dictionary::unknown);
  for (const auto &[number, one] : blocks_) {
    auto &words = (*one).*which;
    for_each(one->present, [&](auto at) {
      auto &now = numbers[words[at]];
      if (now == dictionary::unknown) now = fresh.number_of(table.text(words[at]));
      words[at] = now;
    });
  }
  table = std::move(fresh);
}

void lead_columns::forget_unused_words() {
  forget_unused(family_words_, &block::family);
  forget_unused(given_words_, &block::given);
  forget_unused(home_words_, &block::home);
  forget_unused(vehicle_words_, &block::vehicles);
}

void lead_columns::add_feedback(std::int64_t id, unsigned more) {
  auto &into = block_of(id);
  const auto at = static_cast<std::size_t>(id - into.first_id);
  ++into.version;
  put_value(into.planes[feedback], at, into.value(feedback, at) | more);
}

}  // namespace lead_system::columns
