// Charts as SVG: drawn on the server, in the columns of the numbers they show.
#include "render/render_chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace dms::render {
namespace {

constexpr double slot = 200;  ///< width of a column in the drawing; the page stretches it
constexpr std::size_t most_columns = 400;

std::string written(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", number);
  return text;
}

std::vector<double> values_of(const json &series) {
  std::vector<double> numbers;
  for (const auto &each : list(series, "values")) {
    const double number = each.is_number() ? each.get<double>() : 0;
    numbers.push_back(std::isfinite(number) ? std::max(number, 0.0) : 0);
  }
  return numbers;
}

markup rect(const view &on, double x, double y, double width, double height, std::string_view fill) {
  values filled;
  filled.text("x", written(x)).text("y", written(y)).text("width", written(width)).text("height", written(height));
  return on.page.render("chart_rect", std::move(filled.text("fill", fill)));
}

markup one(const view &on, const std::string &name, const char *member, const std::string &value) {
  return on.page.render(name, std::move(values().text(member, value)));
}

markup row_of(const view &on, const chart_place &where, int height, const markup &axis, const markup &marks) {
  values filled;
  filled.put("axis", axis).put("marks", marks).text("height", std::to_string(height));
  filled.text("span", std::to_string(where.count)).text("width", written(slot * static_cast<double>(where.count)));
  if (where.after > 0) filled.text("rest", std::to_string(where.after));
  return on.page.render("chart_row", filled);
}

/// Each bar as high as its number, and the loss from one to the next as a slope.
markup funnel(const view &on, const json &chart, const chart_place &where) {
  constexpr int height = 132;
  constexpr double gap = 60;
  const auto &series = list(chart, "series");
  const auto numbers = series.empty() ? std::vector<double>{} : values_of(series.front());
  const double most = numbers.empty() ? 1 : std::max(1.0, *std::max_element(numbers.begin(), numbers.end()));
  markup marks;
  for (std::size_t at = 0; at < numbers.size() && at < where.count; ++at) {
    const double left = slot * static_cast<double>(at), top = height * (1 - numbers[at] / most);
    marks += rect(on, left + gap, top, slot - gap, height - top, "#0a5c6b");
    if (at + 1 == numbers.size() || at + 1 == where.count) continue;
    const double next = height * (1 - numbers[at + 1] / most);
    marks += one(on, "chart_area", "path",
                 "M" + written(left + slot) + " " + written(top) + "L" + written(left + slot + gap) + " " +
                     written(next) + "V" + std::to_string(height) + "H" + written(left + slot) + "z");
  }
  return row_of(on, where, height, {}, marks);
}

/// 1, 2 or 5 times a power of ten, so that four of them reach `most`.
double nice_step(double most) {
  double power = 1;
  for (;; power *= 10) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (factor * power * 4 >= most) return factor * power;
    }
  }
}

struct line_scale {
  static constexpr int height = 140;
  static constexpr double bottom = 132, room = 124;
  double top;
  double y(double number) const { return bottom - room * number / top; }
};

markup polyline(const view &on, const std::vector<double> &numbers, const line_scale &scale, bool compared) {
  std::string points;
  markup dots;
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    const auto x = written(slot * (static_cast<double>(at) + 0.81)), y = written(scale.y(numbers[at]));
    points += (points.empty() ? "" : " ") + x + "," + y;
    if (!compared) dots += one(on, "chart_dot", "path", "M" + x + " " + y + "h0");
  }
  auto line = one(on, compared ? "chart_compared" : "chart_line", "points", points);
  line += dots;
  return line;
}

markup lines(const view &on, const json &chart, const chart_place &where) {
  double most = 1;
  for (const auto &series : list(chart, "series")) {
    for (const auto number : values_of(series)) most = std::max(most, number);
  }
  const double step = nice_step(most);
  const line_scale scale{step * std::ceil(most / step)};
  markup marks, labels;
  const auto lines = std::llround(scale.top / step);
  for (long long line = 0; line <= lines; ++line) {
    const double at = static_cast<double>(line) * step;
    marks += one(on, "chart_grid", "path",
                 "M0 " + written(scale.y(at)) + "H" + written(slot * static_cast<double>(where.count)));
    values label;
    label.text("y", written(scale.y(at) + 4)).text("text", std::to_string(std::llround(at)));
    labels += on.page.render("chart_label", label);
  }
  // Bars lie behind the comparison, and that behind the line.
  for (const std::string_view as : {"bars", "compared", "line"}) {
    for (const auto &series : list(chart, "series")) {
      if (text(series, "as") != as) continue;
      auto numbers = values_of(series);
      if (numbers.size() > where.count) numbers.resize(where.count);
      if (as != "bars") {
        marks += polyline(on, numbers, scale, as == "compared");
        continue;
      }
      for (std::size_t at = 0; at < numbers.size(); ++at) {
        const double x = slot * (static_cast<double>(at) + 0.65), y = scale.y(numbers[at]);
        marks += rect(on, x, y, slot * 0.32, line_scale::bottom - y, "#7f8b97");
      }
    }
  }
  values axis;
  axis.text("height", std::to_string(line_scale::height)).put("labels", labels);
  return row_of(on, where, line_scale::height, on.page.render("chart_axis", axis), marks);
}

}  // namespace

std::optional<chart_place> place_of_chart(const json &table) {
  const auto &columns = list(table, "columns");
  const auto &wanted = list(member(table, "chart"), "columns");
  if (wanted.empty() || wanted.size() > most_columns) return std::nullopt;
  std::size_t first = 0;
  while (first < columns.size() && text(columns[first], "id") != text_of(wanted.front())) ++first;
  if (first != 1 || first + wanted.size() > columns.size()) return std::nullopt;
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    if (text(columns[first + at], "id") != text_of(wanted[at])) return std::nullopt;
  }
  return chart_place{first, wanted.size(), columns.size() - first - wanted.size()};
}

markup render_chart_row(const view &on, const json &chart, const chart_place &where) {
  return text(chart, "kind") == "funnel" ? funnel(on, chart, where) : lines(on, chart, where);
}

markup render_chart_keys(const view &on, const json &chart) {
  markup keys;
  if (list(chart, "series").size() < 2) return keys;
  for (const auto &series : list(chart, "series")) {
    const auto as = text(series, "as");
    const auto sign = on.page.render(as == "line" ? "key_line" : as == "compared" ? "key_compared" : "key_bars");
    keys += on.page.render("chart_key", std::move(values().put("sign", sign).text("label", text(series, "label"))));
  }
  return keys;
}

}  // namespace dms::render
