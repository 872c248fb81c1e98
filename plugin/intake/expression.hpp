// expression.hpp - compiling what a definition writes for "where this value stands".
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "intake/reading.hpp"
#include "lead/message.hpp"

namespace lead_system::intake {

/// What is wrong with an expression, as a sentence.
class expression_error : public std::invalid_argument {
 public:
  explicit expression_error(message sentence)
      : std::invalid_argument(in_english(sentence)), sentence_(std::move(sentence)) {}
  const message &sentence() const noexcept { return sentence_; }

 private:
  message sentence_;
};

/// Throws expression_error.
expression compile(payload_format format, const std::string &text);

/// XML names are compared in lower case: the same text with everything outside of quotes in lower case.
std::string lower_names(std::string_view xpath);

}  // namespace lead_system::intake
