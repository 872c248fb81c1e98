// Blocks that ask something: tabs, filters, forms, choices.
#include <algorithm>

#include "render/links.hpp"
#include "render/render.hpp"

namespace dms::render {
namespace {

markup hidden_parameters(const view &on, const json &keep) {
  markup all;
  if (!keep.is_object()) return all;
  for (const auto &[name, value] : keep.items()) {
    for (const auto &each : value.is_array() ? value : json::array({value})) {
      all += on.page.render("hidden", std::move(values().text("name", name).text("value", text_of(each))));
    }
  }
  return all;
}

markup render_saved(view &on, const json &block) {
  if (list(block, "saved").empty() && !has(block, "save")) return {};
  markup items;
  for (const auto &item : list(block, "saved")) {
    values row;
    row.put("link", render_link(on, member(item, "link")));
    if (has(item, "remove")) row.put("remove", render_action(on, item["remove"], {.css = "remove", .also = {}}));
    items += on.page.render("saved_item", row);
  }
  if (has(block, "save")) items += render_action(on, block["save"], {.css = "item save", .also = {}});
  auto layer = on.new_layer("saved-filters");
  on.layers += on.page.render("menu", std::move(values().text("id", layer).put("items", items)));
  values button;
  button.text("layer", layer).text("label", text(block, "saved_label"));
  button.text("current", text(block, "saved_current").empty() ? "–" : text(block, "saved_current"));
  return on.page.render("saved", button);
}

markup render_chosen(view &on, const json &block) {
  if (list(block, "chosen").empty()) return {};
  markup items;
  for (const auto &link : block["chosen"]) {
    auto inside = markup::of(text(link, "label"));
    inside += sprite_icon(on, "cross");
    auto remove = on.page.say("Remove the filter") + ": " + text(link, "label");
    items += render_link(on, link, inside, {.css = "chip", .title = remove, .label = remove});
  }
  return on.page.render("chosen", std::move(values().text("label", text(block, "chosen_label")).put("items", items)));
}

/// What picking this one may overwrite; what was ticked before a refusal stays ticked.
markup render_overwrites(view &on, const json &block) {
  if (!block.is_object()) return {};
  const auto name = text(block, "name");
  const auto &before = on.failed != nullptr ? member(on.failed->input, name.c_str()) : json();
  markup items;
  for (const auto &item : list(block, "items")) {
    const auto value = text(item, "value");
    bool ticked = before.is_array() ? std::find(before.begin(), before.end(), value) != before.end()
                                    : !value.empty() && text_of(before) == value;
    values filled;
    filled.text("name", name).text("value", value).text("label", text(item, "label")).flag("ticked", ticked);
    filled.text("was", text(item, "was")).text("is", text(item, "is"));
    items += on.page.render("overwrite", filled);
  }
  values filled;
  filled.text("label", text(block, "label")).text("note", text(block, "note")).put("items", items);
  filled.text("was_label", text(block, "was_label")).text("is_label", text(block, "is_label"));
  return on.page.render("overwrites", filled);
}

markup render_match(view &on, const json &item, const std::string &name, bool chosen) {
  markup reasons;
  for (const auto &reason : list(item, "reasons")) {
    auto kind = text(reason, "kind");
    values filled;
    filled.put("icon", render_icon(on, kind == "same" ? "check" : kind == "similar" ? "dash" : "unlike"));
    filled.text("text", text(reason, "text")).flag("other", kind != "same");
    reasons += on.page.render("reason", filled);
  }
  values filled;
  filled.text("name", name).text("id", text(item, "id")).text("title", text(item, "title"));
  filled.text("detail", text(item, "detail")).put("reasons", reasons).flag("selected", chosen);
  filled.text("score", text(item, "score_text")).text("word", text(item, "score_word"));
  if (has(item, "link")) filled.put("link", render_link(on, item["link"]));
  auto result = on.page.render("match", filled);
  return result += render_overwrites(on, member(item, "overwrites"));
}

}  // namespace

markup render_tabs(view &on, const json &block) {
  markup items, parts;
  std::string whole;
  for (const auto &item : list(block, "items")) {
    values filled;
    filled.text("id", text(item, "id"))
        .text("label", text(item, "label"))
        .text("href", on.leads.of(member(item, "link")));
    filled.text("count", has(item, "count_text") ? text(item, "count_text") : text(item, "count"));
    filled.flag("current", truth(item, "current")).flag("over", text(item, "tone") == "bad");
    (has(item, "part_of") ? parts : items) += on.page.render("tab", filled);
    if (has(item, "part_of")) whole = text(item, "part_of");
  }
  if (!parts.empty()) {
    std::string of;
    for (const auto &item : list(block, "items")) {
      if (text(item, "id") == whole) of = text(item, "label");
    }
    items += on.page.render("tab_parts", std::move(values().text("label", of).put("items", parts)));
  }
  auto label = has(block, "label") ? text(block, "label") : on.page.say("Views");
  values filled;
  filled.text("id", text(block, "id")).text("label", label).put("items", items);
  return on.page.render("tabs", filled);
}

markup render_filters(view &on, const json &block) {
  bool sheet = has(block, "button");
  markup search, fields;
  for (const auto &field : list(block, "fields")) {
    bool is_search = text(field, "kind") == "search";
    (is_search ? search : fields) += render_inline_field(on, field, is_search && !sheet ? "short" : "");
  }
  auto submit = has(block, "submit") ? text(block, "submit") : on.page.say("Apply");
  values filled;
  filled.text("id", text(block, "id")).text("address", on.leads.screen(on.screen, nullptr));
  filled.text("label", has(block, "label") ? text(block, "label") : on.page.say("Filter"));
  filled.put("hidden", hidden_parameters(on, member(block, "keep"))).put("search", search).put("fields", fields);
  filled.flag("sheet", sheet).text("button", text(block, "button")).put("filter_icon", sprite_icon(on, "filter"));
  filled.text("submit", submit).put("saved", render_saved(on, block));
  filled.text("submit_phone", has(block, "submit_phone") ? text(block, "submit_phone") : submit);
  auto result = on.page.render("filters", filled);
  return result += render_chosen(on, block);
}

markup render_form(view &on, const json &block) {
  const auto &action = member(block, "action");
  auto name = text(action, "action");
  values filled;
  filled.text("address", action_address(on, name)).text("text", text(action, "text"));
  filled.put("hidden", hidden_fields(on, member(action, "input"))).flag("files", has_file(member(action, "fields")));
  filled.put("fields", render_stacked_fields(on, member(action, "fields"), name));
  filled.text("submit", has(action, "submit") ? text(action, "submit") : text(action, "label"));
  filled.text("css", text(action, "style") == "second" ? "btn-second" : "btn-primary");
  std::string asks;
  for (const auto &field : list(block, "asks")) asks += (asks.empty() ? "" : " ") + text_of(field);
  filled.text("asks", asks).text("screen", on.leads.screen(on.screen, nullptr));
  auto inside = on.page.render("form", filled);
  values around;
  around.text("id", text(block, "id")).put("inside", inside);
  if (has(block, "title")) {
    auto heading = on.new_layer("h-" + text(block, "id"));
    around.text("heading", heading).put("head", block_head(on, block, heading));
  }
  return on.page.render("section", around);
}

markup render_choices(view &on, const json &block) {
  auto name = has(block, "name") ? text(block, "name") : "choice";
  const auto &actions = list(block, "actions");
  auto first = actions.empty() ? std::string{} : text(actions.front(), "action");
  auto chosen = on.failed != nullptr ? text(on.failed->input, name.c_str()) : std::string{};
  markup items, buttons, links;
  for (const auto &item : list(block, "items")) {
    bool selected = chosen.empty() ? truth(item, "selected") : text(item, "id") == chosen;
    items += render_match(on, item, name, selected);
  }
  for (const auto &action : actions) {
    values filled;
    filled.text("label", text(action, "label")).text("formaction", action_address(on, text(action, "action")));
    filled.text("css", text(action, "style") == "primary" ? "btn btn-primary" : "btn btn-second");
    // Each button says by itself what goes along: the form has only one set of hidden fields.
    json sent{{"without", truth(action, "without_choice") ? name : ""}, {"input", member(action, "input")}};
    filled.text("name", "_button").text("value", sent.dump());
    buttons += on.page.render("submit", filled);
  }
  for (const auto &link : list(block, "links"))
    links += render_link(on, link, {.css = "btn btn-link", .title = {}, .label = {}});
  values filled;
  filled.text("address", action_address(on, first)).put("hidden", hidden_fields(on, nullptr)).put("items", items);
  filled.text("empty", items.empty() ? text(block, "empty") : "").put("actions", buttons).put("links", links);
  values around;
  auto heading = on.new_layer("h-" + text(block, "id"));
  around.text("id", text(block, "id")).text("heading", heading).put("head", block_head(on, block, heading));
  return on.page.render("section", std::move(around.put("inside", on.page.render("choices", filled))));
}

}  // namespace dms::render
