// kept_forms.hpp - forms that came with a session that has ended. They wait for the same person to sign in, at
// whichever host, and are never sent by themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

class kept_forms {
 public:
  static constexpr std::int64_t longest_us = std::int64_t{12} * 3'600'000'000;
  static constexpr std::size_t largest = std::size_t{256} << 10;
  static constexpr int most_of_one = 8;  ///< of one person; the oldest go first

  explicit kept_forms(database &in) : database_(in) {}
  /// The id under which the text is found again: the one secret that leads to it. Empty where it is too large.
  std::string keep(const std::string &user, const std::string &form, std::int64_t now_us);
  /// Whose form that is; empty where there is none (any more).
  std::string owner(const std::string &id, std::int64_t now_us) const;
  /// The text, for that user alone.
  std::optional<std::string> find(const std::string &id, const std::string &user, std::int64_t now_us) const;
  void drop(const std::string &id);
  /// All of them: one may name a person who is erased.
  void drop_all();

 private:
  database &database_;
};

}  // namespace dms::reference
