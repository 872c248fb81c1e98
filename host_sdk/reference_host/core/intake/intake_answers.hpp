// intake_answers.hpp - what a payload was answered, for a sender who asks again with the same Idempotency-Key: he did
// not hear it, and gets that answer, not another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

class intake_answers {
 public:
  static constexpr std::size_t longest_key = 200, largest_answer = std::size_t{1} << 20;

  explicit intake_answers(database &in) : database_(in) {}
  struct known {
    bool same_payload = false;
    std::string answer;
  };
  /// `sender`: what tells one sender from another, as his token; only a digest is kept.
  std::optional<known> find(std::string_view sender, std::string_view source, std::string_view key,
                            std::string_view payload) const;
  /// Kept for a day; larger ones are not.
  void keep(std::string_view sender, std::string_view source, std::string_view key, std::string_view payload,
            const std::string &answer, std::int64_t now_us);

 private:
  database &database_;
};

}  // namespace dms::reference
