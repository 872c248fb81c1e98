// lead_columns.hpp - all leads as they are filtered, sorted and counted, in memory: some fifty bytes a lead.
//
// What a filter asks for is kept as bit planes (bit-sliced): a column of small numbers is one bit a lead for each of
// the number's binary digits, so that a filter on a million leads reads a few planes of 125 kB. What is sorted or
// counted by stands beside it, one array a block.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "columns/bits.hpp"
#include "columns/dictionary.hpp"
#include "columns/status.hpp"
#include "store/feed_row.hpp"

namespace lead_system::columns {

/// The columns that are bit planes.
enum column : std::size_t {
  type,
  category,
  location,
  assignee,
  source,
  model,
  campaign,
  standing_column,  ///< status::stands
  stage_column,     ///< status::reached
  answer_column,    ///< as answer()
  reason,           ///< as reason_number
  feedback,         ///< bits of feed_row
  running,          ///< bits of what an open lead waits for: digits of waits
  column_count
};

/// Digits of `running`, one bit each.
enum waits : std::size_t {
  waits_at_all,             ///< it has not ended
  waits_for_first_contact,  ///< whose deadline runs
  waits_for_nothing         ///< no next step is planned
};

constexpr std::uint32_t answer(decided_deadline deadline, bool responded) noexcept {
  return deadline * 2U + (responded ? 1U : 0U);
}
/// 0 none, 1 and on: reasons() in their order, 255: not one of them.
std::uint8_t reason_number(std::string_view reason) noexcept;

/// Minutes of a span that did not take place.
constexpr std::uint32_t never = 0xFFFFFFFF;

/// Leads by id, 4096 to a block. A place without a lead has no bit in `present`, and what else stands there is nothing.
struct block {
  std::int64_t first_id = 0;
  std::uint32_t version = 0;  ///< grows with each change
  bits present{};
  std::uint32_t open_leads = 0;  ///< that have not ended: most blocks have none, and are not looked through for them
  std::array<std::vector<bits>, column_count> planes;  ///< lowest digit first; missing ones are 0
  std::array<time_us, block_leads> created_at{};
  /// No lead of the block lies outside of these.
  time_us oldest = std::numeric_limits<time_us>::max(), newest = std::numeric_limits<time_us>::min();
  /// Of leads that wait for something; null: no lead of the block ever did.
  struct times {
    std::array<time_us, block_leads> due_at{}, soon_at{};
    std::array<time_us, block_leads> answer_by{};  ///< deadline of the first contact; due_never: none runs
  };
  std::unique_ptr<times> deadlines;
  time_us first_due = store::due_never;  ///< no running one is earlier
  /// Minute of the sale, of what was sold, else never; null: nothing of the block ever was.
  std::unique_ptr<std::array<std::uint32_t, block_leads>> sold_minute;
  /// Words, by number: the first of the name, the others of the name, whose company and where from, which vehicles.
  std::array<std::uint32_t, block_leads> family{}, given{}, home{}, vehicles{};
  std::array<std::uint32_t, block_leads> clock_minutes{};    ///< to the first response; never
  std::array<std::uint32_t, block_leads> opening_minutes{};  ///< the same in opening hours
  std::array<std::uint32_t, block_leads> origin{};           ///< number of source, model and campaign
  std::array<std::uint32_t, block_leads> place{};            ///< number of type, category and location
  std::array<std::uint32_t, block_leads> person{};           ///< number of the assignee
  std::array<std::uint16_t, block_leads> code{};             ///< how it stands, for evaluation/figures

  std::int64_t id(std::size_t at) const noexcept { return first_id + static_cast<std::int64_t>(at); }
  std::uint32_t value(column of, std::size_t at) const noexcept;
  bool has(column of, std::size_t digit) const noexcept { return digit < planes[of].size(); }
};

/// What leads are grouped by: combinations that occur, numbered.
struct combination {
  std::uint32_t first = 0, second = 0, third = 0;
  bool operator==(const combination &) const = default;
};
class combinations {
 public:
  std::uint32_t number_of(const combination &one);
  const std::vector<combination> &all() const noexcept { return all_; }

 private:
  struct hash {
    std::size_t operator()(const combination &of) const noexcept;
  };
  std::unordered_map<combination, std::uint32_t, hash> numbers_;
  std::vector<combination> all_;
};

/// Not synchronised: its owner is.
class lead_columns {
 public:
  /// Takes the lead as it is now, in place of what was known of it. `opening_minutes` counts only where there was a
  /// first contact.
  void put(const store::feed_row &item, std::uint32_t opening_minutes);
  /// What no lead has any more leaves the word tables, as the name of a person who was erased; words get new numbers.
  void forget_unused_words();
  /// Beside what put() said; for leads that are known.
  void add_feedback(std::int64_t id, unsigned more);

  std::size_t size() const noexcept { return size_; }
  const std::map<std::int64_t, std::unique_ptr<block>> &blocks() const noexcept { return blocks_; }
  const block *find(std::int64_t id) const;

  /// By column, for those that are texts: type to campaign.
  const dictionary &texts(column of) const noexcept { return texts_[of]; }
  const word_table &family_words() const noexcept { return family_words_; }
  const word_table &given_words() const noexcept { return given_words_; }
  const word_table &home_words() const noexcept { return home_words_; }
  const word_table &vehicle_words() const noexcept { return vehicle_words_; }
  const std::vector<combination> &places() const noexcept { return places_.all(); }    ///< type, category, location
  const std::vector<combination> &origins() const noexcept { return origins_.all(); }  ///< source, model, campaign

 private:
  using words_of_block = std::array<std::uint32_t, block_leads> block::*;
  void forget_unused(word_table &table, words_of_block which);
  block &block_of(std::int64_t id);
  void put_words(block &into, std::size_t at, const store::feed_row &item);

  std::map<std::int64_t, std::unique_ptr<block>> blocks_;
  std::array<dictionary, campaign + 1> texts_;
  word_table family_words_, given_words_, home_words_, vehicle_words_;
  combinations places_, origins_;
  std::size_t size_ = 0;
};

/// The first word of a name, and the rest without the blank between: in this order names stand as their bytes do.
std::pair<std::string_view, std::string_view> split_name(std::string_view name_key) noexcept;

}  // namespace lead_system::columns
