// A whole screen: its head, its blocks, and the dialogs that belong to it.
#include <cctype>

#include "dms/cpp/encoding.hpp"
#include "render/links.hpp"
#include "render/render.hpp"

namespace dms::render {
namespace {

using block_builder = markup (*)(view &, const json &);
const std::map<std::string, block_builder, std::less<>> builders{
    {"tabs", render_tabs},       {"filters", render_filters},
    {"table", render_table},     {"facts", render_facts},
    {"steps", render_steps},     {"form", render_form},
    {"choices", render_choices}, {"timeline", render_timeline},
    {"notice", render_notice},   {"summary", render_summary},
    {"matrix", render_matrix},   {"text", render_text},
    {"columns", render_columns}, {"key_figures", render_key_figures},
    {"panels", render_panels}};

markup render_exports(view &on, const json &document) {
  markup all;
  for (const auto &kind : list(document, "export")) {
    auto format = text_of(kind);
    auto query = query_of(on.params);
    auto address = on.leads.file(on.screen, format, query);
    values filled;
    std::string label = format;
    for (auto &letter : label) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    filled.text("css", "btn btn-link hide-phone").text("href", address).text("inside", label);
    all += on.page.render("link", filled);
  }
  return all;
}

bool in_menu(const json &action) {
  auto style = text(action, "style");
  return style == "rare" || style == "danger";
}

/// The buttons of a record: the next steps stand there, the rare ones wait behind "More". On a phone there is room
/// for the first two; the others are in the menu as well.
markup render_record_actions(view &on, const json &actions, markup &more) {
  markup buttons, items;
  bool always = false;
  int standing = 0;
  for (const auto &action : actions) {
    if (in_menu(action)) {
      items += render_action(on, action, {.css = text(action, "style") == "danger" ? "danger" : "item", .also = {}});
      always = true;
      continue;
    }
    bool primary = text(action, "style") == "primary";
    bool room = primary || ++standing <= 1;
    std::string css = primary ? "btn btn-primary" : "btn btn-second";
    auto made = render_action_and_layer(on, action, {.css = room ? css : css + " rare", .also = {}});
    buttons += made.button;
    if (!room) items += render_further_button(on, action, "item phone-only", made.layer);
  }
  if (!items.empty()) {
    more = on.page.render("more", std::move(values().flag("phone_only", !always)));
    on.layers += on.page.render("more_menu", std::move(values().put("items", items)));
  }
  return buttons;
}

markup render_crumb(view &on, const json &document) {
  const auto &position = member(document, "position");
  if (!has(document, "back") && !position.is_object()) return {};
  auto step = [&](const char *name, const char *icon, const std::string &label) {
    if (!has(position, name)) return markup{};
    auto said =
        has(position[name], "label") && !text(position[name], "label").empty() ? text(position[name], "label") : label;
    return render_link(on, position[name], sprite_icon(on, icon),
                       {.css = "btn btn-link btn-small step-" + std::string(name), .title = said, .label = said});
  };
  values filled;
  if (has(document, "back")) {
    auto inside = sprite_icon(on, "prev");
    inside += markup::of(" " + text(document["back"], "label"));
    filled.put("back", render_link(on, document["back"], inside));
  }
  filled.text("text", text(position, "text")).put("previous", step("previous", "prev", on.page.say("Previous")));
  return on.page.render("crumb", std::move(filled.put("next", step("next", "next", on.page.say("Next")))));
}

markup render_head(view &on, const json &document) {
  markup links;
  for (const auto &link : list(document, "links")) {
    links += render_link(on, link, {.css = "btn btn-link", .title = {}, .label = {}});
  }
  values filled;
  filled.text("title", text(document, "title"));
  if (has(document, "badge")) filled.put("badge", render_value(on, as_cell(document["badge"])));
  auto head = render_crumb(on, document);
  if (!has(document, "record")) {
    markup actions;
    for (const auto &action : list(document, "actions")) actions += render_action(on, action);
    filled.put("exports", render_exports(on, document)).put("links", links).put("actions", actions);
    head += on.page.render("title", filled);
    return head;
  }
  markup more;
  auto actions = render_record_actions(on, list(document, "actions"), more);
  links += actions;
  filled.put("actions", links).put("more", more);
  head += on.page.render("record_title", filled);
  return head;
}

}  // namespace

markup render_block(view &on, const json &block) {
  auto found = builders.find(text(block, "type"));
  return found == builders.end() ? markup{} : found->second(on, block);
}

markup render_blocks(view &on, const json &blocks) {
  markup all;
  if (!blocks.is_array()) return all;
  for (const auto &block : blocks) all += render_block(on, block);
  return all;
}

markup render_screen(view &on, const json &document, const markup &above) {
  on.record = text(document, "record");
  on.version = text(document, "version");
  auto inside = render_head(on, document);
  if (!above.empty()) inside += on.page.render("note_after", std::move(values().put("inside", above)));
  inside += render_blocks(on, member(document, "blocks"));
  inside += on.layers;
  return inside;
}

}  // namespace dms::render
