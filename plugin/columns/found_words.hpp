// found_words.hpp - which leads have a word, kept for the words that were asked for last.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "columns/latest.hpp"

namespace lead_system::columns {

/// Places of a set of leads, by block (block::first_id).
using lead_set = std::unordered_map<std::int64_t, bits>;
lead_set set_of(const std::vector<std::int64_t> &ids);

/// The leads with a word in their name, company, town or vehicles, at one state of the columns. Immutable.
class word_leads {
 public:
  /// Works out what changed since `before` (null: everything).
  word_leads(const lead_columns &leads, const std::string &word, const word_leads *before);

  /// No lead has the word.
  bool nowhere() const noexcept;
  void keep_in(const block &one, bits &passing) const noexcept;

 private:
  /// By number of a text: whether it holds the word; null where none does.
  struct texts {
    std::shared_ptr<const std::vector<std::uint8_t>> with_word;
    std::size_t size = 0;  ///< of the table when it was searched
  };
  struct piece {
    std::int64_t first_id = 0;
    std::uint32_t version = 0;
    bits leads{};
  };
  static texts in(const word_table &table, const std::string &word, const word_leads *before, texts word_leads::*which);
  bits search(const block &one) const noexcept;

  texts family_, given_, home_, vehicles_;
  pieces<piece> pieces_;
};

/// What an overview's text finds.
struct found_text {
  bool everything = true;  ///< there is no text
  /// A lead has all of these, at least one; or it is
  std::vector<std::shared_ptr<const word_leads>> words;
  /// one of those that the database finds by what is one of a kind.
  lead_set one_of_a_kind;
};

/// Of the words that were asked for last.
using found_words = latest<std::string, word_leads>;

}  // namespace lead_system::columns
