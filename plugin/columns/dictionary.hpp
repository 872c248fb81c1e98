// dictionary.hpp - texts that occur again and again, as small numbers. The empty text is always number 0.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lead_system::columns {

/// Of few texts: types, places, people.
class dictionary {
 public:
  static constexpr std::uint32_t unknown = 0xFFFFFFFF;
  dictionary() { number_of(""); }
  std::uint32_t number_of(const std::string &text);
  std::uint32_t find(const std::string &text) const;
  const std::string &text(std::uint32_t number) const { return texts_[number]; }
  std::size_t size() const noexcept { return texts_.size(); }
  /// By number: whether the text is one of these.
  std::vector<bool> among(const std::vector<std::string> &these) const;

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> texts_;
};

/// Of very many texts, searched for a part of them: the letters lie in one row. Texts hold no line feed.
class word_table {
 public:
  word_table() { number_of(""); }
  std::uint32_t number_of(std::string_view text);
  std::string_view text(std::uint32_t number) const noexcept;
  std::size_t size() const noexcept { return begins_.size() - 1; }
  /// By number from `first` on: 1 where the text contains `part`, which is not empty, else 0. Empty where none does.
  std::vector<std::uint8_t> containing(std::string_view part, std::uint32_t first) const;
  /// By number: its place in the order of bytes.
  std::vector<std::uint32_t> ranks() const;

 private:
  void grow();
  std::size_t slot_of(std::string_view text) const noexcept;

  std::string letters_;                   ///< each text with a line feed behind it
  std::vector<std::uint32_t> begins_{0};  ///< of each text, and of the next
  std::vector<std::uint32_t> slots_;      ///< number + 1 by hash, 0 is free; at most half are taken
};

}  // namespace lead_system::columns
