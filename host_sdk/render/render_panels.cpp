// Panels: the tables of an evaluation, two beside each other where they are narrow, each with its chart.
#include "render/render.hpp"
#include "render/render_chart.hpp"

namespace dms::render {
namespace {

/// More columns than that scroll instead of shrinking.
constexpr std::size_t columns_that_fit = 20;

markup col(const view &on, const char *width, std::size_t span) {
  values filled;
  filled.text("width", width);
  if (span > 1) filled.text("span", std::to_string(span));
  return on.page.render("panel_col", filled);
}

markup widths_of(const view &on, const json &block, const std::optional<chart_place> &chart) {
  if (text(block, "layout") != "aligned") return {};
  if (chart) {
    auto all = col(on, "132", 1);
    all += col(on, chart->count > columns_that_fit ? "46" : "", chart->count);
    if (chart->after > 0) all += col(on, "76", chart->after);
    return all;
  }
  const auto columns = list(block, "columns").size();
  auto all = col(on, "190", 1);
  if (columns > 2) all += col(on, "", columns - 2);
  if (columns > 1) all += col(on, "76", 1);
  return all;
}

markup heads_of(const view &on, const json &block, bool aligned) {
  markup heads;
  for (const auto &column : list(block, "columns")) {
    if (truth(column, "bar")) {
      heads += on.page.render("bar_head");
    } else if (text(column, "label").empty()) {
      heads += on.page.render("panel_corner");
    } else {
      values filled;
      filled.text("css", truth(column, "number") && !aligned ? "num" : "").text("inside", text(column, "label"));
      heads += on.page.render("head_cell", filled);
    }
  }
  return heads;
}

markup bar_of(const view &on, const json &cell) {
  const auto &share = member(cell, "share");
  values filled;
  if (share.is_number() && share.get<double>() > 0) {
    char width[32];
    std::snprintf(width, sizeof width, "%.1f", std::min(share.get<double>(), 1.0) * 100);
    filled.text("width", width).text("fill", truth(cell, "quiet") ? "#46535f" : "#0a5c6b");
  }
  return on.page.render("bar_cell", filled);
}

/// `row` says whose numbers they are; null: the totals, which are those of the whole table.
markup cells_of(view &on, const json &block, const json &cells, const json &row, bool aligned, bool big) {
  markup all;
  for (const auto &column : list(block, "columns")) {
    const auto cell = with_address(block, column, row, as_cell(member(cells, text(column, "id").c_str())));
    if (truth(column, "bar")) {
      all += bar_of(on, cell);
      continue;
    }
    auto inside = render_cell(on, cell);
    if (big && !all.empty()) inside = on.page.render("big_number", std::move(values().put("inside", inside)));
    const bool number = truth(column, "number");
    values filled;
    filled.text("css", number && !aligned ? "num" : "").put("inside", inside);
    all += on.page.render(all.empty() ? "row_head" : "cell", filled);
  }
  return all;
}

std::string css_of(const json &block, bool aligned, const std::optional<chart_place> &chart) {
  if (!aligned) return {};
  if (!chart) return "aligned by-state";
  return text(block["chart"], "kind") == "funnel" ? "aligned funnel" : "aligned trend";
}

markup render_panel(view &on, const json &block) {
  const bool aligned = text(block, "layout") == "aligned";
  const auto chart = place_of_chart(block);
  const auto after = chart ? text(block["chart"], "after") : std::string{};
  const auto picture = chart ? render_chart_row(on, block["chart"], *chart) : markup{};
  markup rows;
  for (const auto &row : list(block, "rows")) {
    const bool charted = !after.empty() && text(row, "id") == after;
    values filled;
    rows += on.page.render(
        "row", std::move(filled.put("cells", cells_of(on, block, member(row, "cells"), row, aligned, charted))));
    if (charted) rows += picture;
  }
  values filled;
  filled.text("width", text(block, "width") == "half" ? "w6" : "w12").text("title", text(block, "title"));
  filled.text("heading", on.new_layer("h-" + text(block, "id"))).text("id", text(block, "id"));
  filled.text("note", text(block, "note")).text("css", css_of(block, aligned, chart));
  filled.put("widths", widths_of(on, block, chart)).put("head", heads_of(on, block, aligned)).put("rows", rows);
  if (chart && after.empty()) filled.put("above", picture);
  if (chart) filled.put("keys", render_chart_keys(on, block["chart"]));
  if (has(block, "totals")) filled.put("totals", cells_of(on, block, block["totals"], nullptr, aligned, false));
  if (rows.empty()) filled.put("empty", render_empty(on, block));
  return on.page.render("panel", filled);
}

}  // namespace

markup render_panels(view &on, const json &block) {
  markup panels;
  for (const auto &table : list(block, "blocks")) panels += render_panel(on, table);
  return on.page.render("panels", std::move(values().text("id", text(block, "id")).put("panels", panels)));
}

}  // namespace dms::render
