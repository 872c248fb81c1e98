#include "reference_host/web/page.hpp"

#include "reference_host/web/rendered.hpp"

namespace dms::reference::web {
namespace {

/// First letters of the first and the last word: "SH".
std::string initials(const std::string &name) {
  auto letter = [&](std::size_t at) {
    auto end = at + 1;
    while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) ++end;
    return name.substr(at, end - at);
  };
  if (name.empty()) return {};
  auto last = name.rfind(' ');
  return letter(0) + (last == std::string::npos || last + 1 >= name.size() ? "" : letter(last + 1));
}

/// Empty for nothing.
std::string waiting_text(std::int64_t count) {
  return count <= 0 ? std::string{} : count > 99 ? std::string("99+") : std::to_string(count);
}

markup render_menu(const templates &page, const frame_facts &frame) {
  std::vector<std::string> groups;
  std::map<std::string, markup> items;
  std::map<std::string, std::string> first;
  std::map<std::string, std::int64_t> waiting;
  std::string current_group;
  for (const auto &entry : frame.menu) {
    if (!items.contains(entry.group)) {
      groups.push_back(entry.group);
      first[entry.group] = entry.screen;
    }
    bool current = entry.screen == frame.current;
    if (current) current_group = entry.group;
    waiting[entry.group] += entry.waiting;
    values filled;
    filled.text("href", own_addresses().screen(entry.screen, nullptr))
        .text("label", entry.label)
        .flag("current", current);
    filled.text("waiting", waiting_text(entry.waiting));
    items[entry.group] += page.render("menu_item", filled);
  }
  markup all;
  for (const auto &group : groups) {
    values filled;
    filled.text("label", group).text("href", own_addresses().screen(first[group], nullptr)).put("items", items[group]);
    filled.text("waiting", waiting_text(waiting[group]));
    all += page.render("menu_group", std::move(filled.flag("current", group == current_group)));
  }
  return all;
}

markup render_frame(const templates &page, const frame_facts &frame) {
  std::string places;
  for (const auto &name : frame.places) places += (places.empty() ? "" : ", ") + name;
  const auto others = frame.places.size() > 1 ? frame.places.size() - 1 : 0;
  bool german = page.locale().starts_with("de");
  auto unread = waiting_text(frame.unread);
  values filled;
  filled.text("dealership", frame.dealership).put("menu", render_menu(page, frame)).text("places", places);
  filled.text("place", frame.places.empty() ? "" : frame.places.front());
  filled.text("others", others == 0 ? "" : page.say("and {1} more", std::to_string(others)));
  filled.text("unread", unread);
  filled.text("bell", frame.unread > 0 ? page.say("{1} unread notifications", unread) : page.say("Notifications"));
  filled.text("user", frame.user_name).text("login", frame.user).text("initials", initials(frame.user_name));
  filled.text("csrf", frame.csrf).text("here", frame.here);
  filled.text("other_locale", german ? "en" : "de-AT").text("other_language", german ? "English" : "Deutsch");
  return page.render("frame", filled);
}

}  // namespace

std::string render_page(const templates &page, const page_facts &facts, const std::optional<frame_facts> &frame,
                        const markup &inside) {
  values filled;
  filled.text("locale", page.locale()).text("title", facts.title).text("brand", "DMS").text("stamp", facts.stamp);
  filled.text("css", facts.css).flag("with_actions", facts.with_actions).text("refresh", facts.refresh);
  filled.put("icons", trusted(std::string(resources().at("icons.svg"))));
  if (frame) filled.put("frame", render_frame(page, *frame));
  return page.render("page", std::move(filled.put("inside", inside))).html();
}

}  // namespace dms::reference::web
