// tryout.hpp - a payload read by a definition for somebody who looks on. Nothing is stored, counted or told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intake/trace.hpp"

namespace lead_system::intake {

/// A payload that is tried out is a sample.
inline constexpr std::size_t largest_tried = std::size_t{1} << 20U;

struct tryout {
  message problem;               ///< why the payload cannot be read as a whole, with the line where it is known
  int records = 0;               ///< in the payload
  int first = 1;                 ///< number of the first of `leads`
  std::vector<read_lead> leads;  ///< those that were asked for, each with its trace
};

/// Reads the records `first` (from 1) to `first + most - 1`; the others are counted. Pure.
tryout try_out(const definition &source, std::string_view payload, time_us received_default, int first, int most);

}  // namespace lead_system::intake
