// The matrix: who may see what. A cell leads to an editor row below it.
#include "render/links.hpp"
#include "render/render_bulk.hpp"

namespace dms::render {
namespace {

struct matrix_column {
  std::string id, css;
};

markup matrix_cell(view &on, const json &cell, const std::string &css) {
  auto kind = text(cell, "kind");
  std::string look = kind == "none" ? "none" : truth(cell, "inherited") ? "as" : kind == "all" ? "all" : "";
  if (truth(cell, "differs")) look += look.empty() ? "own" : " own";
  values filled;
  filled.text("css", css).text("kind", look).text("title", text(cell, "title")).flag("open", truth(cell, "open"));
  filled.text("href", on.leads.of(member(cell, "link")));
  filled.put("inside", kind == "none" ? on.page.render("matrix_none") : markup::of(text(cell, "text")));
  return on.page.render("matrix_cell", filled);
}

markup render_editor(view &on, const json &editor, const std::string &span) {
  const auto &action = member(editor, "action");
  auto name = text(action, "action");
  markup fields;
  for (auto field : list(action, "fields")) {
    if (on.tried(name) && on.failed->input.contains(text(field, "name")))
      field["value"] = on.failed->input[text(field, "name")];
    values group;
    group.flag("places", text(field, "kind") == "checkboxes").text("label", text(field, "label"));
    group.put("inside", render_group(on, field));
    fields += on.page.render("editor_group", group);
  }
  values filled;
  filled.text("span", span).text("address", action_address(on, name)).put("fields", fields);
  filled.put("hidden", hidden_fields(on, member(action, "input")));
  filled.text("title", has(editor, "title") ? text(editor, "title") : text(action, "title"));
  if (on.tried(name)) {
    if (auto found = on.failed->errors.find(""); found != on.failed->errors.end())
      filled.text("problem", found->second);
  }
  filled.text("effect_title", text(editor, "effect_title")).text("effect", text(editor, "effect"));
  filled.text("submit", has(action, "submit") ? text(action, "submit") : text(action, "label"));
  if (has(editor, "cancel")) {
    filled.put("cancel", render_link(on, editor["cancel"], {.css = "btn btn-second", .title = {}, .label = {}}));
  }
  return on.page.render("editor", filled);
}

/// What all rows of a matrix share.
struct matrix_rows {
  std::vector<matrix_column> columns;
  std::string span;
  std::string tick;  ///< name of what ticked rows are sent as; empty: rows cannot be ticked
  std::string form;  ///< that they belong to, wherever they stand
};

markup row_tick(view &on, const json &row, const matrix_rows &all) {
  if (all.tick.empty()) return {};
  const auto id = text(row, "id");
  values filled;
  filled.text("name", all.tick).text("id", id).text("form", all.form);
  filled.text("label", on.page.say("Select {1}", text(row, "label"))).flag("checked", was_ticked(on, all.tick, id));
  return on.page.render("matrix_tick", filled);
}

markup render_row(view &on, const json &row, const matrix_rows &all) {
  const auto &[columns, span, tick, form] = all;
  markup cells;
  for (const auto &column : columns) {
    cells += matrix_cell(on, member(member(row, "cells"), column.id.c_str()), column.css);
  }
  values filled;
  filled.text("css", has(row, "editor") ? "open" : truth(row, "quiet") ? "quiet" : "").text("id", text(row, "id"));
  filled.put("tick", row_tick(on, row, all)).text("detail", text(row, "detail")).put("cells", cells);
  const auto name = markup::of(text(row, "label"));
  filled.put("name", has(row, "link") ? render_link(on, row["link"], name) : name);
  if (has(row, "last")) filled.put("last", render_cell(on, row["last"]));
  auto shown = on.page.render("matrix_row", filled);
  if (has(row, "editor")) shown += render_editor(on, row["editor"], span);
  return shown;
}

}  // namespace

markup render_matrix(view &on, const json &block) {
  matrix_rows shared;
  auto &columns = shared.columns;
  markup widths = on.page.render("matrix_first"), groups, heads;
  for (const auto &group : list(block, "groups")) {
    const auto &members = list(group, "columns");
    markup toggle;
    if (has(group, "toggle")) toggle = render_link(on, group["toggle"], {.css = "toggle", .title = {}, .label = {}});
    values head;
    head.text("span", std::to_string(members.size())).text("label", text(group, "label")).put("toggle", toggle);
    groups += on.page.render("matrix_group", head);
    bool alone = members.size() == 1;
    for (const auto &column : members) {
      bool first = &column == &members.front();
      auto css = std::string(truth(column, "whole") ? "cat" : "") + (first ? " edge" : "");
      columns.push_back({text(column, "id"), css});
      widths += on.page.render(alone ? "matrix_whole" : "matrix_col");
      heads +=
          on.page.render("matrix_column", std::move(values().text("css", css).text("label", text(column, "label"))));
    }
  }
  bool last = has(block, "last_label");
  if (last) widths += on.page.render("matrix_last");
  shared.span = std::to_string(columns.size() + (last ? 2 : 1));
  const auto &span = shared.span;
  if (has(block, "bulk")) {
    shared.tick = text(block["bulk"], "name");
    shared.form = on.new_layer("tick-" + text(block, "id"));
  }
  markup bands, legend;
  for (const auto &band : list(block, "bands")) {
    if (has(band, "label") && !text(band, "label").empty()) {
      bands += on.page.render("band", std::move(values().text("span", span).text("label", text(band, "label"))));
    }
    for (const auto &row : list(band, "rows")) bands += render_row(on, row, shared);
  }
  for (const auto &item : list(block, "legend")) {
    legend += on.page.render("legend_item",
                             std::move(values().text("sign", text(item, "sign")).text("text", text(item, "text"))));
  }
  values filled;
  filled.text("id", text(block, "id")).text("label", text(block, "label")).text("row_label", text(block, "row_label"));
  filled.text("last", text(block, "last_label")).put("widths", widths).put("groups", groups).put("columns", heads);
  if (bands.empty()) filled.put("empty", render_empty(on, block));
  filled.put("pager", render_pager(on, block)).put("bands", bands).put("legend", legend);
  if (!shared.tick.empty() && !bands.empty()) {
    const auto &actions = list(block["bulk"], "actions");
    filled.put("bulk", render_bulk(on, block["bulk"])).put("hidden", hidden_fields(on, nullptr, false));
    filled.text("address", action_address(on, actions.empty() ? "" : text(actions.front(), "action")));
    filled.text("form", shared.form);
    const auto label =
        has(block["bulk"], "select_all") ? text(block["bulk"], "select_all") : on.page.say("Select all on this page");
    filled.put("tick_all", on.page.render("tick_all", std::move(values().text("label", label))));
  }
  return on.page.render("matrix", filled);
}

}  // namespace dms::render
