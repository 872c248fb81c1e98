// Blocks that are lists of small things: facts, steps, timeline, summary, key figures, columns, text.
#include <md4c-html.h>

#include "dms/cpp/encoding.hpp"
#include "render/links.hpp"
#include "render/render.hpp"

namespace dms::render {
namespace {

markup section(view &on, const json &block, const markup &inside, const std::string &anchor) {
  auto heading = has(block, "title") ? on.new_layer("h-" + (anchor.empty() ? text(block, "title") : anchor)) : "";
  values filled;
  filled.text("id", anchor).text("heading", heading).put("inside", inside);
  if (!heading.empty()) filled.put("head", block_head(on, block, heading));
  return on.page.render("section", filled);
}

/// What stands between `begin` and the next quotation mark.
std::string_view quoted(std::string_view html, std::size_t begin) {
  return html.substr(begin, html.find('"', begin) - begin);
}

/// An address within the house, or one of those that a link may have.
bool may_lead_to(std::string_view address) {
  const auto scheme = address.substr(0, address.find_first_of(":/?#"));
  const bool within = scheme.size() == address.size() || address[scheme.size()] != ':';
  return within || may_lead_out(address);
}

/// md4c escapes what stands in a text, so its elements are the only ones.
bool links_are_sound(std::string_view html) {
  constexpr std::string_view begin = "<a href=\"";
  for (auto at = html.find(begin); at != std::string_view::npos; at = html.find(begin, at + 1)) {
    if (!may_lead_to(quoted(html, at + begin.size()))) return false;
  }
  return true;
}

/// The picture of the block with that source, which leads to itself in its full size; else the words in its place.
markup picture(view &on, const json &block, std::string_view source, const markup &words) {
  for (const auto &item : list(block, "pictures")) {
    if (text(item, "source") != source) continue;
    auto address = on.leads.file(on.screen, "png", "name=" + percent_encoded(text(item, "name")));
    values filled;
    filled.text("address", address).put("words", words);
    filled.text("width", text(item, "width")).text("height", text(item, "height"));
    return on.page.render("picture", filled);
  }
  return words;
}

/// Images of md4c, <img src="…" alt="…">, become pictures of the block: no other address is ever loaded.
markup with_pictures(view &on, const json &block, std::string_view html) {
  constexpr std::string_view image = "<img src=\"", alternative = "\" alt=\"";
  markup result;
  for (auto at = html.find(image); at != std::string_view::npos; at = html.find(image)) {
    result += trusted(std::string(html.substr(0, at)));
    html.remove_prefix(at + image.size());
    const auto source = quoted(html, 0);
    const auto words = quoted(html, source.size() + alternative.size());
    result += picture(on, block, source, trusted(std::string(words)));
    html.remove_prefix(html.find('>') + 1);
  }
  return result += trusted(std::string(html));
}

markup markdown(view &on, const json &block) {
  const auto source = text(block, "text");
  std::string html;
  auto collect = [](const MD_CHAR *piece, MD_SIZE size, void *into) {
    static_cast<std::string *>(into)->append(piece, size);
  };
  // Raw HTML in the text is shown as text; md4c escapes the rest.
  md_html(source.data(), static_cast<MD_SIZE>(source.size()), collect, &html, MD_DIALECT_GITHUB | MD_FLAG_NOHTML, 0);
  if (!links_are_sound(html)) return markup::of(source);
  return with_pictures(on, block, html);
}

}  // namespace

markup block_head(view &on, const json &block, const std::string &heading_id) {
  values filled;
  filled.text("id", heading_id).text("title", text(block, "title")).text("note", text(block, "note"));
  // A link to a dialog that this page has not would be a dead word.
  const auto &link = member(block, "link");
  const bool leads =
      link.is_object() && (has(link, "screen") || !has(link, "action") || !dialog_of(on, text(link, "action")).empty());
  filled.flag("spread", leads);
  if (leads) filled.put("link", render_link(on, link));
  return on.page.render("block_head", filled);
}

/// The fact and its addition: each stays whole, and the line may end between them.
static markup strip_value(view &on, const json &from) {
  const auto piece = [&](const json &cell) {
    return on.page.render("span", std::move(values().text("css", "piece").put("inside", render_cell(on, cell))));
  };
  auto cell = as_cell(from);
  const auto quiet = text(cell, "quiet_text");
  const bool due = text(cell, "icon").starts_with("due_");
  cell.erase("quiet_text");
  auto shown = piece(cell);
  if (quiet.empty()) return shown;
  shown += markup::of(" ");
  return shown += piece({{"text", quiet}, {"quiet", !due}});
}

markup render_facts(view &on, const json &block) {
  bool strip = text(block, "layout") == "strip";
  markup items;
  for (const auto &item : list(block, "items")) {
    values filled;
    filled.text("label", text(item, "label"));
    filled.put("value", strip ? strip_value(on, member(item, "value")) : render_cell(on, member(item, "value")));
    if (has(item, "id")) filled.text("id", text(block, "id") + "-" + text(item, "id"));
    items += on.page.render(strip ? "strip_fact" : "fact", filled);
  }
  values filled;
  filled.put("items", items).text("id", text(block, "id"));
  if (strip) return on.page.render("strip", filled);
  return section(on, block, on.page.render("facts", filled), text(block, "id"));
}

markup render_steps(view &on, const json &block) {
  markup items;
  for (const auto &item : list(block, "items")) {
    values filled;
    auto at = text(item, "at");
    filled.text("label", text(item, "label")).flag("done", at == "done").flag("current", at == "current");
    filled.flag("skipped", at == "skipped");
    items += on.page.render("step", filled);
  }
  values filled;
  filled.text("id", text(block, "id")).text("label", text(block, "label")).put("items", items);
  return on.page.render("steps", filled);
}

markup render_timeline(view &on, const json &block) {
  markup items;
  for (const auto &item : list(block, "items")) {
    markup second = markup::of(text(item, "who"));
    if (has(item, "quote")) {
      if (!second.empty()) second += markup::of(": ");
      second += on.page.render("quote", std::move(values().text("text", text(item, "quote"))));
    }
    if (has(item, "detail")) {
      if (!second.empty()) second += markup::of(" · ");
      second += markup::of(text(item, "detail"));
    }
    if (has(item, "link")) {
      if (!second.empty()) second += markup::of(" ");
      second += render_link(on, item["link"]);
    }
    auto words = text(item, "text");
    bool close = words.empty() || words.front() == ',' || words.front() == ':';
    auto weight = text(item, "weight");
    values filled;
    filled.text("css", weight == "minor" ? "" : weight)
        .text("kind", text(item, "kind"))
        .text("time", text(item, "time"));
    filled.text("title", text(item, "title")).text("text", close ? words : " " + words).put("second", second);
    items += on.page.render("event", filled);
  }
  auto inside = on.page.render("timeline", std::move(values().text("id", text(block, "id")).put("items", items)));
  return section(on, block, inside, "");
}

markup render_summary(view &on, const json &block) {
  markup items;
  for (const auto &item : list(block, "items")) {
    values filled;
    filled.text("id", text(item, "id")).text("title", text(item, "title")).text("detail", text(item, "detail"));
    filled.put("status", render_cell(on, member(item, "status"))).text("number_text", text(item, "number_text"));
    if (has(item, "number"))
      filled.put("number", render_link(on, item["number"], {.css = "n", .title = {}, .label = {}}));
    items += on.page.render("summary_item", filled);
  }
  values filled;
  return on.page.render(
      "summary", std::move(filled.text("id", text(block, "id")).put("items", items).text("note", text(block, "note"))));
}

/// Words and links after one another, with blanks between.
static markup render_parts_of_detail(view &on, const json &item) {
  markup all;
  for (const auto &part : list(item, "detail_parts")) {
    if (!all.empty()) all += markup::of(" ");
    all += part.is_object() ? render_link(on, part, {.css = "n", .title = {}, .label = {}}) : markup::of(text_of(part));
  }
  return all;
}

markup render_key_figures(view &on, const json &block) {
  markup items;
  for (const auto &item : list(block, "items")) {
    auto cell = as_cell(member(item, "value"));
    auto value = markup::of(text(cell, "text"));
    if (has(cell, "link")) value = render_link(on, cell["link"], value, {.css = "n", .title = {}, .label = {}});
    if (has(cell, "quiet_text")) {
      value += markup::of(" ");
      value += on.page.render("small", std::move(values().text("inside", text(cell, "quiet_text"))));
    }
    values filled;
    filled.text("label", text(item, "label")).put("value", value).flag("over", text(cell, "tone") == "bad");
    if (has(item, "id")) filled.text("id", "figure-" + text(item, "id"));
    filled.put("detail", has(item, "detail_parts") ? render_parts_of_detail(on, item)
                         : has(item, "detail_link")
                             ? render_link(on, item["detail_link"], {.css = "n", .title = {}, .label = {}})
                             : markup::of(text(item, "detail")));
    items += on.page.render("figure", filled);
  }
  return on.page.render("figures", std::move(values().text("id", text(block, "id")).put("items", items)));
}

markup render_columns(view &on, const json &block) {
  markup columns;
  for (const auto &column : list(block, "columns")) {
    columns += on.page.render("column", std::move(values().put("inside", render_blocks(on, column))));
  }
  return on.page.render("columns", std::move(values().put("columns", columns)));
}

markup render_text(view &on, const json &block) {
  auto format = text(block, "format");
  values filled;
  filled.put("text", format == "markdown" ? markdown(on, block) : markup::of(text(block, "text")));
  auto name = format == "markdown" ? "prose" : format == "code" ? "code" : "message";
  return section(on, block, on.page.render(name, filled), text(block, "id"));
}

}  // namespace dms::render
