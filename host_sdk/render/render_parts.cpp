// Icons and links.
#include "render/links.hpp"
#include "render/render.hpp"

namespace dms::render {
namespace {

/// Meanings of the schema whose picture has another name.
const std::map<std::string, std::string, std::less<>> picture_of{{"due_plan", "due-plan"},
                                                                 {"due_soon", "due-soon"},
                                                                 {"due_over", "due-over"},
                                                                 {"due_met", "due-met"},
                                                                 {"ok", "shield"},
                                                                 {"alert", "due-over"},
                                                                 {"received", "received"},
                                                                 {"assigned", "assigned"},
                                                                 {"in_progress", "in_progress"},
                                                                 {"appointment", "appointment"},
                                                                 {"test_drive_done", "test_drive_done"},
                                                                 {"offer", "offer"},
                                                                 {"won", "won"},
                                                                 {"ended", "ended"},
                                                                 {"check", "check"},
                                                                 {"cross", "cross"},
                                                                 {"dash", "dash"},
                                                                 {"unlike", "unlike"},
                                                                 {"clock", "clock"},
                                                                 {"bolt", "bolt"},
                                                                 {"phone", "phone"},
                                                                 {"mail", "mail"}};

}  // namespace

markup sprite_icon(const view &on, std::string_view name) {
  return on.page.render("icon", std::move(values().text("name", name)));
}

markup render_icon(const view &on, const json &meaning) {
  auto found = picture_of.find(text_of(meaning));
  return found == picture_of.end() ? markup{} : sprite_icon(on, found->second);
}

std::string dialog_of(const view &on, const std::string &action) {
  auto id = "do-" + action;
  return on.layer_ids.contains(id) ? id : std::string{};
}

markup render_link(view &on, const json &link, const markup &inside, const link_look &look) {
  values filled;
  filled.text("css", look.css).text("title", look.title).text("label", look.label).put("inside", inside);
  if (auto action = text(link, "action"); !action.empty() && !has(link, "screen") && !has(link, "to")) {
    auto layer = dialog_of(on, action);
    if (layer.empty()) return inside;
    filled.text("layer", layer).text("css", look.css.empty() ? "as-link" : "as-link " + look.css);
    return on.page.render("opener", filled);
  }
  auto href = on.leads.of(link);
  if (href.empty()) return inside;
  // A dialog on another page is an anchor there.
  if (auto action = text(link, "action"); !action.empty() && !has(link, "anchor")) href += "#do-" + action;
  filled.text("href", href).flag("away", href.starts_with("http"));
  return on.page.render("link", filled);
}

markup render_link(view &on, const json &link, const link_look &look) {
  auto inside = render_icon(on, member(link, "icon"));
  inside += markup::of(text(link, "label"));
  return render_link(on, link, inside, look);
}

}  // namespace dms::render
