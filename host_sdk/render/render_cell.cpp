// Cells: the fact and its second line.
#include "render/render.hpp"

namespace dms::render {
namespace {

const std::map<std::string, std::string, std::less<>> due_css{
    {"due_plan", "due plan"}, {"due_soon", "due soon"}, {"due_over", "due over"}, {"due_met", "due met"}};
const std::set<std::string, std::less<>> state_icons{"received",        "assigned", "in_progress", "appointment",
                                                     "test_drive_done", "offer",    "won",         "ended"};
const std::map<std::string, std::string, std::less<>> mini_css{
    {"good", "mini good"}, {"warn", "mini wait"}, {"bad", "mini bad"}};

markup cell_span(const view &on, const std::string &css, const std::string &title, const markup &inside) {
  values filled;
  filled.text("css", css).text("title", title).put("inside", inside);
  return on.page.render("span", filled);
}

/// The class that the meaning of a cell asks for; empty for plain text.
std::string css_of(const json &cell) {
  auto icon = text(cell, "icon");
  if (auto due = due_css.find(icon); due != due_css.end()) return due->second;
  if (has(cell, "badge")) return text(cell, "badge") == "strong" ? "type fast" : "type";
  if (state_icons.contains(icon)) return "state";
  if (auto mini = mini_css.find(text(cell, "tone")); mini != mini_css.end()) return mini->second;
  if (!icon.empty()) return "mini";
  return {};
}

}  // namespace

json with_address(const json &block, const json &column, const json &row, json cell) {
  if (!truth(cell, "linked") || !has(block, "leads_to")) return cell;
  json link{{"label", text(cell, "text")}, {"screen", text(block["leads_to"], "screen")}};
  auto params = block["leads_to"].value("params", json::object());
  for (const auto *narrower : {&column, &row}) {
    if (has(*narrower, "params")) params.update((*narrower)["params"]);
  }
  link["params"] = std::move(params);
  cell["link"] = std::move(link);
  return cell;
}

markup render_value(view &on, const json &cell) {
  auto words = markup::of(text(cell, "text"));
  if (has(cell, "link")) {
    bool number = cell.contains("value") && cell["value"].is_number();
    words = render_link(on, cell["link"], words, {.css = number ? "n" : "", .title = text(cell, "title"), .label = {}});
  }
  if (truth(cell, "strong")) words = on.page.render("strong", std::move(values().put("inside", words)));
  if (truth(cell, "struck")) words = on.page.render("struck", std::move(values().put("inside", words)));
  auto inside = render_icon(on, member(cell, "icon"));
  inside += words;
  auto css = css_of(cell);
  if (truth(cell, "quiet")) css += css.empty() ? "quiet" : " quiet";
  auto title = has(cell, "link") ? std::string{} : text(cell, "title");
  return css.empty() && title.empty() ? inside : cell_span(on, css, title, inside);
}

markup render_cell(view &on, const json &from) {
  auto cell = as_cell(from);
  auto shown = render_value(on, cell);
  if (auto quiet = text(cell, "quiet_text"); !quiet.empty()) {
    shown += markup::of(" ");
    // What follows a deadline is as important as the deadline.
    bool due = due_css.contains(text(cell, "icon"));
    shown += cell_span(on, due ? "" : "quiet", {}, markup::of(quiet));
  }
  markup second;
  if (has(cell, "detail_link")) {
    second = render_link(on, cell["detail_link"], {.css = "act", .title = {}, .label = {}});
  } else {
    second = markup::of(text(cell, "detail"));
  }
  if (!second.empty()) {
    shown += markup::of(" ");
    // The list cuts what is too long for its column.
    auto whole = has(cell, "detail_link") ? std::string{} : text(cell, "detail");
    shown += on.page.render("second", std::move(values().text("title", whole).put("inside", second)));
  }
  return shown;
}

}  // namespace dms::render
