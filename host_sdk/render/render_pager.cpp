// Below a table: how much there is, where one stands, and the ways on. And what is said where there is nothing.
#include <cctype>

#include "render/links.hpp"
#include "render/render.hpp"

namespace dms::render {
namespace {

markup direction(view &on, const json &link, const std::string &label, bool back) {
  auto before = back ? sprite_icon(on, "prev") : markup{};
  auto after = back ? markup{} : sprite_icon(on, "next");
  if (!link.is_object()) {
    values filled;
    filled.text("label", label).put("before", before).put("after", after);
    return on.page.render("pager_off", filled);
  }
  auto inside = before;
  inside += markup::of(has(link, "label") ? text(link, "label") : label);
  inside += after;
  return render_link(on, link, inside, {.css = "btn btn-second", .title = {}, .label = {}});
}

/// Numbers of "25 von 187 Leads" stand out.
markup numbers_bold(const view &on, const std::string &words) {
  markup all;
  std::string plain, digits;
  auto flush = [&] {
    all += markup::of(plain);
    if (!digits.empty()) all += on.page.render("strong", std::move(values().text("inside", digits)));
    plain.clear();
    digits.clear();
  };
  constexpr std::string_view thousands = "\xC2\xA0";
  for (std::size_t at = 0; at < words.size(); ++at) {
    bool space = !digits.empty() && std::string_view(words).substr(at, 2) == thousands && at + 2 < words.size() &&
                 std::isdigit(static_cast<unsigned char>(words[at + 2])) != 0;
    if (space) {
      digits += thousands;
      ++at;
    } else if (std::isdigit(static_cast<unsigned char>(words[at])) != 0) {
      digits += words[at];
    } else {
      if (!digits.empty()) flush();
      plain += words[at];
    }
  }
  flush();
  return all;
}

markup page_size(view &on, const json &field) {
  markup hidden;
  for (const auto &[name, value] : on.params.items()) {
    if (name == text(field, "name") || name == "cursor") continue;
    for (const auto &each : value.is_array() ? value : json::array({value})) {
      hidden += on.page.render("hidden", std::move(values().text("name", name).text("value", text_of(each))));
    }
  }
  values filled;
  filled.text("address", on.leads.screen(on.screen, nullptr)).put("hidden", hidden);
  filled.put("field", render_inline_field(on, field));
  return on.page.render("pager_size", filled);
}

}  // namespace

markup render_pager(view &on, const json &block) {
  bool needed = has(block, "count_text") || has(block, "previous_link") || has(block, "next_link");
  if (!needed || (list(block, "rows").empty() && list(block, "bands").empty())) return {};
  auto previous = has(block, "previous_label") ? text(block, "previous_label") : on.page.say("Newer");
  auto next = has(block, "next_label") ? text(block, "next_label") : on.page.say("Older");
  values filled;
  filled.put("count", numbers_bold(on, text(block, "count_text"))).text("span", text(block, "span_text"));
  if (has(block, "page_size")) filled.put("size", page_size(on, block["page_size"]));
  filled.put("previous", direction(on, member(block, "previous_link"), previous, true));
  filled.put("next", direction(on, member(block, "next_link"), next, false));
  return on.page.render("pager", filled);
}

markup render_empty(view &on, const json &block) {
  const auto &empty = member(block, "empty");
  values filled;
  filled.text("title", has(empty, "title") ? text(empty, "title") : on.page.say("Nothing here."))
      .text("text", text(empty, "text"));
  if (has(empty, "link")) filled.put("link", render_link(on, empty["link"]));
  return on.page.render("empty", filled);
}

}  // namespace dms::render
