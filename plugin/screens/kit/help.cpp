// help.cpp - what the newsletter and the video guide said: Markdown pages that travel inside the library.
#include "dms/cpp/encoding.hpp"
#include "screens/kit/document.hpp"
#include "screens/kit/embedded.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/results.hpp"

namespace lead_system::screens {
namespace {

constexpr std::string_view help_id = "leads.help";

/// A page and the screen that it is about: its name in the menu, and the right to open it. Without a screen it is about
/// a place of the host.
struct page_row {
  std::string_view id, title, screen, name, right, place{};
};
constexpr page_row pages[] = {
    {"first_steps", "First steps", "leads.overview", "Lead overview", ""},
    {"today", "Today", "leads.today", "Today", "leads.today"},
    {"overview", "Lead overview", "leads.overview", "Lead overview", ""},
    {"lead", "Working a lead", "leads.overview", "Lead overview", ""},
    {"answers", "Answers by e-mail", "leads.overview", "Lead overview", ""},
    {"new_lead", "New lead", "leads.new", "New lead", "leads.process"},
    {"absence", "Absence", "leads.absence", "Absence", "leads.absence"},
    {"contacts", "myContacts", "", "myContacts", "", "contacts"},
    {"evaluation", "Lead evaluation", "leads.evaluation", "Lead evaluation", "leads.evaluation"},
    {"manufacturer", "Report for the manufacturer", "leads.manufacturer", "Report for the manufacturer",
     "leads.evaluation"},
    {"sales", "Sales and leads", "leads.sales", "Sales and leads", "leads.sales"},
    {"settings", "Lead settings", "leads.settings", "Lead settings", "leads.settings"},
    {"cutover", "Cutover", "leads.cutover", "Cutover", "leads.settings"},
    {"sources", "Sources", "leads.settings", "Lead settings", "leads.settings"},
    {"tryout", "Try out a source", "leads.source_tryout", "Try out a source", "leads.settings"},
    {"privacy", "Privacy", "leads.privacy", "Privacy", "leads.privacy"},
    {"administration", "Administration", "", "Plugins", "leads.settings", "plugins"},
    {"intake_log", "Lead import log", "leads.intake_log", "Lead import log", "leads.intake_log"},
    {"feedback_log", "Lead feedback", "leads.feedback_log", "Lead feedback", "leads.feedback_log"},
};

// Pictures stand beside the folders of the pages: "../pictures/overview_de.png" in a page, as any reader of Markdown
// finds them.
constexpr std::string_view help_folder = "help/", pictures_folder = "help/pictures/", picture_ending = ".png";

/// A number of a PNG's header, which begins with the signature and the chunk of the size.
int header_number(std::string_view png, std::size_t at) {
  int number = 0;
  for (const char byte : png.substr(at, 4)) number = number * 256 + static_cast<unsigned char>(byte);
  return number;
}

/// The pictures that a page shows, each as large as it is.
json pictures_of(std::string_view page) {
  constexpr std::size_t width_at = 16, height_at = 20;
  json result = json::array();
  for (const auto &file : embedded_files()) {
    if (!file.name.starts_with(pictures_folder)) continue;
    const auto source = "../" + std::string(file.name.substr(help_folder.size()));
    if (page.find("(" + source + ")") == std::string_view::npos) continue;
    auto name = file.name.substr(pictures_folder.size());
    name.remove_suffix(picture_ending.size());
    result.push_back({{"source", source},
                      {"name", name},
                      {"width", header_number(file.bytes, width_at)},
                      {"height", header_number(file.bytes, height_at)}});
  }
  return result;
}

class help : public dms::screen {
 public:
  explicit help(const parts &with) : with_(with) {}
  std::string id() const override { return std::string(help_id); }
  std::string right() const override { return "leads.view"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const parameters sent(text);
    if (sent.one("export") == "png") return picture(by, sent.one("name"));
    auto wanted = sent.one("page");
    if (wanted.empty()) wanted = pages[0].id;
    const page_row *current = nullptr;
    json items = json::array();
    for (const auto &page : pages) {
      if (page.id == wanted) current = &page;
      items.push_back(tab(page.id, by.say(page.title), page.id == wanted,
                          link_to(by.say(page.title), help_id, {{"page", std::string(page.id)}})));
    }
    if (current == nullptr) throw dms::failure(dms_not_found, by.say("This page does not exist."));
    const auto folder = by.say.tag().substr(0, 2);
    const auto content = embedded("help/" + folder + "/" + std::string(current->id) + ".md");
    auto result = document(help_id, by.say("Help"));
    result["back"] = way_back(by, who, *current);
    auto words = text_block(current->id, "markdown", std::string(content));
    words["pictures"] = pictures_of(content);
    result["blocks"] =
        json::array({{{"type", "tabs"}, {"id", "tabs"}, {"label", by.say("Help pages")}, {"items", std::move(items)}},
                     std::move(words)});
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view, std::string_view) override {
    return unknown_action(request(with_, who));
  }

 private:
  /// To the screen that the page is about; to the overview where one may not open it.
  static json way_back(const request &by, const dms::call &who, const page_row &page) {
    const auto &to = page.right.empty() || who.may(page.right) ? page : pages[0];
    if (!to.place.empty()) return link_to_host(by.say(to.name), to.place);
    return link_to(by.say(to.name), to.screen, {{"tab", to.id == "sources" ? "sources" : ""}});
  }

  static std::string picture(const request &by, const std::string &name) {
    const auto bytes = embedded(std::string(pictures_folder) + name + std::string(picture_ending));
    if (bytes.empty()) throw dms::failure(dms_not_found, by.say("This picture does not exist."));
    auto result = document(help_id, by.say("Help"));
    result["export"] = json::array({"png"});
    result["blocks"] = json::array({text_block("export", "plain", dms::base64(bytes))});
    return text_of(result);
  }

  const parts &with_;
};

}  // namespace

std::unique_ptr<dms::screen> make_help(const parts &with) {
  return std::make_unique<help>(with);
}

}  // namespace lead_system::screens
