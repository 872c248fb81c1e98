// line_diff.hpp - two texts, line by line: what is in both, what went and what came.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lead_system::screens {

struct diff_line {
  enum class kind { same, gone, came } is = kind::same;
  int was = 0, now = 0;  ///< numbers of the line in the two texts, from 1; 0: it is not there
  std::string_view text;
};

/// All lines of both, as few changes as possible. The texts outlive the result. For texts of a few thousand lines.
std::vector<diff_line> line_diff(std::string_view was, std::string_view now);

/// The same in text: "- " and "+ " before changed lines, `around` lines before and behind them, "@@ 12 @@" with the
/// number in the new text where something is left out. Empty: they are the same.
std::string diff_text(std::string_view was, std::string_view now, int around);

}  // namespace lead_system::screens
