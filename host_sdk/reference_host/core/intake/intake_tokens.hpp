// intake_tokens.hpp - who may post payloads over HTTP.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

struct intake_token {
  std::int64_t id = 0;
  std::string source;  ///< "siebel_nissan", or "*" for every source
  std::string label;
  std::int64_t created_us = 0, used_us = 0;
};

class intake_tokens {
 public:
  explicit intake_tokens(database &in) : database_(in) {}
  /// Returns the token itself, the only time that it can be seen.
  std::string add(std::string_view source, std::string_view label, std::int64_t now_us);
  std::vector<intake_token> all() const;
  /// What it is for, and where it may post; nothing where there is no such token.
  void change(std::int64_t id, std::string_view source, std::string_view label);
  /// False when there is no such token.
  bool revoke(std::int64_t id);
  /// Whether `token` may post to `source`.
  bool accepts(std::string_view source, std::string_view token, std::int64_t now_us);

 private:
  database &database_;
};

}  // namespace dms::reference
