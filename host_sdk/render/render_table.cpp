// Tables: the small ones as they are, the main list of a screen by what its columns mean.
#include <algorithm>

#include "render/links.hpp"
#include "render/render_bulk.hpp"

namespace dms::render {
namespace {

/// The classes of the style sheet by the role of a column: it decides what leaves first and where it stands on a card.
const std::map<std::string, std::string, std::less<>> css_of_role{
    {"time", "c-received nowrap"}, {"deadline", "c-deadline"}, {"badge", "c-type"},     {"title", "c-prospect"},
    {"subject", "c-model"},        {"place", "c-city"},        {"site", "c-location"},  {"person", "c-assignee"},
    {"state", "c-state"},          {"origin", "c-source"},     {"contact", "call-cell"}};
const std::set<std::string, std::less<>> cut_roles{"title", "subject", "place", "site", "origin", "person"};

markup head_label(view &on, const json &column) {
  auto label = text(column, "label");
  auto sorted = text(column, "sorted");
  if (!sorted.empty()) label += sorted == "ascending" ? " ↑" : " ↓";
  if (has(column, "sort")) return render_link(on, column["sort"], markup::of(label));
  return markup::of(label);
}

markup spanned(const view &on, const std::string &css, const std::string &title, const markup &inside) {
  return on.page.render("span", std::move(values().text("css", css).text("title", title).put("inside", inside)));
}

/// First line of a cell of the main list: cut where it is long, a link where the row leads somewhere.
markup first_line(view &on, const json &cell, const json &row, const std::string &role) {
  auto words = text(cell, "text");
  auto title = has(cell, "title") ? text(cell, "title") : words;
  if (role == "title") {
    const auto &link = has(cell, "link") ? cell["link"] : member(row, "link");
    return render_link(on, link, markup::of(words), {.css = "name cut", .title = title, .label = {}});
  }
  bool plain = !has(cell, "icon") && !has(cell, "badge") && !truth(cell, "quiet");
  if (plain && cut_roles.contains(role)) {
    auto inside = has(cell, "link") ? render_link(on, cell["link"], markup::of(words)) : markup::of(words);
    return spanned(on, "cut", title, inside);
  }
  return render_value(on, cell);
}

/// The record of the row, for an action that stands in it.
json record_of(const json &row) {
  json also{{"id", text(row, "id")}};
  if (has(row, "version")) also["version"] = row["version"];
  return also;
}

markup second_line(view &on, const json &cell, const json &row, const std::string &role) {
  values filled;
  if (has(cell, "detail_action")) {
    filled.put("inside", render_action(on, cell["detail_action"],
                                       {.css = "btn btn-link act", .also = record_of(row), .own_record = true}));
    return on.page.render("second", filled);
  }
  if (has(cell, "detail_link")) {
    filled.put("inside", render_link(on, cell["detail_link"], {.css = "act", .title = {}, .label = {}}));
  } else {
    filled.text("inside", text(cell, "detail"));
    bool cut = cut_roles.contains(role) && role != "place" && role != "site" && role != "person";
    filled.text("css", cut ? "cut" : "");
  }
  if (!has(cell, "detail_link") && !has(cell, "detail")) return {};
  return on.page.render("second", filled);
}

/// By its role, else as wide as it says; numbers need little.
std::string column_css(const json &column) {
  const auto role = css_of_role.find(text(column, "role"));
  auto css = role == css_of_role.end() ? std::string("c-other") : role->second;
  if (truth(column, "number")) css += " num";
  if (has(column, "width")) css += " c-" + text(column, "width");
  return css;
}

markup record_cell(view &on, const json &block, const json &row, const json &column) {
  auto role = text(column, "role");
  auto cell = with_address(block, column, row, as_cell(member(member(row, "cells"), text(column, "id").c_str())));
  values filled;
  markup inside;
  if (role == "contact") {
    if (has(row, "contact")) inside = render_link(on, row["contact"], {.css = "call", .title = {}, .label = {}});
  } else {
    inside = first_line(on, cell, row, role);
    if (auto quiet = text(cell, "quiet_text"); !quiet.empty()) {
      inside += markup::of(" ");
      inside += spanned(on, "quiet", {}, markup::of(quiet));
    }
    if (auto second = second_line(on, cell, row, role); !second.empty()) {
      inside += markup::of(" ");
      inside += second;
    }
  }
  filled.text("css", column_css(column)).text("label", text(column, "label"));
  return on.page.render("record_cell", std::move(filled.put("inside", inside)));
}

markup row_actions(view &on, const json &row) {
  markup buttons;
  for (const auto &action : list(row, "actions")) {
    buttons +=
        render_action(on, action, {.css = "btn btn-second btn-small", .also = record_of(row), .own_record = true});
  }
  return buttons;
}

bool any_actions(const json &block) {
  for (const auto &row : list(block, "rows")) {
    if (!list(row, "actions").empty()) return true;
  }
  return false;
}

markup record_row(view &on, const json &block, const json &row, bool with_actions) {
  auto id = text(row, "id");
  markup cells;
  if (has(block, "bulk")) {
    // The label of a row says what ticking it does.
    auto label = has(row, "label") ? text(row, "label") : on.page.say("Select {1}", id);
    values tick;
    tick.text("id", id).text("version", text(row, "version")).flag("checked", was_ticked(on, "leads", id));
    tick.text("label", label);
    values filled;
    filled.text("css", "c-check").put("inside", on.page.render("tick", tick));
    cells += on.page.render("record_cell", filled);
  }
  for (const auto &column : list(block, "columns")) cells += record_cell(on, block, row, column);
  if (with_actions) {
    cells += on.page.render("record_cell",
                            std::move(values().text("css", "row-actions").put("inside", row_actions(on, row))));
  }
  auto tone = text(row, "tone");
  values filled;
  filled.text("css", tone == "warn" ? "soon" : tone == "bad" ? "over" : "").text("id", id).put("cells", cells);
  return on.page.render("record", filled);
}

markup record_heads(view &on, const json &block, bool with_actions) {
  markup heads;
  if (has(block, "bulk")) {
    auto label = text(block["bulk"], "select_all");
    auto all = on.page.render(
        "tick_all", std::move(values().text("label", label.empty() ? on.page.say("Select all on this page") : label)));
    heads += on.page.render("record_head", std::move(values().text("css", "c-check").put("inside", all)));
  }
  for (const auto &column : list(block, "columns")) {
    auto classes = column_css(column);
    if (const auto nowrap = classes.find(" nowrap"); nowrap != std::string::npos) classes.erase(nowrap, 7);
    values filled;
    filled.text("css", classes).text("sorted", text(column, "sorted"));
    bool hidden = text(column, "role") == "contact";
    filled.put("inside", hidden ? on.page.render("unseen", std::move(values().text("text", text(column, "label"))))
                                : head_label(on, column));
    heads += on.page.render("record_head", filled);
  }
  if (with_actions) {
    auto unseen = on.page.render("unseen", std::move(values().text("text", on.page.say("Actions"))));
    heads += on.page.render("record_head", std::move(values().text("css", "row-actions").put("inside", unseen)));
  }
  return heads;
}

/// Fields of different actions that have the same name would reach the wrong one: then each carries its action.
bool name_clashes(const json &actions, const std::string &name) {
  int seen = 0;
  for (const auto &action : actions) {
    for (const auto &field : list(action, "fields")) seen += text(field, "name") == name ? 1 : 0;
  }
  return seen > 1;
}

}  // namespace

bool was_ticked(const view &on, const std::string &name, const std::string &id) {
  if (on.failed == nullptr) return false;
  const auto &sent = member(on.failed->input, name.c_str());
  if (!sent.is_array()) return text_of(sent) == id;
  return std::ranges::any_of(sent, [&](const json &each) { return text_of(each) == id; });
}

namespace {

/// One choice, pressed: a button that opens the options, each of which sends the rows that are ticked.
markup pressed_bulk(view &on, const json &action, const json &field, const std::string &css,
                    const std::string &prefix) {
  const auto name = text(action, "action");
  markup items;
  std::string heading;
  for (const auto &option : list(field, "options")) {
    if (auto group = text(option, "group"); group != heading) {
      heading = group;
      items += on.page.render("menu_group", std::move(values().text("label", heading)));
    }
    values item;
    item.text("css", "item").text("formaction", action_address(on, name)).text("label", text(option, "label"));
    item.text("name", prefix + text(field, "name")).put("value", markup::of(text(option, "value")));
    items += on.page.render("submit", item);
  }
  const auto layer = on.new_layer("bulk-" + name);
  // Enter on a box that is ticked presses a form's first button: that must not be a choice that nobody has seen.
  auto all = on.page.render("no_default", values());
  all += on.page.render(
      "opener", std::move(values().text("css", css).text("layer", layer).text("inside", text(action, "label"))));
  all += on.page.render("choice_menu",
                        std::move(values().text("id", layer).text("label", text(field, "label")).put("items", items)));
  return all;
}

markup bulk_action(view &on, const json &all, const json &action) {
  const auto name = text(action, "action");
  const auto css =
      (text(action, "style") == "primary" ? "btn btn-primary" : "btn btn-second") + std::string(" for-bulk");
  const auto &fields = list(action, "fields");
  const auto prefix_of = [&](const json &field) {
    return name_clashes(all, text(field, "name")) ? name + ":" : std::string{};
  };
  if (fields.size() == 1 && truth(fields.front(), "press")) {
    return pressed_bulk(on, action, fields.front(), css, prefix_of(fields.front()));
  }
  markup shown;
  for (const auto &field : fields) {
    field_wish wish;
    wish.action = name;
    wish.prefix = prefix_of(field);
    shown += render_bulk_field(on, field, wish);
  }
  values button;
  button.text("css", css).text("formaction", action_address(on, name)).text("label", text(action, "label"));
  if (has(action, "input")) button.text("name", "_button").text("value", json{{"input", action["input"]}}.dump());
  shown += on.page.render("submit", button);
  return shown;
}

}  // namespace

markup render_bulk(view &on, const json &bulk) {
  markup actions;
  for (const auto &action : list(bulk, "actions")) {
    actions += on.page.render("bulk_divider");
    actions += bulk_action(on, bulk["actions"], action);
  }
  auto selected = has(bulk, "selected") ? text(bulk, "selected") : on.page.say("{count} selected");
  auto at = selected.find("{count}");
  values filled;
  filled.text("hint", text(bulk, "hint"))
      .text("clear", text(bulk, "clear"))
      .text("label", on.page.say("Selected rows"));
  filled.text("before", selected.substr(0, at)).put("actions", actions);
  if (at != std::string::npos) filled.text("after", selected.substr(at + 7));
  return on.page.render("bulk", filled);
}

markup render_records(view &on, const json &block) {
  bool with_actions = any_actions(block);
  markup rows;
  for (const auto &row : list(block, "rows")) rows += record_row(on, block, row, with_actions);
  values filled;
  filled.text("id", text(block, "id")).text("label", text(block, "label"));
  filled.put("head", record_heads(on, block, with_actions)).put("rows", rows);
  if (rows.empty()) filled.put("empty", render_empty(on, block));
  if (has(block, "bulk") && !rows.empty()) {
    const auto &actions = list(block["bulk"], "actions");
    filled.put("bulk", render_bulk(on, block["bulk"])).put("hidden", hidden_fields(on, nullptr, false));
    filled.text("address", action_address(on, actions.empty() ? "" : text(actions.front(), "action")));
  }
  auto shown = on.page.render("records", filled);
  shown += render_pager(on, block);
  if (!has(block, "title")) return shown;
  values around;
  const auto heading = on.new_layer("h-" + text(block, "id"));
  around.text("heading", heading).put("head", block_head(on, block, heading)).put("inside", shown);
  return on.page.render("section", around);
}

/// Rows that say how to reach somebody get a column for it; it shows where there is little room.
json with_contacts(const view &on, json block) {
  const auto &rows = list(block, "rows");
  const auto &columns = list(block, "columns");
  const bool wanted = std::ranges::any_of(rows, [](const json &row) { return has(row, "contact"); });
  const bool there = std::ranges::any_of(columns, [](const json &column) { return text(column, "role") == "contact"; });
  if (wanted && !there) {
    block["columns"].push_back({{"id", "_contact"}, {"label", on.page.say("Contact")}, {"role", "contact"}});
  }
  return block;
}

/// A number stands right; a moment stays on one line.
static std::string plain_css(const json &column) {
  if (truth(column, "number")) return "num";
  return text(column, "role") == "time" ? "nowrap" : "";
}

markup render_table(view &on, const json &block) {
  if (text(block, "layout") == "records") return render_records(on, with_contacts(on, block));
  bool with_actions = any_actions(block);
  markup heads, rows, totals;
  for (const auto &column : list(block, "columns")) {
    values filled;
    filled.text("css", plain_css(column)).text("sorted", text(column, "sorted"));
    heads += on.page.render("head_cell", std::move(filled.put("inside", head_label(on, column))));
  }
  if (with_actions) {
    auto unseen = on.page.render("unseen", std::move(values().text("text", on.page.say("Actions"))));
    heads += on.page.render("head_cell", std::move(values().text("css", "row-actions").put("inside", unseen)));
  }
  auto cells_of = [&](const json &cells, const json &row) {
    markup all;
    for (const auto &column : list(block, "columns")) {
      auto cell = with_address(block, column, row, as_cell(member(cells, text(column, "id").c_str())));
      if (all.empty() && !has(cell, "link") && has(row, "link")) cell["link"] = row["link"];
      values filled;
      filled.text("css", plain_css(column)).put("inside", render_cell(on, cell));
      all += on.page.render(all.empty() ? "row_head" : "cell", filled);
    }
    return all;
  };
  for (const auto &row : list(block, "rows")) {
    auto cells = cells_of(member(row, "cells"), row);
    if (with_actions) cells += on.page.render("row_actions", std::move(values().put("inside", row_actions(on, row))));
    rows += on.page.render("row", std::move(values().text("id", text(row, "id")).put("cells", cells)));
  }
  if (has(block, "totals")) totals = cells_of(block["totals"], nullptr);
  values filled;
  filled.text("id", text(block, "id")).text("label", text(block, "label")).put("head", heads).put("rows", rows);
  filled.put("totals", totals);
  if (rows.empty()) filled.put("empty", render_empty(on, block));
  auto inside = on.page.render("table", filled);
  values around;
  if (has(block, "title")) {
    auto heading = on.new_layer("h-" + text(block, "id"));
    around.text("heading", heading).put("head", block_head(on, block, heading));
  }
  inside += render_pager(on, block);
  return on.page.render("section", std::move(around.put("inside", inside)));
}

}  // namespace dms::render
