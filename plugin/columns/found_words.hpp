// found_words.hpp - which leads have a word, kept for the words that were asked for last: who turns the page of a
// search, sorts it or looks again asks for the same ones, and in between few leads change.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "columns/lead_columns.hpp"

namespace lead_system::columns {

/// Places of a set of leads, by block (block::first_id).
using lead_set = std::unordered_map<std::int64_t, bits>;
lead_set set_of(const std::vector<std::int64_t> &ids);

/// The leads with a word in their name, company, town or vehicles, at one state of the columns. Immutable.
class word_leads {
 public:
  explicit word_leads(std::string word) : word_(std::move(word)) {}
  /// The same for the columns as they are now; works out what changed since `before`.
  word_leads(const lead_columns &leads, const word_leads &before);

  const std::string &word() const noexcept { return word_; }
  /// No lead has the word.
  bool nowhere() const noexcept;
  void keep_in(const block &one, bits &passing) const noexcept;

 private:
  /// By number of a text: whether it holds the word; empty where none does.
  struct texts {
    std::vector<std::uint8_t> with_word;
    std::size_t size = 0;  ///< of the table when it was searched
  };
  struct piece {
    std::int64_t first_id = 0;
    std::uint32_t version = 0;  ///< block::words_version
    bits leads{};
  };
  static texts in(const word_table &table, const std::string &word, const texts &before);
  bits search(const block &one) const noexcept;

  std::string word_;
  texts family_, given_, home_, vehicles_;
  std::vector<std::shared_ptr<const piece>> pieces_;  ///< in the order of ids
};

/// What an overview's text finds.
struct found_text {
  bool everything = true;  ///< there is no text
  /// A lead has all of these, at least one; or it is
  std::vector<std::shared_ptr<const word_leads>> words;
  /// one of those that the database finds by what is one of a kind.
  lead_set one_of_a_kind;
};

class found_words {
 public:
  /// [any] Nobody changes the columns meanwhile. Words as store::read_text gives them.
  std::vector<std::shared_ptr<const word_leads>> of(const lead_columns &leads, const std::vector<std::string> &words);

 private:
  std::shared_ptr<const word_leads> of(const lead_columns &leads, const std::string &word);

  std::mutex mutex_;
  std::vector<std::shared_ptr<const word_leads>> kept_;  ///< the latest last
};

}  // namespace lead_system::columns
