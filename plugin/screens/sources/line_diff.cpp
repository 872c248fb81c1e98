#include "screens/sources/line_diff.hpp"

#include <algorithm>
#include <cstdint>

namespace lead_system::screens {
namespace {

using text_lines = std::vector<std::string_view>;

text_lines lines_of(std::string_view text) {
  text_lines result;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    result.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

/// Length of the longest common subsequence of what is left of both, for each pair of positions. What is the same at
/// both ends was taken off before, so that a small change costs little.
class common_table {
 public:
  common_table(const text_lines &was, const text_lines &now)
      : width_(now.size() + 1), cells_((was.size() + 1) * width_) {
    for (std::size_t row = was.size(); row-- > 0;) {
      for (std::size_t column = now.size(); column-- > 0;) {
        at(row, column) = was[row] == now[column] ? static_cast<std::uint16_t>(1 + at(row + 1, column + 1))
                                                  : std::max(at(row + 1, column), at(row, column + 1));
      }
    }
  }
  std::uint16_t &at(std::size_t row, std::size_t column) { return cells_[row * width_ + column]; }

 private:
  std::size_t width_;
  std::vector<std::uint16_t> cells_;
};

/// So many cells are a few megabytes; more than that is told as wholly changed.
constexpr std::size_t most_cells = 4'000'000;

void add_middle(const text_lines &was, const text_lines &now, std::size_t before, std::vector<diff_line> &into) {
  using kind = diff_line::kind;
  const auto number = [before](std::size_t at) { return static_cast<int>(before + at + 1); };
  std::size_t row = 0, column = 0;
  const auto gone = [&] { into.push_back({kind::gone, number(row), 0, was[row]}), ++row; };
  const auto came = [&] { into.push_back({kind::came, 0, number(column), now[column]}), ++column; };
  if ((was.size() + 1) * (now.size() + 1) <= most_cells) {
    common_table common(was, now);
    while (row < was.size() && column < now.size()) {
      if (was[row] == now[column]) {
        into.push_back({kind::same, number(row), number(column), now[column]});
        ++row, ++column;
      } else if (common.at(row + 1, column) >= common.at(row, column + 1)) {
        gone();
      } else {
        came();
      }
    }
  }
  while (row < was.size()) gone();
  while (column < now.size()) came();
}

}  // namespace

std::vector<diff_line> line_diff(std::string_view was, std::string_view now) {
  auto before = lines_of(was), after = lines_of(now);
  const auto length = std::min(before.size(), after.size());
  std::size_t head = 0, tail = 0;
  while (head < length && before[head] == after[head]) ++head;
  while (tail < length - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  std::vector<diff_line> result;
  const auto same = [&](std::size_t row, std::size_t column) {
    result.push_back({diff_line::kind::same, static_cast<int>(row + 1), static_cast<int>(column + 1), after[column]});
  };
  for (std::size_t at = 0; at < head; ++at) same(at, at);
  const auto middle = [&](const text_lines &of) {
    return text_lines(of.begin() + static_cast<std::ptrdiff_t>(head), of.end() - static_cast<std::ptrdiff_t>(tail));
  };
  add_middle(middle(before), middle(after), head, result);
  for (std::size_t at = tail; at > 0; --at) same(before.size() - at, after.size() - at);
  return result;
}

std::string diff_text(std::string_view was, std::string_view now, int around) {
  const auto all = line_diff(was, now);
  const auto changed = [](const diff_line &line) { return line.is != diff_line::kind::same; };
  std::vector<bool> shown(all.size());
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (!changed(all[at])) continue;
    const auto from = at - std::min(at, static_cast<std::size_t>(around));
    const auto to = std::min(all.size(), at + static_cast<std::size_t>(around) + 1);
    std::fill(shown.begin() + static_cast<std::ptrdiff_t>(from), shown.begin() + static_cast<std::ptrdiff_t>(to), true);
  }
  std::string result;
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (!shown[at]) continue;
    const auto &line = all[at];
    if (at == 0 || !shown[at - 1]) result += "@@ " + std::to_string(line.now != 0 ? line.now : line.was) + " @@\n";
    const char *mark = line.is == diff_line::kind::gone ? "- " : line.is == diff_line::kind::came ? "+ " : "  ";
    result += mark + std::string(line.text) + "\n";
  }
  return result;
}

}  // namespace lead_system::screens
