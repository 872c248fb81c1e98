// Notices: what a person must know before anything else on the screen.
#include "render/render.hpp"

namespace dms::render {
namespace {

const std::map<std::string, std::string, std::less<>> icon_of_tone{
    {"good", "shield"}, {"bad", "due-over"}, {"warn", "due-soon"}};

/// Line breaks of the text as such.
markup render_lines(const view &on, const std::string &words) {
  markup all;
  std::size_t from = 0;
  while (true) {
    auto end = words.find('\n', from);
    values filled;
    filled.text(all.empty() ? "first" : "more", words.substr(from, end == std::string::npos ? end : end - from));
    all += on.page.render("lines", filled);
    if (end == std::string::npos) return all;
    from = end + 1;
  }
}

markup render_undo(view &on, const json &undo) {
  values form;
  auto id = on.new_layer("undo");
  form.text("form", id).put("hidden", hidden_fields(on, member(undo, "input"), false));
  form.text("address", on.leads.action(text(undo, "screen"), text(undo, "action")));
  on.layers += on.page.render("post_form", form);
  return on.page.render(
      "post_button",
      std::move(
          values().text("css", "btn btn-second btn-small undo").text("form", id).text("label", text(undo, "label"))));
}

}  // namespace

markup render_notice(view &on, const json &block) {
  auto tone = text(block, "tone");
  markup items;
  for (const auto &item : list(block, "items")) {
    values filled;
    filled.text("title", text(item, "title")).text("text", text(item, "text"));
    if (has(item, "text_link")) {
      auto after = markup::of(has(item, "text") ? " " : " – ");
      after += render_link(on, item["text_link"], {.css = "n", .title = {}, .label = {}});
      filled.put("after", after);
    }
    if (has(item, "link")) filled.put("link", render_link(on, item["link"]));
    items += on.page.render("notice_item", filled);
  }
  markup link;
  if (has(block, "link")) {
    link += markup::of(" ");
    link += render_link(on, block["link"]);
  }
  auto icon = icon_of_tone.find(tone);
  values filled;
  filled.text("id", text(block, "id")).text("tone", tone).text("role", truth(block, "alert") ? "alert" : "status");
  if (icon != icon_of_tone.end()) filled.put("icon", sprite_icon(on, icon->second));
  filled.text("title", text(block, "title")).put("text", render_lines(on, text(block, "text")));
  filled.put("link", link).put("items", items);
  if (has(block, "undo")) filled.put("undo", render_undo(on, block["undo"]));
  return on.page.render("notice", filled);
}

}  // namespace dms::render
